"""From public to private: staff ask for a reason that protects, the asker decides, and the page says who settles it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import Role, User
from forum.actions.conversations import close_conversation, open_conversation
from forum.actions.doors import DoorDecided, DoorShut, agree_to_door, ask_into_private, decline_door
from forum.models import Conversation, Door, Message, Question, Topic
from tests.factories import make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]
ASK = {"reason": "personal-data", "text": "Which order number is it?"}
STUB = "Stella Stern (Soap maker) is settling this privately with the asker since"


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Orders", "orders", channel="both", staff=[stella])


@pytest.fixture
def question(ann: User, topic: Topic) -> Question:
    return make_question(ann, "Where is my parcel?", topic=topic)


@pytest.fixture
def door(question: Question, stella: User) -> Door:
    return ask_into_private(question=question, by=stella, **ASK)


def page(client: Client, question: Question) -> str:
    return client.get(question.get_absolute_url()).text


def decide(client: Client, door: Door, agree: str) -> int:
    return client.post(f"/q/{door.question.public_id}/-/private/agree/", {"door": door.pk, "agree": agree}).status_code


def test_stella_asks_and_nothing_changes_before_ann_says_yes(
    login: Login, client: Client, question: Question, stella: User, ann: User
) -> None:
    assert login(stella).post(f"/q/{question.public_id}/-/private/", ASK).status_code == 302
    assert Conversation.objects.count() == 0
    assert "Which order number" not in page(client, question)
    assert "settling this" not in page(client, question)
    assert "Stella Stern asks whether you would rather go on in private" in page(login(ann), question)
    assert "Which order number is it?" in login(ann).get(f"/q/{question.public_id}/-/private/").text


def test_too_long_a_first_message_comes_back(login: Login, question: Question, stella: User) -> None:
    text = "soap " * 5_000
    response = login(stella).post(f"/q/{question.public_id}/-/private/", ASK | {"text": text})
    assert response.status_code == 422
    assert text.strip() in response.text


def test_ann_agrees_and_the_page_says_who_settles_it(login: Login, client: Client, door: Door, ann: User) -> None:
    assert decide(login(ann), door, "yes") == 302
    room = Conversation.objects.get()
    assert (room.customer, room.origin_question, room.subject) == (ann, door.question, "Where is my parcel?")
    said = Message.objects.get()
    assert (said.text, said.posted_as_name) == ("Which order number is it?", "Stella Stern")
    shown = page(client, door.question)
    assert STUB in shown
    assert "Which order number" not in shown
    door.refresh_from_db()
    assert door.sealed_text is None


def test_the_question_waits_for_nobody_in_public_then(login: Login, door: Door, ann: User) -> None:
    decide(login(ann), door, "yes")
    assert not Question.objects.awaiting_staff().exists()


def test_ann_declines_which_costs_nothing_and_stella_is_told(
    login: Login, client: Client, door: Door, ann: User, stella: User
) -> None:
    assert "whether to go on in private" in page(login(stella), door.question)
    assert decide(login(ann), door, "no") == 302
    assert Conversation.objects.count() == 0
    assert "settling this" not in page(client, door.question)
    deliver_due()
    (letter,) = (letter for letter in mail.outbox if letter.to == [stella.email])
    assert letter.subject == "A customer has decided"
    # Without the words of its title.
    assert f"/q/{door.question.public_id}/\n" in letter.body
    assert "The asker wants to stay in public" in page(login(stella), door.question)
    assert "please answer in public" in login(stella).get("/desk/doors/").text
    assert Question.objects.awaiting_staff().exists()


def test_the_letter_says_nothing_of_what_it_is_about(door: Door, ann: User) -> None:
    deliver_due()
    (letter,) = (letter for letter in mail.outbox if letter.to == [ann.email])
    assert f"/q/{door.question.public_id}/-/private/" in letter.body
    for word in ("parcel", "Orders", "order number", "Stella"):
        assert word not in f"{letter.subject} {letter.body}"


def test_a_letter_about_what_was_decided_meanwhile_is_not_sent(login: Login, door: Door, ann: User) -> None:
    decide(login(ann), door, "no")
    deliver_due()
    assert not [letter for letter in mail.outbox if letter.to == [ann.email]]


@pytest.mark.parametrize("reason", ["complaint", "", "PERSONAL-DATA", "other"])
def test_no_other_reason_will_do(login: Login, question: Question, stella: User, reason: str) -> None:
    answer = login(stella).post(f"/q/{question.public_id}/-/private/", {**ASK, "reason": reason})
    assert answer.status_code == 422
    assert ASK["text"] in answer.text
    assert not Door.objects.exists()


def test_the_database_knows_no_complaint_either(question: Question) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Door.objects.create(question=question, reason="complaint")


def test_what_stella_wrote_is_sealed(door: Door) -> None:
    assert b"order number" not in bytes(Door.objects.get().sealed_text or b"")
    assert Door.objects.get().text == "Which order number is it?"


def test_others_can_neither_ask_nor_decide(
    login: Login, client: Client, door: Door, ben: User, stella: User, moritz: User
) -> None:
    address = f"/q/{door.question.public_id}/-/private/"
    assert login(ben).get(address).status_code == 403
    assert login(ben).post(address, ASK).status_code == 403
    assert client.get(address)["Location"] == f"/account/login/?next={address}"
    # Moritz does not serve the topic: he would not be able to read the room.
    assert login(moritz).post(address, ASK).status_code == 403
    assert [decide(login(who), door, "yes") for who in (ben, stella, moritz)] == [403, 403, 403]
    door.refresh_from_db()
    assert door.awaits_asker


def test_a_foreign_door_is_not_decided(login: Login, door: Door, ben: User, topic: Topic) -> None:
    own = make_question(ben, "And mine?", topic=topic)
    address = f"/q/{own.public_id}/-/private/agree/"
    assert login(ben).post(address, {"door": door.pk, "agree": "yes"}).status_code == 409
    assert login(ben).post(address, {"door": door.pk, "agree": "perhaps"}).status_code == 400
    assert Conversation.objects.count() == 0


def test_it_is_asked_once_at_a_time(login: Login, door: Door, stella: User) -> None:
    answer = login(stella).post(f"/q/{door.question.public_id}/-/private/", ASK)
    assert answer.status_code == 409
    assert Door.objects.count() == 1


def test_a_replayed_yes_leads_into_the_same_room(login: Login, door: Door, ann: User) -> None:
    assert [decide(login(ann), door, "yes") for _click in range(3)] == [302, 302, 302]
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)
    assert decide(login(ann), door, "no") == 409


def test_who_lost_the_role_asks_nobody_from_an_open_page(login: Login, question: Question, stella: User) -> None:
    window = login(stella)
    window.get(f"/q/{question.public_id}/-/private/")
    User.objects.filter(pk=stella.pk).update(role="")
    assert window.post(f"/q/{question.public_id}/-/private/", ASK).status_code == 403
    assert not Door.objects.exists()


def test_nobody_is_asked_where_nobody_would_read_it(login: Login, ann: User, stella: User) -> None:
    public = make_question(ann, topic=make_topic("Soap", "soap", staff=[stella]))
    assert login(stella).post(f"/q/{public.public_id}/-/private/", ASK).status_code == 409
    assert "Ask the asker into private" not in page(login(stella), public)


def test_ann_opens_it_herself_and_the_page_says_so(
    login: Login, client: Client, question: Question, ann: User, topic: Topic
) -> None:
    answer = login(ann).get(f"/q/{question.public_id}/-/private/")
    assert answer["Location"] == f"/private/new/?topic={topic.pk}&question={question.public_id}"
    said = {"topic": topic.pk, "subject": "My parcel", "text": "It is R-2026/118."}
    login(ann).post(answer["Location"], said)
    assert "The asker and Quellmoos are settling this in private since" in page(client, question)
    assert "R-2026" not in page(client, question)


def test_somebody_elses_private_question_leaves_no_stub(
    login: Login, client: Client, question: Question, ben: User, topic: Topic
) -> None:
    open_conversation(customer=ben, topic=topic, subject="Mine", text="Too.", origin_question=question)
    assert "settling this" not in page(client, question)


def test_the_stub_says_when_it_is_settled(login: Login, client: Client, door: Door, ann: User, stella: User) -> None:
    close_conversation(conversation=agree_to_door(door=door), by=stella)
    assert "Stella Stern (Soap maker) has settled this privately with the asker" in page(client, door.question)
    Conversation.objects.all().delete()
    assert "has settled this privately" in page(client, door.question)


def test_the_desk_shows_what_waits_for_whom(login: Login, door: Door, stella: User, ann: User) -> None:
    desk = login(stella).get("/desk/doors/").text
    assert "Asked into private by Stella Stern" in desk
    agree_to_door(door=door)
    assert "Asked into private" not in login(stella).get("/desk/doors/").text
    assert login(ann).get("/desk/doors/").status_code == 404


def test_the_page_costs_as_few_queries_with_a_door(
    login: Login, door: Door, ann: User, stella: User, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    agree_to_door(door=door)
    for who in (ann, stella):
        reader = login(who)
        with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
            page(reader, door.question)


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_in_the_same_instant(door: Door) -> None:
    own = [Door.objects.select_related("question__author", "question__topic", "conversation").get() for _ in range(2)]
    together(lambda: agree_to_door(door=own[0]), lambda: decline_door(door=own[1]), refusals=(DoorDecided,))
    stored = Door.objects.get()
    assert (stored.agreed_at is None) != (stored.declined_at is None)
    assert Conversation.objects.count() == (1 if stored.agreed_at else 0)


@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_ask_in_the_same_instant(question: Question, stella: User, topic: Topic) -> None:
    sami = User.objects.create_user("sami", "sami@example.org", role=Role.STAFF)

    def ask(who: User) -> Callable[[], object]:
        own = Question.objects.with_author().get(pk=question.pk)
        return lambda: ask_into_private(question=own, by=who, **ASK)

    assert together(ask(stella), ask(sami), refusals=(DoorShut,)) == ["DoorShut", "done"]
    assert Door.objects.count() == 1
