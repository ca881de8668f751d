"""How it ended: one sentence that the asker lets stand on the public page, or not, or takes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from forum.actions.conversations import close_conversation
from forum.actions.doors import agree_to_door, ask_into_private
from forum.actions.outcomes import OutcomeDecided, agree_to_outcome, decline_outcome, propose_outcome
from forum.models import Door
from tests.factories import make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]
SENTENCE = "Solved: replacement sent."


@pytest.fixture
def door(ann: User, stella: User) -> Door:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    question = make_question(ann, "Where is my parcel?", topic=topic)
    door = ask_into_private(question=question, by=stella, reason="personal-data", text="Which order?")
    close_conversation(conversation=agree_to_door(door=door), by=stella)
    return stored()


def stored() -> Door:
    return Door.objects.select_related("conversation__topic", "question__author", "question__topic").get()


def public(client: Client, door: Door) -> str:
    return client.get(door.question.get_absolute_url()).text


def say(client: Client, door: Door, verb: str) -> int:
    return client.post(f"/q/{door.question.public_id}/-/private/outcome/", {"door": door.pk, "verb": verb}).status_code


def propose(client: Client, door: Door) -> int:
    return client.post(f"/private/{door.conversation_id}/outcome/", {"outcome": SENTENCE}).status_code


def test_it_appears_only_with_anns_click(login: Login, client: Client, door: Door, ann: User, stella: User) -> None:
    assert propose(login(stella), door) == 302
    assert SENTENCE not in public(client, door)
    assert SENTENCE not in public(login(stella), door)
    assert SENTENCE in login(ann).get(f"/q/{door.question.public_id}/-/private/").text
    assert say(login(ann), door, "agree") == 302
    assert SENTENCE in public(client, door)


def test_before_that_it_is_sealed(door: Door, stella: User) -> None:
    propose_outcome(door=door, by=stella, sentence=SENTENCE)
    assert Door.objects.get().outcome == ""
    assert b"replacement" not in bytes(Door.objects.get().sealed_outcome or b"")


def test_ann_declines_and_is_not_asked_again(login: Login, client: Client, door: Door, ann: User, stella: User) -> None:
    propose(login(stella), door)
    OutgoingMail.objects.all().delete()
    assert say(login(ann), door, "decline") == 302
    deliver_due()
    room = door.conversation.get_absolute_url()  # type: ignore[union-attr]
    assert f"{room}\n" in mail.outbox[0].body
    assert "wants no sentence" in login(stella).get(room).text
    assert SENTENCE not in public(client, door)
    assert propose(login(stella), door) == 409
    assert say(login(ann), door, "agree") == 409
    assert Door.objects.get().sealed_outcome is None


def test_ann_takes_it_back_later_also_when_the_room_is_gone(
    login: Login, client: Client, door: Door, ann: User, stella: User
) -> None:
    propose(login(stella), door)
    say(login(ann), door, "agree")
    door.conversation.delete()  # type: ignore[union-attr]
    assert say(login(ann), door, "withdraw") == 302
    assert SENTENCE not in public(client, door)
    assert "has settled this privately" in public(client, door)
    assert say(login(ann), door, "agree") == 409


def test_as_long_as_the_room_is_open_nothing_is_proposed(ann: User, stella: User) -> None:
    topic = make_topic("Orders", "orders", channel="both", staff=[stella])
    question = make_question(ann, topic=topic)
    open_door = ask_into_private(question=question, by=stella, reason="health", text="How is it?")
    agree_to_door(door=open_door)
    with pytest.raises(OutcomeDecided):
        propose_outcome(door=open_door, by=stella, sentence=SENTENCE)


def test_others_find_nothing_to_decide(
    login: Login, door: Door, ann: User, ben: User, stella: User, moritz: User
) -> None:
    assert propose(login(moritz), door) == 404
    assert propose(login(ann), door) == 403
    propose(login(stella), door)
    assert [say(login(who), door, "agree") for who in (ben, stella, moritz)] == [403, 403, 403]
    assert say(login(ann), door, "publish") == 400
    assert SENTENCE not in login(moritz).get("/desk/doors/").text


def test_the_desk_names_what_is_missing_and_what_waits(login: Login, door: Door, stella: User, moritz: User) -> None:
    assert "one sentence for everybody is missing" in login(stella).get("/desk/doors/").text
    assert "is missing" not in login(moritz).get("/desk/doors/").text
    propose(login(stella), door)
    desk = login(stella).get("/desk/doors/").text
    assert "is missing" not in desk
    assert "for one public sentence" in desk


def test_too_long_a_sentence_comes_back(login: Login, door: Door, stella: User) -> None:
    answer = login(stella).post(f"/private/{door.conversation_id}/outcome/", {"outcome": "Solved. " * 40})
    assert answer.status_code == 422
    assert "Solved. Solved." in answer.text


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_in_the_same_instant(door: Door, stella: User) -> None:
    propose_outcome(door=door, by=stella, sentence=SENTENCE)
    acts = (lambda: agree_to_outcome(door=stored()), lambda: decline_outcome(door=stored()))
    assert together(*acts, refusals=(OutcomeDecided,)) == ["OutcomeDecided", "done"]
    door = Door.objects.get()
    assert bool(door.outcome) == (door.outcome_declined_at is None)


def test_the_customer_reads_no_heading_with_nothing_below_it(login: Login, door: Door, ann: User, stella: User) -> None:
    assert door.conversation
    room = door.conversation.get_absolute_url()
    assert "What others can read" not in login(ann).get(room).text
    propose_outcome(door=door, by=stella, sentence=SENTENCE)
    assert "What others can read" in login(ann).get(room).text
