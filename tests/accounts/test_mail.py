"""The outbox: nothing is lost, nothing is sent twice, and nothing that its reader may no longer read."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from accounts.erasure import erase_account
from accounts.mail import deliver_due, queue_mail
from accounts.models import OutgoingMail, User
from accounts.models.outgoing_mail import RETRY_MINUTES
from forum.models import Company
from moderation.actions.decisions import hide
from tests.factories import make_answer, make_question

SEND = "django.core.mail.EmailMultiAlternatives.send"


@pytest.fixture
def letter(ann: User, stella: User) -> OutgoingMail:
    make_answer(make_question(ann), stella)
    return OutgoingMail.objects.get()


def test_a_letter_leaves_once(letter: OutgoingMail) -> None:
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    letter.refresh_from_db()
    assert letter.sent_at
    assert (letter.payload, letter.attempts) == ({}, 0)


def test_a_letter_says_who_what_where_and_how_to_stop(letter: OutgoingMail) -> None:
    deliver_due()
    message = mail.outbox[0]
    for said in ("Hello ann,", "Stella Stern has answered", "http://127.0.0.1:8000/q/", "stop that", "Quellmoos",
                 "http://127.0.0.1:8000/about/imprint/"):  # fmt: skip
        assert said in message.body
    assert message.from_email == "Quellmoos <sprechstunde@localhost>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(("language", "greeting"), [("", "Guten Tag ann,"), ("en", "Hello ann,")])
def test_a_letter_speaks_as_its_reader_reads_whatever_page_it_came_from(
    ann: User, stella: User, company: Company, language: str, greeting: str
) -> None:
    """Who never chose gets the company's language, also from the worker, which reads no page."""
    Company.objects.update(languages="de,en")
    User.objects.filter(pk=ann.pk).update(language=language)
    ann.refresh_from_db()
    with translation.override("de" if language == "en" else "en"):
        make_answer(make_question(ann), stella)
        deliver_due()
    assert greeting in mail.outbox[0].body


def test_the_last_letter_speaks_as_its_reader_read(ann: User, company: Company) -> None:
    Company.objects.update(languages="de,en")
    User.objects.filter(pk=ann.pk).update(language="de")
    erase_account(user=User.objects.get(pk=ann.pk), keep_posts=True)
    deliver_due()
    assert "Ihr Konto" in mail.outbox[-1].subject


def test_the_html_says_the_same_and_loads_nothing(letter: OutgoingMail) -> None:
    deliver_due()
    message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    page = str(message.alternatives[0][0])
    assert "<img" not in page
    assert "style" not in page
    assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == set(re.findall(r"http\S+", str(message.body)))
    assert re.sub(r"<title>.*</title>|<[^>]*>|\s", "", page) == re.sub(r"\s", "", str(message.body))


def test_a_failure_is_tried_again_with_the_same_identity(letter: OutgoingMail) -> None:
    now = timezone.now()
    with patch(SEND, side_effect=OSError("no route")):
        assert deliver_due(now) == 0
    letter.refresh_from_db()
    assert (letter.attempts, letter.last_error) == (1, "OSError: no route")
    assert letter.due_at == now + timedelta(minutes=RETRY_MINUTES[0])
    assert deliver_due(now + timedelta(seconds=59)) == 0
    assert deliver_due(letter.due_at) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_in_the_end_it_gives_up(letter: OutgoingMail) -> None:
    with patch(SEND, side_effect=OSError("no route")):
        for _try in range(len(RETRY_MINUTES) + 1):
            letter.refresh_from_db()
            assert letter.failed_at is None
            deliver_due(letter.due_at)
    letter.refresh_from_db()
    assert letter.failed_at
    assert letter.payload == {}
    assert deliver_due(timezone.now() + timedelta(days=30)) == 0


def test_one_bad_letter_does_not_keep_the_others(letter: OutgoingMail, ben: User) -> None:
    queue_mail(kind="no_such_kind", recipient=ben)
    OutgoingMail.objects.filter(kind="no_such_kind").update(due_at=timezone.now() - timedelta(days=1))
    assert deliver_due() == 1


def test_the_error_note_keeps_no_address(letter: OutgoingMail) -> None:
    refused = SMTPRecipientsRefused({"ann@example.org": (550, b"no such user")})
    with patch(SEND, side_effect=refused):
        deliver_due()
    letter.refresh_from_db()
    assert "550" in letter.last_error
    assert "ann@" not in letter.last_error


def test_what_was_hidden_meanwhile_is_not_sent(ann: User, stella: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), stella, text="A word that goes.")
    letter = OutgoingMail.objects.get()
    hide(target=answer, by=moritz, rule="insult", reason="It had to go.")
    deliver_due()
    letter.refresh_from_db()
    assert letter.dropped_at
    assert "question_answered" not in [sent.kind for sent in OutgoingMail.objects.exclude(sent_at=None)]


def test_who_may_not_sign_in_gets_no_letters(letter: OutgoingMail, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_active=False)
    deliver_due()
    assert mail.outbox == []


def test_a_second_worker_leaves_it_to_the_first(letter: OutgoingMail) -> None:
    """Both have read the row; only one can claim it."""
    same, now = OutgoingMail.objects.get(), timezone.now()
    assert letter.claim(now)
    assert not same.claim(now)


def test_two_workers_send_every_letter_once(letter: OutgoingMail, ben: User) -> None:
    """The second begins while the first, which has read both rows, is busy with one of them."""
    queue_mail(kind="account_password_set", address="ben@example.org")
    sent: list[str] = []

    def send(message: EmailMultiAlternatives, *args: Any, **kwargs: Any) -> int:
        sent.extend(message.to)
        if len(sent) == 1:
            deliver_due()
        return 1

    with patch(SEND, send):
        deliver_due()
    assert sent == ["ann@example.org", "ben@example.org"]
    assert OutgoingMail.objects.exclude(sent_at=None).filter(dropped_at=None).count() == 2


def test_a_dead_worker_holds_no_letter_for_ever(letter: OutgoingMail) -> None:
    now = timezone.now()
    letter.claim(now)
    assert deliver_due(now) == 0
    assert deliver_due(now + timedelta(minutes=6)) == 1


def test_what_is_rolled_back_is_not_told(ann: User, stella: User) -> None:
    question = make_question(ann)
    with transaction.atomic():
        make_answer(question, stella)
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("evil", ["Soap?\r\nBcc: a@b.org", "Soap?\nX: y", "Soap?\u2028Bcc: x@y", "Soap?\x85Z: 1"])
def test_a_title_adds_no_header(ann: User, stella: User, evil: str) -> None:
    make_answer(make_question(ann, title=evil), stella)
    deliver_due()
    message = mail.outbox[0].message()
    assert message["Bcc"] is message["X"] is message["Z"] is None
    assert len(message["Subject"].splitlines()) == 1


def test_signs_of_html_stay_signs(ann: User, stella: User) -> None:
    make_answer(make_question(ann, title='Is <b>lye</b> & water "safe"?'), stella)
    deliver_due()
    message = mail.outbox[0]
    assert message.subject == 'An answer to: Is <b>lye</b> & water "safe"?'
    assert '“Is <b>lye</b> & water "safe"?”' in message.body
    assert "<b>" not in str(message.alternatives[0][0])  # type: ignore[attr-defined]


def test_an_address_in_a_title_becomes_no_link(ann: User, stella: User) -> None:
    make_answer(make_question(ann, title="https://evil.example/"), stella)
    deliver_due()
    assert 'href="https://evil' not in str(mail.outbox[0].alternatives[0][0])  # type: ignore[attr-defined]


def test_the_company_may_have_any_name(letter: OutgoingMail) -> None:
    Company.objects.update(name='Seifen, "Öl" <&> Co.\nBcc: x@example.org')
    deliver_due()
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert message["From"].endswith("<sprechstunde@localhost>")


def test_the_operator_may_name_the_sender(letter: OutgoingMail, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "The soap desk <desk@example.org>"
    deliver_due()
    assert mail.outbox[0].from_email == "The soap desk <desk@example.org>"


@pytest.mark.parametrize("kind", sorted(settings.MAIL_BUILDERS))
def test_every_kind_of_letter_can_be_built_and_written(kind: str) -> None:
    assert callable(import_string(settings.MAIL_BUILDERS[kind]))
    folder = Path(settings.BASE_DIR, "templates/emails")
    for part in ("subject", "body"):
        assert (folder / f"{kind}-{part}.txt").read_text().strip()


def test_every_letter_of_allauth_is_known() -> None:
    """What its pages may send, except for ways that this site does not have."""
    import allauth.account

    elsewhere = {"password_reset_key"}
    sources = Path(allauth.account.__file__).parent.rglob("*.py")
    sent = {name for file in sources for name in re.findall(r"account/email/(\w+)", file.read_text())}
    assert {f"account_{name}" for name in sent - elsewhere} <= set(settings.MAIL_BUILDERS)
