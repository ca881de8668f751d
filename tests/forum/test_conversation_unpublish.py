"""One button takes it back, everywhere and for good."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import User
from forum.actions.faq import EntryRemoved, promote_to_faq, publish_entry, restore_entry
from forum.actions.going_public import (
    publish,
    withdraw_publication,
)
from forum.models import (
    Answer,
    Conversation,
    FaqEntry,
    PublicConsent,
    Question,
)
from moderation.actions.decisions import hide, restore
from tests.publishing import (
    FAQ_WORDS,
    TITLE,
    WORDS,
    decide,
    make_room,
    offered,
    public,
)

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_room(ann, stella)


def test_one_button_takes_it_back_everywhere_and_its_author_is_told(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    decide(login(ann), room)
    assert "dry hands" in public(client)
    assert TITLE in login(stella).get(f"/private/{room.pk}/offer/").text
    deliver_due()
    mail.outbox.clear()
    assert login(ann).post(f"/private/{room.pk}/unpublish/").status_code == 302
    assert "dry hands" not in public(client)
    assert client.get(FaqEntry.objects.get().get_absolute_url()).status_code == 404
    deliver_due()
    assert [letter.subject for letter in mail.outbox if letter.to == [stella.email]] == [
        "A consent to publish was taken back"
    ]


def test_a_question_that_is_taken_back_takes_along_what_was_made_of_it(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    decide(login(ann), room, under="nickname")
    entry = promote_to_faq(answer=Answer.objects.get(), by=stella)
    publish_entry(entry=entry, by=stella)
    login(ann).post(f"/private/{room.pk}/unpublish/")
    assert "dry" not in public(client)


def test_it_can_be_taken_back_when_the_room_is_gone(
    login: Login, client: Client, room: Conversation, stella: User, ann: User, ben: User
) -> None:
    offered(room, stella)
    decide(login(ann), room)
    room.delete()
    consent = PublicConsent.objects.get()
    assert TITLE in login(ann).get("/private/").text
    assert login(ben).post(f"/private/published/{consent.pk}/withdraw/").status_code == 404
    assert "dry hands" in public(client)
    assert login(ann).post(f"/private/published/{consent.pk}/withdraw/").status_code == 302
    assert "dry hands" not in public(client)


def test_nobody_of_us_brings_it_back(
    login: Login, client: Client, room: Conversation, stella: User, moritz: User
) -> None:
    consent = publish(draft=offered(room, stella), words=FAQ_WORDS, version=1, under="customer")
    entry = FaqEntry.objects.get()
    hide(target=entry, by=moritz, rule="off-topic", reason="Not for here, sorry.")
    withdraw_publication(consent=consent)
    restore(target=FaqEntry.objects.get(), by=moritz, reason="It was for here after all.")
    assert not FaqEntry.objects.public().exists()
    for act in (restore_entry, publish_entry):
        with pytest.raises(EntryRemoved):
            act(entry=FaqEntry.objects.get(), by=stella)
    assert login(stella).post(f"/desk/faq/{entry.pk}/restore/").status_code == 403
    assert login(stella).post(f"/desk/faq/{entry.pk}/publish/").status_code == 403


def test_a_replayed_yes_publishes_once_and_not_again_after_it_was_taken_back(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    assert [decide(login(ann), room).status_code for _click in range(3)] == [302, 302, 302]
    assert (FaqEntry.objects.count(), PublicConsent.objects.count()) == (1, 1)
    login(ann).post(f"/private/{room.pk}/unpublish/")
    decide(login(ann), room)
    assert "dry hands" not in public(client)


def test_a_room_without_an_account_has_the_same_way(client: Client, room: Conversation, stella: User) -> None:
    """Who holds a receipt is nobody by name: published is "a customer", whatever the form says."""
    Conversation.objects.update(customer=None, customer_name="")
    fresh = Conversation.objects.get()
    consent = publish(draft=offered(fresh, stella, "question"), words=WORDS, version=1, under="nickname")
    assert (consent.user, consent.under, Question.objects.get().author) == (None, "customer", None)
    withdraw_publication(consent=consent)
    assert "dry hands" not in public(client)
