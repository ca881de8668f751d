"""What is looked through, and when a text matches: the same for searching and for finding similar ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from forum.models import FaqEntry, Question
from forum.search.words import spellings

if TYPE_CHECKING:
    from forum.querysets import Viewer


def readable_questions(user: Viewer) -> QuerySet[Question]:
    # listed() leaves out the text for the sake of long lists; here it is searched and shown.
    return Question.objects.visible_to(user).listed().defer(None).defer("html")


def published_entries() -> QuerySet[FaqEntry]:
    # Staff find drafts on the Desk: here they see what a customer would find.
    return FaqEntry.objects.public().select_related("topic").order_by("-published_at", "pk")


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
