"""What is looked for, as a small tree, and how each database is asked for it. Nothing that was typed gets through:
leaves are stems, made of a to z and digits by the analyser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class AnyOf:
    """One of these; a text alone is a token."""

    of: tuple[Expression, ...]


@dataclass(frozen=True)
class AllOf:
    of: tuple[Expression, ...]


Expression: TypeAlias = str | AnyOf | AllOf


def any_of(parts: Iterable[Expression]) -> Expression:
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else AnyOf(found)


def all_of(parts: Iterable[Expression]) -> Expression:
    found = tuple(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else AllOf(found)


def for_sqlite(expression: Expression) -> str:
    """In the query language of FTS5 (https://www.sqlite.org/fts5.html, section 3)."""
    if isinstance(expression, str):
        return f'"{expression}"'
    word = " OR " if isinstance(expression, AnyOf) else " AND "
    return f"({word.join(map(for_sqlite, expression.of))})"


def for_postgresql(expression: Expression) -> str:
    """As a tsquery (PostgreSQL manual, section 8.11.2); quoted, so that nothing is parsed."""
    if isinstance(expression, str):
        return f"'{expression}'"
    sign = "|" if isinstance(expression, AnyOf) else "&"
    return f"({sign.join(map(for_postgresql, expression.of))})"


def matcher(expression: Expression) -> Callable[[str], bool]:
    """Says of a document whether it is true of it: the tokens are parted by spaces, with one at either end.

    Made once, as a ranking asks it of hundreds.
    """
    if isinstance(expression, str):
        token = f" {expression} "
        return lambda tokens: token in tokens
    if (
        isinstance(expression, AnyOf)
        and len(expression.of) == 2
        and all(isinstance(part, str) for part in expression.of)
    ):
        one, other = (f" {part} " for part in expression.of)  # a word that each language reads in its own way
        return lambda tokens: one in tokens or other in tokens
    parts = [matcher(part) for part in expression.of]
    if isinstance(expression, AnyOf):
        return lambda tokens: any(part(tokens) for part in parts)
    return lambda tokens: all(part(tokens) for part in parts)


def prefixed(expression: Expression, letter: str) -> Expression:
    """Every leaf with a letter before it: x anywhere in the text, t in the title."""
    if isinstance(expression, str):
        return letter + expression
    return type(expression)(tuple(prefixed(part, letter) for part in expression.of))
