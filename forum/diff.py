"""What changed between two versions of a text: whole lines, and in them the words. Text only, no markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

CONTEXT = 2  # unchanged lines shown on each side of a change
# difflib is cubic on texts made to tire it. What is left after these stands whole, old beside new.
MAX_COMPARISONS = 40_000  # of one line list, or the words of one line
MAX_ALL_COMPARISONS = 100_000
# Below this share of common words a marked-up line is harder to read than the two lines.
ALIKE = 0.4

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

Kind = Literal["same", "removed", "added", "skipped"]


class Piece(NamedTuple):
    text: str
    is_changed: bool = False


class Line(NamedTuple):
    """A line of one version; `skipped` stands for unchanged lines left out."""

    kind: Kind
    pieces: list[Piece]


class Step(NamedTuple):
    """Equal parts, or the parts that took each other's place; one of them may be empty."""

    is_equal: bool
    old: list[str]
    new: list[str]


def compare(before: str, after: str) -> list[Line]:
    """Empty when nothing changed."""
    return list(_Comparison().lines(before.splitlines(), after.splitlines())) if before != after else []


def as_written(text: str) -> list[Line]:
    """A version that there is nothing to compare with."""
    return _whole("same", text.splitlines())


class _Comparison:
    def __init__(self) -> None:
        self.budget = MAX_ALL_COMPARISONS

    def lines(self, old: list[str], new: list[str]) -> Iterator[Line]:
        steps = list(self.steps(old, new))
        for number, step in enumerate(steps):
            if not step.is_equal:
                yield from self.changed(step)
            else:
                yield from _context(step.old, is_first=number == 0, is_last=number == len(steps) - 1)

    def changed(self, step: Step) -> Iterator[Line]:
        """Lines that took each other's place one by one are compared word by word."""
        if len(step.old) != len(step.new):
            yield from [*_whole("removed", step.old), *_whole("added", step.new)]
            return
        for left, right in zip(step.old, step.new, strict=True):
            yield from self.words(left, right)

    def words(self, left: str, right: str) -> Iterator[Line]:
        steps = list(self.steps(_WORDS.findall(left), _WORDS.findall(right)))
        equal = sum(len("".join(step.old)) for step in steps if step.is_equal)
        if 2 * equal < ALIKE * (len(left) + len(right)):
            yield from [*_whole("removed", [left]), *_whole("added", [right])]
            return
        yield Line("removed", [Piece("".join(step.old), not step.is_equal) for step in steps if step.old])
        yield Line("added", [Piece("".join(step.new), not step.is_equal) for step in steps if step.new])

    def steps(self, old: list[str], new: list[str]) -> Iterator[Step]:
        """Most edits touch one place: what is equal before and after it costs nothing."""
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        if head:
            yield Step(True, old[:head], new[:head])
        yield from self.middle(old[head : len(old) - tail], new[head : len(new) - tail])
        if tail:
            yield Step(True, old[len(old) - tail :], new[len(new) - tail :])

    def middle(self, old: list[str], new: list[str]) -> Iterator[Step]:
        cost = len(old) * len(new)
        if cost > min(MAX_COMPARISONS, self.budget):
            yield Step(False, old, new)
            return
        self.budget -= cost
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield Step(tag == "equal", old[a:b], new[c:d])


def _context(lines: list[str], *, is_first: bool, is_last: bool) -> Iterator[Line]:
    """The lines next to a change; the rest of an unchanged run is skipped."""
    before = [] if is_first else lines[:CONTEXT]
    rest = lines[len(before) :]
    after = [] if is_last else rest[-CONTEXT:]
    yield from _whole("same", before)
    between = rest[: len(rest) - len(after)]
    # One line takes no more room than the sign that it was left out.
    yield from [Line("skipped", [])] if len(between) > 1 else _whole("same", between)
    yield from _whole("same", after)


def _whole(kind: Kind, lines: list[str]) -> list[Line]:
    return [Line(kind, [Piece(line)]) for line in lines]


def _common(old: list[str], new: list[str]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(old), len(new)))
