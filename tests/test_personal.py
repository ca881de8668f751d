"""Every column is marked as personal or not, and the copy holds every one that is."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.holdings import Holding, holdings
from accounts.models import User
from accounts.wording import HEADINGS
from tests.accounts.privacy import copy_of, live

# Ours, those of libraries that keep people's data, and of Django's what knows people.
APPS = {"accounts", "forum", "moderation", "account", "mfa", "usersessions", "socialaccount", "sessions", "admin"}


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in APPS]


def test_every_table_says_what_it_holds_of_people() -> None:
    declared = [holding.table for holding in holdings()]
    missing = [model._meta.label for model in tables() if model not in declared]
    assert missing == [], "Declare them in the app's personal.py"
    assert len(declared) == len(set(declared))


@pytest.mark.parametrize("holding", list(holdings()), ids=lambda holding: holding.model)
def test_every_column_is_marked_once(holding: Holding) -> None:
    columns = Counter(field.name for field in holding.table._meta.concrete_fields)
    marked = Counter(holding.marked)
    assert {"unmarked": columns - marked, "marked but not there, or twice": marked - columns} == {
        "unmarked": Counter(),
        "marked but not there, or twice": Counter(),
    }


@pytest.mark.parametrize("holding", list(holdings()), ids=lambda holding: holding.model)
def test_what_points_to_people_is_never_plain(holding: Holding) -> None:
    """A column that leads to somebody must be found when that somebody goes."""
    to_people = {field.name for field in holding.table._meta.concrete_fields if field.related_model is User}
    assert to_people == {who for who, _name in holding.people}


def test_the_copy_has_a_part_for_everything_ann_ever_did(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    copy = copy_of(ann)
    # Ann is a customer who just signed up, with one factor; nothing of a staff member's is hers.
    not_hers = {"staff_card", "openings", "faq_entries", "faq_versions", "topics", "settings_log", "imported",
                "sessions", "confirmations", "sign_in_methods", "devices", "consents", "role_changes", "invitations",
                "internal_notes", "saved_replies", "room_notes", "faq_sources"}  # fmt: skip
    assert {name for name, rows in copy.items() if not rows} == not_hers & set(copy)


def filled(field: Any, number: int) -> Any:
    """A value that is like no other."""
    if isinstance(field, models.CharField | models.TextField):
        word = f"u{number}x"
        return f"{word}@example.org" if isinstance(field, models.EmailField) else word
    return None


def test_every_column_that_is_shown_is_found_in_the_copy(ann: User, ben: User, stella: User, moritz: User) -> None:
    """Each is filled with a word of its own, in a row of Ann's; what is no text is looked for by its name."""
    live(ann, ben, stella, moritz)
    wanted: dict[str, str] = {}
    for holding in list(holdings()):
        if not holding.section:
            continue
        rows = list(holding.rows_of(ann))
        for name in (*holding.shown, *([holding.owner[1]] if holding.owner and holding.owner[1] else [])):
            field = holding.table._meta.get_field(name)
            value = filled(field, len(wanted))
            if rows and value and not field.choices and name not in {"email", "kind", "verb", "language"}:
                holding.objects.filter(pk=rows[0].pk).update(**{name: value})
                wanted[value] = f"{holding.model}.{name}"
    copy = copy_of(User.objects.get(pk=ann.pk))
    text = repr(copy)
    assert {name for word, name in wanted.items() if word not in text} == set()
    assert len(wanted) > 25


def test_every_shown_column_has_its_place(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    copy = copy_of(ann)
    missing = [
        f"{holding.model}.{name}"
        for holding in holdings()
        if holding.section and copy[holding.section]
        for name in (*holding.shown, *holding.derived)
        if name not in copy[holding.section][0]
    ]
    assert missing == []


def test_nothing_that_opens_a_door_is_in_the_copy(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    text = repr(copy_of(ann))
    for secret in (ann.password, "wrapped_key", "session_key", "payload"):
        assert secret not in text


@pytest.mark.parametrize("holding", [holding for holding in holdings() if holding.section], ids=lambda one: one.model)
def test_the_readable_copy_has_a_word_for_every_column(holding: Holding) -> None:
    kept_name = (holding.owner[1],) if holding.owner and holding.owner[1] else ()
    assert {*holding.shown, *holding.derived, *kept_name} - HEADINGS.keys() == set()


@pytest.mark.parametrize("holding", [holding for holding in holdings() if holding.actors], ids=lambda one: one.model)
def test_the_readable_copy_says_in_words_what_somebody_did(holding: Holding) -> None:
    assert {who for who, _name in holding.actors} == holding.acts.keys()
