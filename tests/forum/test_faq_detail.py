"""One FAQ entry: what it says, who stands behind it, and which questions it came from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.conversations import send_message
from forum.actions.faq import publish_entry
from forum.actions.visibility import hide_post
from tests.factories import make_answer, make_conversation, make_faq, make_faq_from, make_question, make_topic

Login = Callable[[User], Client]


def test_an_entry_says_where_it_comes_from(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann)
    entry = make_faq_from(make_answer(question, stella), stella)
    page = client.get(f"/faq/{entry.slug}/").text
    assert "From 1 question of a customer" in page
    assert f'href="{question.get_absolute_url()}"' in page
    assert '<a href="/team/stella/">Stella Stern</a>' in page
    assert "Last checked on" in page
    assert "by Stella Stern" in page


def test_a_question_that_was_removed_is_not_named(client: Client, ann: User, stella: User, moritz: User) -> None:
    question = make_question(ann, "Something rude")
    entry = make_faq_from(make_answer(question, stella), stella)
    entry.title = "Something polite"
    entry.save()
    hide_post(post=question, by=moritz, rule="insult", reason="No.")
    page = client.get(f"/faq/{entry.slug}/").text
    assert "Something polite" in page
    assert "Something rude" not in page
    assert question.public_id not in page
    assert "From 1 question of a customer" in page
    assert "1 of them is not shown." in page


def test_the_entry_stays_when_its_author_and_its_question_go(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann)
    entry = make_faq_from(make_answer(question, stella), stella)
    question.delete()
    stella.delete()
    page = client.get(f"/faq/{entry.slug}/")
    assert page.status_code == 200
    assert "Written by Stella Stern" in page.text


def test_a_draft_is_for_staff_only(client: Client, login: Login, ann: User, stella: User) -> None:
    entry = make_faq(stella, published=False)
    for reader in (client, login(ann)):
        assert reader.get(f"/faq/{entry.slug}/").status_code == 404
    page = login(stella).get(f"/faq/{entry.slug}/").text
    assert "This entry is a draft." in page
    assert 'content="noindex"' in page


def test_a_retired_entry_is_for_staff_only(client: Client, login: Login, ann: User, stella: User) -> None:
    entry = make_faq(stella, retired_at=timezone.now())
    for reader in (client, login(ann)):
        assert reader.get(f"/faq/{entry.slug}/").status_code == 404
    assert "This entry is retired." in login(stella).get(f"/faq/{entry.slug}/").text


def test_only_staff_are_offered_to_change_it(client: Client, login: Login, ann: User, stella: User) -> None:
    entry = make_faq(stella)
    for reader in (client, login(ann)):
        page = reader.get(f"/faq/{entry.slug}/").text
        assert "/desk/" not in page
        assert f"/report/faq/{entry.slug}/" in page
    assert f"/desk/faq/{entry.pk}/" in login(stella).get(f"/faq/{entry.slug}/").text


def test_an_entry_in_another_language_says_so(client: Client, stella: User) -> None:
    entry = make_faq(stella, "Wie lange hält Seife?", language="de")
    page = client.get(f"/faq/{entry.slug}/").text
    assert '<article lang="de">' in page
    assert "German" in page


def test_an_entry_of_a_discreet_topic_says_nothing_of_conversations(client: Client, ann: User, stella: User) -> None:
    topic = make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])
    entry = make_faq(stella, "Which soap is mild enough?", topic=topic)
    before = client.get(entry.get_absolute_url()).text
    send_message(conversation=make_conversation(ann, topic), author=stella, text="None of them.", waiting_on="")
    assert client.get(entry.get_absolute_url()).text == before
    assert "/ask/?topic" not in before


def test_of_a_discreet_topic_only_the_page_itself_names_the_entry(client: Client, ann: User, stella: User) -> None:
    topic = make_topic("Intimate care", "intimate-care", channel="private", discreet=True, staff=[stella])
    entry = make_faq(stella, "Which soap is mild enough?", topic=topic, published=False)
    entry.sources.create(question=make_question(ann))
    address = f"/private/faq/{entry.pk}/"
    assert client.get(address).status_code == 404
    publish_entry(entry=entry, by=stella)
    old = client.get(f"/faq/{entry.slug}/")
    assert (old.status_code, old["Location"]) == (302, address)
    page = client.get(address)
    assert "Which soap is mild enough?" in page.text
    assert "data-quick-exit" in page.text
    assert "no-store" in page["Cache-Control"]
    assert "mild" not in page.text.split("</head>")[0]
    assert f"/report/faq/{entry.pk}/" in page.text
    assert client.get(f"/report/faq/{entry.pk}/").status_code == 200
    assert client.get("/faq/?topic=intimate-care")["Location"] == f"/faq/?topic={topic.pk}"
    links = re.findall(r'(?:href|id)="([^"]+)"', page.text + client.get("/faq/").text)
    assert not [link for link in links if entry.slug in link or "intimate" in link]
    deliver_due()
    assert not [letter for letter in mail.outbox if "mild" in f"{letter.subject} {letter.body}"]


def test_an_entry_that_is_not_discreet_any_more_has_its_name_back(client: Client, stella: User) -> None:
    entry = make_faq(stella)
    assert client.get(f"/private/faq/{entry.pk}/")["Location"] == f"/faq/{entry.slug}/"
    assert client.get(f"/report/faq/{entry.pk}/").status_code == 404


def test_the_title_and_description_are_plain_text(client: Client, stella: User) -> None:
    entry = make_faq(stella, "Is <b> allowed?", text="Use **two** words & <i>none</i>.")
    head = client.get(f"/faq/{entry.slug}/").text.split("</head>")[0]
    assert "<title>Is &lt;b&gt; allowed?" in head
    assert "Use two words &amp; &lt;i&gt;none&lt;/i&gt;." in head


def test_the_page_costs_the_same_for_many_sources(
    client: Client, ann: User, stella: User, django_assert_max_num_queries: Any
) -> None:
    entry = make_faq_from(make_answer(make_question(ann), stella), stella)
    for _ in range(5):
        entry.sources.create(question=make_question(ann))
    with django_assert_max_num_queries(5):
        assert "From 6 questions of customers" in client.get(f"/faq/{entry.slug}/").text
