"""An asker hears that their question became an entry, and says whether it may be linked and they be named."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from forum.actions.faq import publish_entry, retire_entry
from forum.actions.questions import set_unnamed
from forum.models import FaqEntry, FaqRecheck, Question
from tests.factories import make_accepted, make_faq_from, make_question

Login = Callable[[User], Client]


@pytest.fixture
def question(ann: User) -> Question:
    return make_question(ann)


@pytest.fixture
def entry(question: Question, ann: User, stella: User) -> FaqEntry:
    return make_faq_from(make_accepted(question, stella, by=ann), stella)


def letters(kind: str) -> list[User | None]:
    return [letter.recipient for letter in OutgoingMail.objects.filter(kind=kind)]


def address_in(body: object) -> str:
    found = re.search(r"http://[^/]+(/faq-objection/\S+)", str(body))
    assert found
    return found[1]


def test_the_letter_leads_to_a_page_where_one_click_takes_the_link_away(
    client: Client, login: Login, entry: FaqEntry, question: Question, ann: User, stella: User
) -> None:
    deliver_due()
    letter = next(letter for letter in mail.outbox if letter.subject == f"Now in the FAQ: {entry.title}")
    assert letter.to == [ann.email]
    address = address_in(letter.body)
    link = f'href="{question.get_absolute_url()}"'
    for _ in range(2):
        assert "Remove the link" in client.get(address).text
    assert link in client.get(f"/faq/{entry.slug}/").text, "looking changes nothing"
    client.post(address, {"verb": "object"})
    page = client.get(f"/faq/{entry.slug}/").text
    assert (link in page, "From 1 question of a customer" in page) == (False, True)
    assert "Now in the FAQ:" not in client.get(question.get_absolute_url()).text
    assert [recheck.reason for recheck in FaqRecheck.objects.open()] == ["objection"]
    assert letters("faq_objection") == [stella]
    assert "rechecked" not in page, "that the text is right is not in doubt"
    assert "The asker does not want it to be linked." in login(stella).get(f"/desk/faq/{entry.pk}/").text
    client.post(address, {"verb": "object"})
    assert letters("faq_objection") == [stella], "a second click says nothing new"
    client.post(address, {"verb": "allow"})
    assert link in client.get(f"/faq/{entry.slug}/").text


def test_who_is_signed_in_finds_the_way_on_the_page(client: Client, login: Login, entry: FaqEntry, ann: User) -> None:
    page = login(ann).get(f"/faq/{entry.slug}/").text
    assert "may it be linked?" in page
    found = re.search(r'href="(/faq-objection/[^"]+)"', page)
    assert found
    assert login(ann).get(found[1]).status_code == 200
    assert "may it be linked?" not in client.get(f"/faq/{entry.slug}/").text


def test_nobody_is_named_who_does_not_want_to_be(
    client: Client, entry: FaqEntry, question: Question, ann: User
) -> None:
    deliver_due()
    address = address_in(mail.outbox[-1].body)
    assert "asked by" not in client.get(f"/faq/{entry.slug}/").text
    client.post(address, {"verb": "credit"})
    assert "asked by ann" in client.get(f"/faq/{entry.slug}/").text
    set_unnamed(question=question, on=True)
    assert "asked by" not in client.get(f"/faq/{entry.slug}/").text
    assert "Name me as the asker" not in client.get(address).text
    set_unnamed(question=question, on=False)
    client.post(address, {"verb": "uncredit"})
    assert "asked by" not in client.get(f"/faq/{entry.slug}/").text


def test_everybody_is_told_once(entry: FaqEntry, ann: User, stella: User) -> None:
    retire_entry(entry=entry)
    publish_entry(entry=entry, by=stella)
    assert letters("faq_published") == [ann]


def test_a_letter_that_is_not_true_any_more_does_not_leave(entry: FaqEntry) -> None:
    retire_entry(entry=entry)
    deliver_due()
    assert "Now in the FAQ" not in "".join(str(letter.subject) for letter in mail.outbox)


def test_an_address_that_nobody_signed_leads_nowhere(client: Client, entry: FaqEntry) -> None:
    source = entry.sources.get()
    for token in (str(source.pk), f"{source.pk}.none", "none"):
        assert client.post(f"/faq-objection/{token}/", {"verb": "object"}).status_code == 404
    source.refresh_from_db()
    assert source.objected_at is None
