"""An answer becomes a draft for the FAQ."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.models import FaqEntry
from tests.factories import make_accepted, make_answer, make_question

Login = Callable[[User], Client]


def test_the_draft_has_the_words_of_both_and_leads_back(login: Login, ann: User, stella: User) -> None:
    question = make_question(ann)
    answer = make_accepted(question, stella, by=ann)
    response = login(stella).post(f"/a/{answer.public_id}/promote/")
    entry = FaqEntry.objects.get()
    assert response["Location"] == f"/desk/faq/{entry.pk}/"
    assert (entry.title, entry.text, entry.topic, entry.language) == (
        question.title, answer.text, question.topic, "en",
    )  # fmt: skip
    assert entry.published_at is None
    assert [(source.question, source.answer) for source in entry.sources.all()] == [(question, answer)]
    assert not OutgoingMail.objects.filter(kind="faq_published").exists()


def test_a_second_click_finds_the_same_draft(login: Login, ann: User, stella: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), stella)
    places = {login(who).post(f"/a/{answer.public_id}/promote/")["Location"] for who in (stella, moritz, stella)}
    assert len(places) == FaqEntry.objects.count() == 1


def test_from_there_it_is_published_and_the_question_says_so(
    login: Login, client: Client, ann: User, stella: User
) -> None:
    question = make_question(ann)
    answer = make_accepted(question, stella, by=ann)
    staff = login(stella)
    page = staff.post(f"/a/{answer.public_id}/promote/", follow=True)
    form = {field.name: "" if field.value() is None else field.value() for field in page.context["form"]}
    staff.post(page.redirect_chain[-1][0], form | {"publish": "1"})
    assert question.title in client.get("/faq/").text
    assert "Now in the FAQ" in client.get("/q/").text
    assert [mail.recipient for mail in OutgoingMail.objects.filter(kind="faq_published")] == [ann]


def test_customers_can_not_and_visitors_sign_in(login: Login, client: Client, ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), stella)
    assert login(ann).post(f"/a/{answer.public_id}/promote/").status_code == 403
    assert client.post(f"/a/{answer.public_id}/promote/").status_code == 401
    assert not FaqEntry.objects.exists()


def test_what_is_hidden_or_unknown_makes_no_entry(login: Login, ann: User, stella: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), stella)
    answer.hide(by=moritz, rule="insult", reason="No.", at=timezone.now())
    assert login(moritz).post(f"/a/{answer.public_id}/promote/").status_code == 403
    assert login(stella).post("/a/0000000000/promote/").status_code == 404
    assert not FaqEntry.objects.exists()


def test_a_link_is_not_enough(login: Login, ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), stella)
    assert login(stella).get(f"/a/{answer.public_id}/promote/").status_code == 405
