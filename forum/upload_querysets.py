"""The gate of pictures: each is seen by those who may see a text that shows it, and a new one by its owner alone.

Several rows may lead to one file: a picture used in two posts, or taken over into the FAQ, has a row for each.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from forum.querysets import Viewer

M = TypeVar("M", bound=models.Model)

# The columns that lead to what shows a picture, and the models behind them.
PLACES = {"question": "Question", "answer": "Answer", "comment": "Comment", "entry": "FaqEntry"}
REVISED = ("question", "answer", "comment")
ALONE = timedelta(hours=24)


class UploadQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        return self.visible_to(AnonymousUser())

    def visible_to(self, user: Viewer) -> Self:
        """By the words of today, or a version of them that this person may read."""
        seen: Any = Q(pk__in=[])
        for place in PLACES:
            posts = _model(place).objects.visible_to(user).filter(pk=OuterRef(place))
            seen |= Exists(_showing(posts)) | (Exists(posts) & _in_version(place, user))
        if user.is_authenticated:
            seen |= Q(owner=user) & in_no_post()
        return self.filter(seen)

    def in_no_post(self) -> Self:
        return self.filter(in_no_post())

    def orphaned(self, now: datetime) -> Self:
        """Those that nobody put into a post within a day, and that stand in no draft."""
        return self.in_no_post().filter(created_at__lte=now - ALONE, draft=None)

    def shown_nowhere(self) -> Self:
        """Those that stand in no text, whoever may read it."""
        shown: Any = Q(pk__in=[])
        for place in PLACES:
            shown |= Exists(_showing(_model(place)._base_manager.filter(pk=OuterRef(place))))
        for place in REVISED:
            shown |= Exists(_showing(_versions().filter(**{place: OuterRef(place)})))
        return self.exclude(shown)


def in_no_post() -> Q:
    return Q(**dict.fromkeys(PLACES))


def _in_version(place: str, user: Viewer) -> Q | Exists:
    if place not in REVISED:
        return Q(pk__in=[])
    return Exists(_showing(_versions().readable_to(user).filter(**{place: OuterRef(place)})))


def _showing(texts: Any) -> Any:
    return texts.filter(text__contains=OuterRef("image"))


def _versions() -> Any:
    return apps.get_model("forum", "Revision").objects


def _model(place: str) -> Any:
    return apps.get_model("forum", PLACES[place])
