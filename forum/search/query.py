"""What somebody looks for: the words of a query, each with all the forms in which a text may have it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forum.models import SearchWord
from forum.search import vocabulary
from forum.search.analyser import Term, stems_of_query, telling, terms
from forum.search.expression import Expression, all_of, any_of, prefixed
from forum.search.words import cleaned

MAX_WORDS = 12


@dataclass(frozen=True)
class Word:
    """`text` as it was typed, in small letters; `documents` is how many had it at the last count."""

    text: str
    expression: Expression
    stems: frozenset[str]
    documents: int = 0
    is_known: bool = True
    weight: float = 1.0

    @property
    def in_title(self) -> Expression:
        return prefixed(self.expression, "t")

    @property
    def in_text(self) -> Expression:
        return prefixed(self.expression, "x")

    def or_any_of(self, known: Sequence[SearchWord]) -> Word:
        """Also found where a text has one of these instead."""
        stems = [one.stem for one in known]
        documents = max([self.documents, *(one.documents for one in known)])
        expression = any_of([self.expression, *stems])
        return replace(self, expression=expression, stems=self.stems | set(stems), documents=documents)


def words_of(query: str) -> list[Word]:
    """Up to MAX_WORDS different words that tell something; the small ones only where nothing else is there."""
    found = {word.expression: word for term in telling(terms(cleaned(query))) for word in _word(term)}
    return list(found.values())[:MAX_WORDS]


def weighed(words: list[Word], counts: dict[str, int]) -> list[Word]:
    """With what the vocabulary knows of them: a word of few texts tells more than one that stands in many."""
    total = max(counts.get("", 0), 1)
    return [_weigh(word, counts, total) for word in words]


def _weigh(word: Word, counts: dict[str, int], total: int) -> Word:
    documents = max((counts.get(stem, 0) for stem in word.stems), default=0)
    is_known = any(stem in counts or not vocabulary.is_word(stem) for stem in word.stems)
    weight = math.log(1 + total / (documents + 1))
    return replace(word, documents=documents, is_known=is_known, weight=weight)


def _word(term: Term) -> Iterator[Word]:
    if len(term.parts) == 1:
        forms = stems_of_query(term.whole)
        if forms:
            yield Word(term.whole, any_of(sorted(forms)), forms)
        return
    joined = stems_of_query("".join(term.parts))
    parts = [forms for part in _telling_parts(term) if (forms := stems_of_query(part))]
    if parts:
        split = all_of(any_of(sorted(forms)) for forms in parts)
        yield Word(term.whole, any_of([*sorted(joined), split]), joined.union(*parts))


def _telling_parts(term: Term) -> list[str]:
    """Without the e of e-mail, where something is left."""
    return [part for part in term.parts if len(part) > 1] or list(term.parts)
