"""When a title matches, where a few are looked through without the index: letters inside words."""

from __future__ import annotations

from django.db.models import Q

from forum.search.words import spellings


def matching(words: list[str], columns: tuple[str, ...], *, every: bool = True) -> Q:
    """Every word (or any of them) in one of the columns."""
    found = Q()
    for word in words:
        one = Q()
        for column in columns:
            for spelling in spellings(word):
                one |= Q(**{f"{column}__icontains": spelling})
        found = found & one if every else found | one
    return found
