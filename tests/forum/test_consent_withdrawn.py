"""Once the consent about one's health is taken back, nothing goes on that was begun because of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.conversations import close_conversation, delete_expired, open_conversation
from forum.actions.going_public import OfferOver, offer, publish
from forum.actions.holds import end_hold, place_hold
from forum.actions.outcomes import OutcomeDecided, propose_outcome
from forum.actions.withdrawal import withdraw_consent
from forum.models import Conversation, Door, FaqEntry, PublicConsent, PublicDraft, PublicWords
from tests.factories import make_attachment, make_conversation, make_question, make_topic

Login = Callable[[User], Client]
WORDS = PublicWords("Does oat help?", "", "Yes: oat, and cream at night.")


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    topic = make_topic("Skin", "skin", channel="both", health_data=True, staff=[stella])
    return make_conversation(ann, topic, "A rash", "It itches.")


@pytest.fixture
def draft(room: Conversation, stella: User) -> PublicDraft:
    return offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)


def test_a_text_that_waits_for_her_is_dropped(
    login: Login, room: Conversation, draft: PublicDraft, ann: User, stella: User
) -> None:
    customer, path = login(ann), room.get_absolute_url()
    withdraw_consent(conversation=room, by=ann)
    assert not PublicDraft.objects.exists()
    assert "Read and decide" not in customer.get(path).text
    said = {"title": WORDS.title, "answer": WORDS.answer, "version": 1, "under": "customer"}
    assert customer.post(f"{path}public/", said).status_code == 404
    with pytest.raises(OfferOver):
        publish(draft=draft, words=WORDS, version=1, under="customer")
    with pytest.raises(OfferOver):
        offer(conversation=room, by=stella, kind="faq", language="en", words=WORDS, version=0)
    assert not FaqEntry.objects.exists()


def test_what_is_published_stays_with_a_consent_of_its_own(
    login: Login, client: Client, room: Conversation, draft: PublicDraft, ann: User
) -> None:
    publish(draft=draft, words=WORDS, version=1, under="customer")
    withdraw_consent(conversation=room, by=ann)
    address = FaqEntry.objects.get().get_absolute_url()
    assert client.get(address).status_code == 200
    delete_expired(timezone.now())
    assert not Conversation.objects.exists()
    assert client.get(address).status_code == 200
    login(ann).post(f"/private/published/{PublicConsent.objects.get().pk}/withdraw/")
    assert client.get(address).status_code != 200


def test_a_sentence_for_the_public_page_is_forgotten_and_none_is_proposed(
    login: Login, ann: User, stella: User, client: Client
) -> None:
    topic = make_topic("Skin", "skin", channel="both", health_data=True, staff=[stella])
    question = make_question(ann, topic=topic)
    rooms = [
        open_conversation(
            customer=ann, topic=topic, subject="A rash", text="It itches.", health_consent=True, origin_question=asked
        )
        for asked in (question, make_question(ann, "And this one?", topic=topic))
    ]
    doors = [Door.objects.select_related("question__author", "conversation").get(conversation=room) for room in rooms]
    for room in rooms:
        close_conversation(conversation=room, by=stella)
    for door in doors:
        door.refresh_from_db()
    propose_outcome(door=doors[0], by=stella, sentence="Oat helped.")
    for room in rooms:
        withdraw_consent(conversation=room, by=ann)
    door = Door.objects.get(pk=doors[0].pk)
    assert not door.awaits_outcome_decision
    assert door.sealed_outcome is None
    with pytest.raises(OutcomeDecided):
        propose_outcome(door=doors[1], by=stella, sentence="Oat helped.")
    said = {"verb": "agree", "door": str(door.pk)}
    assert login(ann).post(f"/q/{question.public_id}/-/private/outcome/", said).status_code == 409
    delete_expired(timezone.now())
    page = client.get(question.get_absolute_url())
    assert "in private" in page.text
    assert "Oat helped" not in page.text
    assert "/private/" not in page.text.split("<main")[1].split("</main")[0].replace("/private/new/", "")
    assert login(ann).get(f"/q/{question.public_id}/-/private/").status_code == 200


def test_staff_open_no_file_any_more(login: Login, room: Conversation, ann: User, stella: User) -> None:
    file = make_attachment(room, ann).get_absolute_url()
    assert login(stella).get(file).status_code == 200
    withdraw_consent(conversation=room, by=ann)
    assert login(stella).get(file).status_code == 404
    assert login(ann).get(file).status_code == 200


def test_what_the_law_keeps_is_closed_for_all_others_and_goes_when_that_ends(
    login: Login, room: Conversation, ann: User, stella: User, olga: User
) -> None:
    hold = place_hold(number=room.pk, by=olga, reason="A court asks for it.")
    customer, path = login(ann), room.get_absolute_url()
    page = customer.post(f"{path}consent/withdraw/", follow=True).text
    assert "it is deleted as soon as that ends" in page
    assert "being deleted" not in page
    assert login(stella).get(path).status_code == 404
    delete_expired(timezone.now())
    assert Conversation.objects.exists()
    end_hold(hold=hold, by=olga, reason="The court has closed the case.")
    assert not Conversation.objects.exists()
