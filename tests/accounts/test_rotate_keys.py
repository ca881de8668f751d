"""`manage.py rotate_keys`: everything sealed comes under the newest key, nothing is lost, nothing is overtaken."""

from __future__ import annotations

import base64
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from accounts import crypto, rotation
from accounts.models import User
from accounts.rotation import census, rotate, sealed_columns
from config.checks import check_master_keys
from forum.actions.conversations import send_message
from forum.actions.drafts import save_draft
from forum.actions.holds import place_hold
from forum.actions.rooms import note_for_team
from forum.actions.sending import Sent
from forum.models import Attachment, Conversation, Draft, LegalHold, RoomNote
from moderation.actions.messages import report_message
from moderation.models import Disclosure
from tests.factories import make_attachment, make_conversation, make_topic, protect

OLD, NEW, FOREIGN = (base64.b64encode(letter * 32).decode() for letter in (b"o", b"n", b"f"))


@pytest.fixture
def room(ann: User, stella: User, olga: User, settings: Any) -> Conversation:
    """One of everything that is sealed, under the old key."""
    settings.ENCRYPTION_KEYS = [OLD]
    Authenticator.objects.all().delete()
    for person in (stella, olga):
        protect(person)
    RecoveryCodes.activate(stella)
    room = make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]))
    send_message(conversation=room, author=stella, text="It is on its way.", waiting_on="asker")
    make_attachment(room, ann)
    note_for_team(conversation=room, by=stella, text="She rang.")
    save_draft(Sent(ann, "conversation_detail", str(room.pk)), {"text": "But"})
    place_hold(number=room.pk, by=olga, reason="A claim.")
    report_message(message=room.messages.all()[0], reporter=stella, rule="insult", reason="An insult.")
    return room


def run(*options: str) -> str:
    said = StringIO()
    call_command("rotate_keys", *options, stdout=said)
    return said.getvalue()


def everything() -> list[Any]:
    """What is read through every kind of key."""
    room = Conversation.objects.get()
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    return [
        room.subject, *(message.text for message in room.messages.all()), *(m.html for m in room.messages.all()),
        RoomNote.objects.get().text, Attachment.objects.get().name, Draft.objects.get().words, codes,
        LegalHold.objects.get().reason, Disclosure.objects.get().text,
        Authenticator.objects.filter(type="totp").first().wrap().validate_code("000000"),  # type: ignore[union-attr]
    ]  # fmt: skip


def test_after_it_the_old_key_can_be_dropped(room: Conversation, settings: Any) -> None:
    before = everything()
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert everything() == before
    with pytest.raises(CommandError, match="Key 2 of ENCRYPTION_KEYS is still needed by 7 rows"):
        run("--check")
    said = run()
    assert "forum.Conversation: 1 of 1 looked at, 1 rewrapped, 0 can not be opened" in said
    assert "every other one can be dropped" in said
    settings.ENCRYPTION_KEYS = [NEW]
    assert everything() == before


def test_it_goes_on_where_it_was_stopped(room: Conversation, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 1)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    steps = rotate(sleep=lambda seconds: None)
    for _step in range(2):
        next(steps)
    steps.close()
    assert census().old
    assert sum(progress.renewed for progress in _ends(rotate(sleep=lambda seconds: None))) < 7
    assert census().old == {}


def _ends(steps: Any) -> list[Any]:
    return list({progress.column: progress for progress in steps}.values())


def test_what_can_not_be_opened_stays_as_it_is_and_is_told(room: Conversation, ann: User, settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [FOREIGN]
    lost = make_conversation(ann, room.topic)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    damaged = make_conversation(ann, room.topic)
    Conversation.objects.filter(pk=damaged.pk).update(wrapped_key=b"gone")
    with pytest.raises(CommandError, match="1 rows need a key that is not in ENCRYPTION_KEYS") as told:
        run()
    assert "1 rows are damaged" in str(told.value)
    rows = {row.pk: bytes(row.wrapped_key) for row in Conversation.objects.all()}
    assert (rows[lost.pk], rows[damaged.pk]) == (bytes(lost.wrapped_key), b"gone")
    assert census().newest == 7
    settings.ENCRYPTION_KEYS = [NEW, OLD, FOREIGN]
    assert Conversation.objects.get(pk=lost.pk).subject == "My order"


def test_what_was_written_meanwhile_is_not_overtaken(
    room: Conversation, ann: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    rewrap, stored = crypto.rewrap, bytes(Draft.objects.get().wrapped_key)

    def slow(key: bytes) -> bytes:
        """Between reading and writing somebody saves the draft, with a key of its own."""
        if key == stored:
            save_draft(Sent(ann, "conversation_detail", str(room.pk), draft_version=1), {"text": "But no"})
        return rewrap(key)

    monkeypatch.setattr(crypto, "rewrap", slow)
    _ends(rotate(sleep=lambda seconds: None))
    assert Draft.objects.get().words == {"text": "But no"}


def test_it_leaves_most_of_its_time_to_others(room: Conversation, settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    slept: list[float] = []
    _ends(rotate(sleep=slept.append))
    assert len(slept) >= 5
    assert all(seconds > 0 for seconds in slept)


def test_every_sealed_column_is_known() -> None:
    """A column with a wrapped key that nobody rotates would be lost when the old key is dropped."""
    known = {(column.model, column.column) for column in sealed_columns()}
    fields = [
        (model._meta.label, field.name)
        for app in ("accounts", "forum", "moderation")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if field.name == "wrapped_key" or (field.name.startswith("sealed_") and isinstance(field, models.TextField))
    ]
    assert set(fields) | {("mfa.Authenticator", "data")} == known


def test_the_check_before_opening_tells_of_a_missing_key(room: Conversation, settings: Any) -> None:
    assert check_master_keys(None, ["default"]) == []
    settings.ENCRYPTION_KEYS = [NEW]
    assert [message.id for message in check_master_keys(None, ["default"])] == ["config.E005"]
    assert check_master_keys(None) == [], "no database is asked unasked"


def test_a_draft_that_can_not_be_read_is_not_written_over(
    room: Conversation, ann: User, settings: Any, client: Any
) -> None:
    settings.ENCRYPTION_KEYS = [NEW]
    before = bytes(Draft.objects.get().sealed_words)
    question = {
        "draft_purpose": "conversation_detail",
        "draft_target": str(room.pk),
        "text": "Anew",
        "form_key": "k" * 22,
    }
    client.force_login(ann)
    answer = client.post(
        "/account/drafts/save/", question | {"draft_version": "0"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 503
    assert bytes(Draft.objects.get().sealed_words) == before
