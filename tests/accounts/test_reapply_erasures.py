"""An old backup comes back, and who had erased the account stays erased."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core import mail, serializers
from django.core.management import call_command
from django.db import connection

from accounts.erasure import erase_account
from accounts.mail import deliver_due
from accounts.models import Erasure, OutgoingMail, User
from accounts.tombstones import set_tombstone, tombstones
from tests.accounts.privacy import WORDS, everything_kept, left_of, live


def back_up(user: User) -> list[str]:
    """Every row of every table, as a backup holds it."""
    from django.apps import apps

    return [serializers.serialize("json", model._base_manager.order_by("pk")) for model in apps.get_models()]


def bring_back(backup: list[str]) -> None:
    """The rows as they were, and only those."""
    from django.apps import apps

    with connection.constraint_checks_disabled():
        for model in apps.get_models():
            model._base_manager.all()._raw_delete("default")
        for table in backup:
            for row in serializers.deserialize("json", table):
                row.save()


def reapply() -> str:
    out = StringIO()
    call_command("reapply_erasures", stdout=out, stderr=out)
    return out.getvalue()


def test_a_restored_backup_brings_nobody_back(ann: User, ben: User, stella: User, moritz: User) -> None:
    live(ann, ben, stella, moritz)
    deliver_due(limit=500)
    backup = back_up(ann)
    erase_account(user=ann, keep_posts=False)
    bring_back(backup)
    assert set(WORDS) - {"wordsubject", "wordmessage", "wordreply", "worddraft", "wordfile"} <= set(left_of(WORDS))
    mail.outbox.clear()
    assert reapply() == "1 accounts erased again.\n"
    assert left_of((*WORDS, "ann@example.org")) == []
    deliver_due()
    assert mail.outbox == [], "she had her farewell"
    assert User.objects.filter(nickname="ben").exists()


def test_what_was_chosen_is_chosen_again(ann: User, stella: User) -> None:
    from tests.factories import make_answer, make_question

    answer = make_answer(make_question(ann, text="Ann's own words."), stella)
    backup = back_up(ann)
    erase_account(user=ann, keep_posts=True)
    erase_account(user=stella, keep_posts=True, keep_name=True)
    bring_back(backup)
    reapply()
    answer.refresh_from_db()
    assert answer.posted_as_name == "Stella Stern"
    assert answer.question.text == "Ann's own words."
    assert answer.question.author is None


def test_a_second_run_finds_nothing(ann: User) -> None:
    erase_account(user=ann, keep_posts=True)
    assert reapply() == "0 accounts erased again.\n"


def test_whoever_gets_the_number_of_an_erased_account_is_somebody_else(ann: User, ben: User) -> None:
    number = ann.pk
    erase_account(user=ann, keep_posts=True)
    User.objects.create_user("carla", "carla@example.org", pk=number)
    assert reapply() == "0 accounts erased again.\n"
    assert User.objects.get(pk=number).nickname == "carla"


def test_what_was_only_begun_is_finished(ann: User) -> None:
    from accounts.erasure import begin_erasure

    begin_erasure(user=ann, keep_posts=True)
    reapply()
    assert Erasure.objects.get().finished_at


def test_the_list_says_nothing_about_anybody(ann: User, settings: Any) -> None:
    erase_account(user=ann, keep_posts=False)
    lines = Path(settings.TOMBSTONES_FILE).read_text().split("\n")
    assert [line.split()[2:] for line in lines if line] == [["posts-removed", "-"]]
    assert "ann" not in Path(settings.TOMBSTONES_FILE).read_text().replace("-", "")


def test_half_a_line_and_a_second_line_do_no_harm(ann: User, ben: User, settings: Any) -> None:
    erase_account(user=ann, keep_posts=False)
    with Path(settings.TOMBSTONES_FILE).open("a") as file:
        file.write("2026-11-25T10:00:00+00:00 abc")
    erase_account(user=ben, keep_posts=True)
    for erasure in Erasure.objects.all():
        set_tombstone(erasure)
    assert {stone.keep_posts for stone in tombstones().values()} == {True, False}
    assert len(tombstones()) == 2


def test_the_row_that_stays_names_nobody(ann: User) -> None:
    erase_account(user=ann, keep_posts=True)
    deliver_due()
    assert "ann@" not in everything_kept()
    erasure = Erasure.objects.get()
    assert (erasure.nickname, erasure.address, erasure.progress, erasure.account) == ("", "", {}, None)


def test_the_owners_hear_of_it_once(stella: User, olga: User) -> None:
    backup = back_up(stella)
    erase_account(user=stella, keep_posts=True)
    assert OutgoingMail.objects.filter(kind="team_changed").exists()
    bring_back(backup)
    reapply()
    assert not OutgoingMail.objects.exists()
