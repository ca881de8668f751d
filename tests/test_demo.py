"""The demonstration company: every state of everything, and true in itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from accounts.models import OutgoingMail, StaffCard, User
from forum.actions.counters import recount, recount_helpful
from forum.models import (
    Acceptance,
    Answer,
    Comment,
    Conversation,
    Door,
    FaqEntry,
    LegalPage,
    Question,
    Topic,
)
from moderation.demo.loader import load
from moderation.models import Decision, LogEntry, Notice

COUNTERS = ("answer_count", "accepted_count", "metoo_count", "first_staff_answer_at")


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Loaded once, since no test here changes it for the others."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load(timezone.now())
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Path, db: None, settings: Any) -> None:
    """The demonstration company, for one test."""
    settings.MEDIA_ROOT = loaded


def posts() -> Iterator[Question | Answer | Comment]:
    return chain(Question.objects.all(), Answer.objects.all(), Comment.objects.all())


def test_every_state_of_a_question_occurs(demo: None) -> None:
    seen = {status.key for question in Question.objects.with_faq_mark() for status in question.statuses}
    assert seen == {
        "hidden", "held", "duplicate", "closed", "accepted", "faq", "answered", "waiting-us", "waiting-asker",
    }  # fmt: skip


def test_what_waits_is_new_due_and_overdue(demo: None) -> None:
    waiting = Question.objects.awaiting_staff()
    assert {question.is_overdue for question in waiting} == {True, False}
    assert any(question.asker_replied_at for question in waiting)


def test_askers_and_staff_accept_answers_of_customers_and_staff(demo: None) -> None:
    accepted = Acceptance.objects.current()
    assert {acceptance.by_staff for acceptance in accepted} == {True, False}
    assert {acceptance.answer.is_by_staff for acceptance in accepted} == {True, False}
    assert Question.objects.filter(accepted_count=2).exists()


def test_posts_were_edited_after_acceptance_too(demo: None) -> None:
    edited = Answer.objects.exclude(edited_at=None).get()
    assert edited.edited_at
    assert edited.acceptances.get().accepted_at < edited.edited_at
    assert [version.number for version in edited.revisions.order_by("number")] == [1, 2]
    assert edited.revisions.get(number=2).text == edited.text


def test_the_faq_has_drafts_retired_entries_and_two_languages(demo: None) -> None:
    assert FaqEntry.objects.drafts().exists()
    assert FaqEntry.objects.retired().exists()
    assert {entry.language for entry in FaqEntry.objects.public()} == {"de", "en"}
    assert {entry.sources.exists() for entry in FaqEntry.objects.public()} == {True, False}


def test_counters_say_what_is_there(demo: None) -> None:
    for question in Question.objects.all():
        stored = [getattr(question, name) for name in COUNTERS]
        recount(question)
        assert [getattr(question, name) for name in COUNTERS] == stored
    for answer in Answer.objects.all():
        stored_count = answer.helpful_count
        recount_helpful(answer)
        assert answer.helpful_count == stored_count


def test_every_hidden_post_has_its_decision_and_log_line(demo: None) -> None:
    hidden = [post for post in posts() if post.is_hidden]
    assert {post.kind for post in hidden} == {"question", "answer"}
    for post in hidden:
        decision = Decision.objects.get(target_kind=post.kind, target_id=post.public_id)
        assert (decision.verb, decision.decided_at, decision.rule) == ("hide", post.hidden_at, post.hidden_rule)
        assert LogEntry.objects.filter(target_id=post.public_id, verb="hide").count() == 1


def test_one_notice_is_open_and_criticism_was_kept(demo: None) -> None:
    assert Notice.objects.open().count() == 1
    kept = Decision.objects.get(verb="keep")
    assert not Question.objects.get(public_id=kept.target_id).is_hidden


def test_the_discreet_conversation_is_read_by_one_of_the_staff_only(demo: None) -> None:
    discreet = Conversation.objects.get(topic__discreet=True)
    readers = [user for user in User.objects.all() if discreet in Conversation.objects.visible_to(user)]
    assert {user.nickname for user in readers} == {"frau_amsel", "sevda"}


def test_private_words_are_nowhere_in_clear(demo: None) -> None:
    discreet = Conversation.objects.get(topic__discreet=True)
    assert b"Wechseljahre" not in bytes(discreet.sealed_subject)
    assert discreet.subject == "Trockenheit, Wechseljahre"


def test_a_private_conversation_came_from_a_public_question(demo: None) -> None:
    origin = Conversation.objects.exclude(origin_question=None).get().origin_question
    assert origin is not None
    assert origin.topic.channel == "both"


def test_staff_of_the_demonstration_have_faces_of_their_own(demo: None) -> None:
    pictures = [card.portrait.read() for card in StaffCard.objects.all()]
    assert len(set(pictures)) == len(pictures) == 3
    assert {Image.open(BytesIO(picture)).size for picture in pictures} == {(512, 512)}


def test_staff_say_sie(demo: None) -> None:
    du = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
    answers = Answer.objects.filter(question__language="de").exclude(posted_as_name="")
    rows = (answers, FaqEntry.objects.filter(language="de"), LegalPage.objects.filter(language="de"))
    texts = "\n".join(chain.from_iterable(query.values_list("text", flat=True) for query in rows))
    assert du.findall(texts) == []


def test_addresses_in_the_texts_lead_nowhere(demo: None) -> None:
    texts = " ".join(page.html for page in [*posts(), *FaqEntry.objects.all(), *LegalPage.objects.all()])
    hosts = re.findall(r'href="(?:https?://|mailto:[^"@]*@)([^"/?]+)', texts)
    assert hosts
    assert {host.rsplit(".", 1)[-1] for host in hosts} == {"example"}


def test_the_company_has_its_pages_in_both_languages(demo: None) -> None:
    pages = {(page.kind, page.language) for page in LegalPage.objects.all()}
    assert pages == {(kind, language) for kind in LegalPage.Kind.values for language in ("de", "en")}


def test_loading_sends_no_mail(demo: None) -> None:
    assert not OutgoingMail.objects.exists()


@pytest.mark.any_database
def test_a_visitor_opens_every_public_question(demo: None, client: Client) -> None:
    wrong = {
        question.title: status
        for question in Question.objects.public()
        if (status := client.get(question.get_absolute_url()).status_code) != 200
    }
    assert wrong == {}


def test_a_visitor_reads_how_something_settled_in_private_ended(demo: None, client: Client) -> None:
    told = Door.objects.exclude(outcome="").get()
    assert told.outcome in client.get(told.question.get_absolute_url()).text
    entry = FaqEntry.objects.public().get(sources__consent__isnull=False)
    assert (
        "published with the customer's consent" in client.get(entry.get_absolute_url(), HTTP_ACCEPT_LANGUAGE="en").text
    )


@pytest.mark.any_database
def test_a_visitor_opens_topics_team_and_faq(demo: None, client: Client) -> None:
    pages = [*Topic.objects.all(), *StaffCard.objects.all(), *FaqEntry.objects.public()]
    wrong = [page for page in pages if client.get(page.get_absolute_url()).status_code != 200]
    assert wrong == []
