"""Every place where the name of a staff card was written down, and how it is replaced there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import StaffCard, User
from forum.models import Answer, Comment, Message, Question

_SIGNED: tuple[Any, ...] = (Question, Answer, Comment, Message)
# Beside these stands what customers are called.
_CUSTOMERS = {"customer", "reporter"}


def replace_name(*, card: StaffCard, name: str) -> None:
    """Under all that was written with the card, and beside all that its person did. Part of a transaction."""
    for model in _SIGNED:
        written = model._default_manager.filter(staff_card=card)
        written.exclude(posted_as_sign_off="").update(posted_as_sign_off=name)
        written.update(posted_as_name=name)
    if card.user:
        for model, actor in _actors():
            done: Any = model._default_manager.filter(**{actor: card.user})
            done.exclude(**{f"{actor}_name__in": ["", card.user.nickname]}).update(**{f"{actor}_name": name})


def _actors() -> Iterator[tuple[type[models.Model], str]]:
    """Facts with their actor, `closed_by` with `closed_by_name`, also those of floors above: found by their shape."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            is_author_of_post = name == "author" and "posted_as_name" in fields
            names_actor = field.related_model is User and f"{name}_name" in fields
            if names_actor and not is_author_of_post and name not in _CUSTOMERS:
                yield model, name
