"""Which documents are looked at: the newest so many that hold what is looked for. The rest is ranked in Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from forum.search.expression import all_of, any_of
from forum.search.query import Word
from forum.search.wanted import MOST, Wanted

IN_TITLE = 60  # of those that have everything in the title
SOME = 100  # of those with several of the words
FEW_DOCUMENTS = 500  # in which the rare words of a query stand together, at most


def with_all(words: list[Word], place: list[str]) -> list[Wanted]:
    """Those with every word: anywhere; and in the title, so that they are among the ranked however many there are."""
    in_title = all_of([*place, *(word.in_title for word in words)])
    in_text = all_of([*place, *(word.in_text for word in words)])
    return [Wanted(in_text), Wanted(in_title, IN_TITLE, is_part=True)]


def with_some(
    words: list[Word], others: Sequence[str], place: list[str], *, none_has_all: bool = False
) -> list[Wanted]:
    """Those with all words, with the rarest three and two, with any of the rare ones; and with one of the `others`.

    Not with all of them where it is known that `none_has_all`.
    """
    rarest = sorted(words, key=lambda word: word.documents)
    wanted = []
    for number in sorted({len(rarest), 3, 2}, reverse=True):
        if 1 < number <= len(rarest) - none_has_all:
            most = MOST if number == len(rarest) else SOME
            some = rarest[:number]
            wanted.append(Wanted(all_of([*place, *(word.in_text for word in some)]), most))
    rare = _rare(rarest)
    # Where even the rarest word stands in very many, it tells little.
    is_rare = rare[0].documents <= FEW_DOCUMENTS
    in_text = all_of([*place, any_of(word.in_text for word in rare)])
    wanted.append(Wanted(in_text, FEW_DOCUMENTS if is_rare else SOME, is_rare))
    if others:
        wanted.append(Wanted(all_of([*place, any_of(f"x{stem}" for stem in others)]), SOME))
    return wanted


def _rare(rarest: list[Word]) -> list[Word]:
    """The rarest word, and those that do not find much more."""
    documents = list(accumulate(word.documents for word in rarest))
    return [word for word, so_far in zip(rarest, documents, strict=True) if so_far <= FEW_DOCUMENTS] or rarest[:1]
