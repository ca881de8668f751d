"""What is taken out of a thread goes from all that was made of it, and not from what is said in private."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.conversations import open_conversation
from forum.actions.drafts import save_draft
from forum.actions.faq import edit_entry, promote_to_faq
from forum.actions.going_public import OfferOvertaken, offer, publish
from forum.actions.merging import merge, unmerge
from forum.actions.rooms import note_for_team
from forum.actions.sending import Sent
from forum.models import (
    Conversation,
    Draft,
    FaqEntry,
    FaqRevision,
    PublicDraft,
    PublicWords,
    Question,
    QuestionDocument,
    Repetition,
)
from moderation.actions.redactions import redact
from tests.factories import make_answer, make_question, make_topic

pytestmark = pytest.mark.any_database

LEAK = "R-2026/118"
WORDS = PublicWords(f"Where is {LEAK}?", "", f"{LEAK} is on its way.")
CLEAN = PublicWords("Where is ‹removed›?", "", "‹removed› is on its way.")


@pytest.fixture
def question(ann: User, stella: User) -> Question:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    return make_question(ann, "Where is my parcel?", topic=topic, text=f"My order {LEAK} never came.")


@pytest.fixture
def room(question: Question, ann: User) -> Conversation:
    said = f"It is {LEAK}."
    return open_conversation(
        customer=ann, topic=question.topic, subject="My order", text=said, origin_question=question
    )


def test_former_versions_of_a_faq_entry_and_what_somebody_writes_on_it(
    question: Question, ben: User, stella: User, olga: User
) -> None:
    entry = promote_to_faq(answer=make_answer(question, stella, f"We look for {LEAK}."), by=stella)
    edit_entry(entry=entry, by=stella, text="We look for it.")
    save_draft(Sent(olga, "faq_edit", str(entry.pk)), {"text": f"We have found {LEAK}."})
    assert FaqRevision.objects.filter(text__contains=LEAK).exists()
    redact(post=question, by=stella, words=[LEAK])
    assert not FaqRevision.objects.filter(text__contains=LEAK).exists()
    assert FaqRevision.objects.filter(text="We look for ‹removed›.").exists()
    assert Draft.objects.get().words == {"text": "We have found ‹removed›."}


def test_a_text_that_may_become_public_and_the_customer_sees_it_before_deciding(
    question: Question, room: Conversation, stella: User
) -> None:
    draft = offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    redact(post=question, by=stella, words=[LEAK])
    assert PublicDraft.objects.select_related("conversation").get().words == CLEAN
    with pytest.raises(OfferOvertaken):
        publish(draft=draft, words=WORDS, version=1, under="customer")


def test_an_entry_that_was_made_of_the_private_side(question: Question, room: Conversation, stella: User) -> None:
    draft = offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    publish(draft=draft, words=WORDS, version=1, under="customer")
    redact(post=question, by=stella, words=[LEAK])
    entry = FaqEntry.objects.get()
    assert (entry.title, entry.text) == (CLEAN.title, CLEAN.answer)
    assert "118" not in entry.slug


def test_what_is_said_and_noted_in_private_stays_there(question: Question, room: Conversation, stella: User) -> None:
    note = note_for_team(conversation=room, by=stella, text=f"I rang about {LEAK}.")
    redact(post=question, by=stella, words=[LEAK])
    note.refresh_from_db()
    assert LEAK in note.text
    assert LEAK in room.messages.order_by("created_at")[0].text


def test_what_was_merged_stands_on_the_same_page(
    question: Question, ben: User, stella: User, moritz: User, client: Client
) -> None:
    """Whichever of them the words are found in: the other quotes them, and comes apart without them."""
    other = make_question(ben, "Where is mine?", topic=question.topic, text=f"They wrote {LEAK} to me as well.")
    third = make_question(ben, "And mine?", topic=question.topic, text=f"Like {LEAK}.")
    answer = make_answer(other, stella, f"We look for {LEAK}.")
    for one in (other, third):
        merge(question=one, original=question, by=moritz, reason=f"Both about {LEAK}.")
    page = client.get(question.get_absolute_url()).text
    assert all(f"{said} {LEAK}" in page for said in ("My order", "They wrote", "Like", "We look for"))
    other.refresh_from_db()
    redact(post=other, by=stella, words=[LEAK])
    assert LEAK not in client.get(question.get_absolute_url()).text
    for post in (question, other, third, answer):
        post.refresh_from_db()
        assert (LEAK in post.text, post.redacted_at is not None) == (False, True)
    unmerge(question=other, by=moritz, reason="Two parcels.")
    page = client.get(other.get_absolute_url()).text
    assert ("They wrote ‹removed›" in page, LEAK in page) == (True, False)
    assert "118" not in " ".join(QuestionDocument.objects.values_list("tokens", flat=True))
    assert not Repetition.objects.filter(reason__contains=LEAK).exists()
