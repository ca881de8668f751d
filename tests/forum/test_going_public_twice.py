"""Two clicks in the same instant: one of them counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, User
from forum.actions.faq import EntryRemoved, publish_entry
from forum.actions.going_public import (
    OfferOver,
    OfferOvertaken,
    decline_publication,
    offer,
    publish,
    withdraw_publication,
)
from forum.models import (
    Conversation,
    FaqEntry,
    PublicConsent,
)
from tests.publishing import (
    ANSWER,
    FAQ_WORDS,
    make_room,
    offered,
    read,
)
from tests.races import together

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_room(ann, stella)


@pytest.mark.django_db(transaction=True)
def test_yes_twice_in_the_same_instant(room: Conversation, stella: User) -> None:
    offered(room, stella)

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    assert together(say_yes, say_yes, refusals=()) == ["done", "done"]
    assert (FaqEntry.objects.count(), PublicConsent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_in_the_same_instant(room: Conversation, stella: User) -> None:
    offered(room, stella)

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    assert together(say_yes, lambda: decline_publication(draft=read(room)), refusals=(OfferOver,)) == [
        "OfferOver", "done",
    ]  # fmt: skip
    assert FaqEntry.objects.exists() == (read(room).declined_at is None)


@pytest.mark.django_db(transaction=True)
def test_yes_while_stella_changes_the_text(room: Conversation, stella: User) -> None:
    offered(room, stella)
    other = FAQ_WORDS._replace(answer="No.")

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    def change() -> object:
        return offer(conversation=room, by=stella, kind="faq", language="en", words=other, version=1)

    results = together(say_yes, change, refusals=(OfferOver, OfferOvertaken))
    assert results in (["OfferOver", "done"], ["OfferOvertaken", "done"])
    assert [entry.text for entry in FaqEntry.objects.all()] in ([ANSWER], [])


@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_offer_in_the_same_instant(room: Conversation, stella: User) -> None:
    sami = User.objects.create_user("sami", "sami@example.org", role=Role.STAFF)
    acts = (lambda: offered(room, stella), lambda: offered(room, sami))
    assert together(*acts, refusals=(OfferOvertaken,)) == ["OfferOvertaken", "done"]
    assert read(room).version == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_stella_publishes_it_again(room: Conversation, stella: User) -> None:
    consent = publish(draft=offered(room, stella), words=FAQ_WORDS, version=1, under="customer")
    entry = FaqEntry.objects.get()
    acts = (
        lambda: withdraw_publication(consent=PublicConsent.objects.get(pk=consent.pk)),
        lambda: publish_entry(entry=FaqEntry.objects.get(pk=entry.pk), by=stella),
    )
    together(*acts, refusals=(EntryRemoved,))
    assert not FaqEntry.objects.public().exists()
