"""Anybody reports something; a report alone removes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import User
from moderation.models import Notice
from tests.factories import make_answer, make_comment, make_faq, make_question
from tests.moderation.people import REPORT, queued, report

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def test_a_visitor_reports_a_question(client: Client, ann: User) -> None:
    question = make_question(ann)
    response = report(client, question, name="Vera", email="vera@example.org")
    assert response.url == question.get_absolute_url()
    notice = Notice.objects.get()
    assert (notice.target_kind, notice.target_id, notice.target_author) == ("question", question.public_id, ann)
    assert (notice.reporter_name, notice.reporter_email) == ("Vera", "vera@example.org")


def test_everything_public_can_be_reported(client: Client, ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), stella)
    for target in (answer, make_comment(answer, ann), make_faq(stella)):
        assert report(client, target).status_code == 302
    assert set(Notice.objects.values_list("target_kind", flat=True)) == {"answer", "comment", "faq"}


def test_nobody_is_asked_to_report_themselves(login: Login, client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    ways = {f"/report/question/{question.public_id}/", f"/report/answer/{answer.public_id}/"}

    def offered(reader: Client) -> set[str]:
        page = reader.get(question.get_absolute_url()).text
        return {way for way in ways if f'href="{way}"' in page}

    assert offered(client) == ways
    assert [offered(login(person)) for person in (ann, ben)] == [{way} for way in sorted(ways)]


def test_the_form_shows_what_is_reported(client: Client, ann: User) -> None:
    question = make_question(ann, text="Soap is for fools.")
    page = client.get(f"/report/question/{question.public_id}/").content.decode()
    assert "Soap is for fools." in page
    assert question.title in page


def test_ben_is_not_asked_who_he_is(login: Login, ann: User, ben: User) -> None:
    client, question = login(ben), make_question(ann)
    assert 'name="email"' not in client.get(f"/report/question/{question.public_id}/").content.decode()
    report(client, question)
    assert Notice.objects.get().reporter == ben


def test_the_receipt_goes_to_who_reported(client: Client, login: Login, ann: User, ben: User) -> None:
    question = make_question(ann)
    report(login(ben), question)
    report(client, question, email="vera@example.org")
    deliver_due()
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ben@example.org", "vera@example.org"]
    assert all("We have your report" in letter.subject for letter in mail.outbox)
    assert question.title not in mail.outbox[0].body


def test_a_visitor_without_an_address_gets_no_letter(client: Client, ann: User) -> None:
    report(client, make_question(ann))
    assert Notice.objects.count() == 1
    assert queued("notice_received") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("rule", ""), ("rule", "boring"), ("reason", ""), ("reason", "bad"), ("reason", "x" * 2001),
     ("good_faith", ""), ("email", "vera")],
)  # fmt: skip
def test_what_is_missing_is_said_at_the_field(client: Client, ann: User, field: str, value: str) -> None:
    response = report(client, make_question(ann), **{field: value})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Notice.objects.exists()


def test_what_was_typed_is_not_lost(client: Client, ann: User) -> None:
    page = report(client, make_question(ann), good_faith="").content.decode()
    assert REPORT["reason"] in page


def test_two_presses_make_one_notice(client: Client, ann: User) -> None:
    question = make_question(ann)
    report(client, question, email="vera@example.org")
    report(client, question, email="vera@example.org")
    assert Notice.objects.count() == 1
    assert queued("notice_received") == 1


def test_two_people_make_two_notices(client: Client, login: Login, ann: User, ben: User) -> None:
    question = make_question(ann)
    report(client, question)
    report(login(ben), question)
    assert Notice.objects.count() == 2


def test_a_program_is_thanked_and_forgotten(client: Client, ann: User) -> None:
    assert report(client, make_question(ann), homepage="https://example.org").status_code == 302
    assert not Notice.objects.exists()


@pytest.mark.parametrize("fact", ["held_at", "hidden_at", "deleted_at"])
def test_what_nobody_sees_can_not_be_reported(client: Client, ann: User, fact: str) -> None:
    question = make_question(ann)
    setattr(question, fact, timezone.now())
    question.save(update_fields=[fact])
    assert client.get(f"/report/question/{question.public_id}/").status_code == 404
    assert report(client, question).status_code == 404


def test_a_faq_draft_can_not_be_reported(client: Client, stella: User) -> None:
    draft = make_faq(stella, published=False)
    assert report(client, draft).status_code == 404


@pytest.mark.parametrize("path", ["/report/user/ann/", "/report/question/nothing/", "/report/conversation/1/"])
def test_there_is_nothing_else_to_report(client: Client, ann: User, path: str) -> None:
    assert client.get(path).status_code == 404


def test_five_reports_a_minute_are_enough(client: Client, ann: User) -> None:
    question = make_question(ann)
    for number in range(5):
        report(client, question, reason=f"This is wrong for reason {number}.")
    response = report(client, question, reason="And it is wrong once more.")
    assert response.status_code == 429
    assert "And it is wrong once more." in response.content.decode()
    assert Notice.objects.count() == 5


def test_reading_the_form_sets_no_cookie_but_its_own(client: Client, ann: User) -> None:
    client.get(f"/report/question/{make_question(ann).public_id}/")
    assert set(client.cookies) <= {"csrf"}
