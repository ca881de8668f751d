"""After a conversation: the customer keeps it, deletes it, says whether it helped; an owner may have to keep it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.erasure import erase_account
from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from accounts.retention import delete_what_is_over
from forum.actions.conversations import close_conversation, reopen_conversation
from forum.actions.holds import end_hold, place_hold
from forum.models import Conversation, LegalHold, Message, Satisfaction
from forum.models.conversation import OnHold
from forum.ratings import rating_address
from tests.accounts.privacy import reauthenticated
from tests.factories import make_attachment, make_conversation, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]))


def closed(room: Conversation, by: User) -> Conversation:
    close_conversation(conversation=room, by=by)
    room.refresh_from_db()
    return room


def test_a_topic_has_its_own_period(room: Conversation, stella: User) -> None:
    room.topic.retention_days = 30
    room.topic.save()
    closed(room, stella)
    assert room.delete_after
    assert room.closed_at
    assert room.delete_after - room.closed_at == timedelta(days=30)


def test_ann_keeps_it_longer_up_to_three_periods(login: Login, room: Conversation, ann: User, stella: User) -> None:
    closed(room, stella)
    for days in (360, 540, 540):
        login(ann).post(f"/private/{room.pk}/extend/")
        room.refresh_from_db()
        assert room.delete_after
        assert room.closed_at
        assert room.delete_after - room.closed_at == timedelta(days=days)
    assert "days longer" not in login(ann).get(f"/private/{room.pk}/").text


def test_what_is_open_can_not_be_extended(login: Login, room: Conversation, ann: User) -> None:
    login(ann).post(f"/private/{room.pk}/extend/")
    room.refresh_from_db()
    assert room.delete_after is None


def test_ann_deletes_it_in_two_steps(
    login: Login, room: Conversation, ann: User, django_capture_on_commit_callbacks: Any
) -> None:
    make_attachment(room, ann)
    page = login(ann).get(f"/private/{room.pk}/delete/")
    assert "Nobody can bring them back" in page.text
    assert Conversation.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        login(ann).post(f"/private/{room.pk}/delete/")
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


def test_staff_neither_delete_nor_extend_it(login: Login, room: Conversation, stella: User) -> None:
    for verb in ("delete", "extend"):
        assert login(stella).post(f"/private/{room.pk}/{verb}/").status_code == 403
    assert Conversation.objects.exists()


# Whether it helped


def test_the_letter_asks_and_one_click_counts_without_signing_in(
    login: Login, room: Conversation, stella: User, client: Client
) -> None:
    OutgoingMail.objects.all().delete()
    closed(room, stella)
    deliver_due()
    letter = str(mail.outbox[0].body)
    found = re.search(r"https?://[^/]+(/private/helped/\S+)", letter)
    assert found
    page = client.get(found.group(1))
    for word in ("My order", "Orders", "Stella", "ann", str(room.pk)):
        assert word not in page.text.split("<main")[1].split("</main")[0]
    # Whatever looks at links in letters has counted nothing.
    assert not Satisfaction.objects.exists()
    thanks = client.post(found.group(1), {"answer": "yes"}, follow=True)
    assert "Your answer is counted" in thanks.text
    client.post(found.group(1), {"answer": "no"})
    assert [(row.topic, row.answer, row.count) for row in Satisfaction.objects.all()] == [(room.topic, "yes", 1)]


def test_staff_are_not_asked(room: Conversation, ann: User) -> None:
    OutgoingMail.objects.all().delete()
    closed(room, ann)
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["stella@example.org"]]
    assert "/private/helped/" not in mail.outbox[0].body


def test_in_the_room_too(login: Login, room: Conversation, ann: User, stella: User) -> None:
    closed(room, stella)
    page = login(ann).get(f"/private/{room.pk}/")
    assert f'action="{rating_address(room)}"' in page.text
    assert "Did this help you?" not in login(stella).get(f"/private/{room.pk}/").text
    login(ann).post(rating_address(room), {"answer": "partly"})
    assert "Did this help you?" not in login(ann).get(f"/private/{room.pk}/").text


def test_a_link_is_void_when_it_goes_on_and_asks_anew_at_the_next_end(
    client: Client, room: Conversation, stella: User
) -> None:
    address = rating_address(closed(room, stella))
    client.post(address, {"answer": "no"})
    reopen_conversation(conversation=room, by=stella)
    assert "This question is over" in client.get(address).text
    client.post(address, {"answer": "no"})
    closed(room, stella)
    client.post(address, {"answer": "yes"})
    assert {row.answer: row.count for row in Satisfaction.objects.all()} == {"no": 1, "yes": 1}


@pytest.mark.parametrize("change", ["x", "", "."])
def test_a_forged_link_leads_nowhere(client: Client, room: Conversation, stella: User, change: str) -> None:
    token = rating_address(closed(room, stella)).rstrip("/").rpartition("/")[2]
    forged = token[:-1] + change if change else room.pk.hex
    assert client.post(f"/private/helped/{forged}/", {"answer": "yes"}).status_code == 404
    assert client.post(f"/private/helped/{token}/", {"answer": "great"}).status_code == 422
    assert not Satisfaction.objects.exists()


def test_the_desk_shows_numbers_once_there_are_enough(login: Login, room: Conversation, stella: User) -> None:
    row = Satisfaction.objects.create(topic=room.topic, answer="yes", count=4)
    assert "helped 4" not in login(stella).get("/desk/private/").text
    row.count = 5
    row.save()
    assert "Orders: helped 5, partly 0, did not help 0" in login(stella).get("/desk/private/").text


# Kept by law


def held(room: Conversation, olga: User) -> LegalHold:
    return place_hold(number=room.pk, by=olga, reason="A claim is before the court.")


def test_an_owner_keeps_it_by_its_address_and_reads_nothing(
    login: Login, room: Conversation, olga: User, ann: User
) -> None:
    owner = reauthenticated(login(olga), "/desk/holds/")
    said = {"number": f"https://example.org/private/{room.pk}/", "reason": "A claim is before the court."}
    page = owner.post("/desk/holds/", said, follow=True)
    assert "A claim is before the court." in page.text
    assert "My order" not in page.text
    assert owner.get(f"/private/{room.pk}/").status_code == 404
    assert "The law makes us keep this conversation" in login(ann).get(f"/private/{room.pk}/").text
    assert "court" not in login(ann).get(f"/private/{room.pk}/").text


def test_no_way_of_deleting_reaches_it(
    login: Login, room: Conversation, ann: User, stella: User, olga: User, django_capture_on_commit_callbacks: Any
) -> None:
    held(room, olga)
    closed(room, stella)
    Conversation.objects.update(delete_after=timezone.now() - timedelta(days=1))
    delete_what_is_over()
    page = login(ann).post(f"/private/{room.pk}/delete/", follow=True)
    assert "It is deleted as soon as that ends" in page.text
    with pytest.raises(OnHold):
        room.delete()
    erase_account(user=ann, keep_posts=True)
    room.refresh_from_db()
    assert (room.customer, room.customer_name, room.messages.count()) == (None, "", 1)
    with django_capture_on_commit_callbacks(execute=True):
        end_hold(hold=LegalHold.objects.get(), by=olga, reason="The court has decided.")
    assert not Conversation.objects.exists()
    hold = LegalHold.objects.get()
    assert (hold.reason, hold.end_reason) == ("A claim is before the court.", "The court has decided.")


def test_the_page_before_erasing_says_so(login: Login, room: Conversation, ann: User, olga: User) -> None:
    held(room, olga)
    page = reauthenticated(login(ann), "/account/erase/").get("/account/erase/")
    assert "1 of them the law makes us keep" in page.text


def test_a_hold_ends_on_the_page_of_the_owner(login: Login, room: Conversation, stella: User, olga: User) -> None:
    hold = held(room, olga)
    owner = reauthenticated(login(olga), "/desk/holds/")
    assert owner.post(f"/desk/holds/{hold.pk}/end/", {"reason": ""}).status_code == 422
    owner.post(f"/desk/holds/{hold.pk}/end/", {"reason": "It was settled."})
    owner.post(f"/desk/holds/{hold.pk}/end/", {"reason": "Again."})
    hold.refresh_from_db()
    assert (hold.ended_by, hold.end_reason) == (olga, "It was settled.")
    assert Conversation.objects.get() == room


def test_a_wrong_number_is_said_and_two_holds_are_one(login: Login, room: Conversation, olga: User) -> None:
    owner = reauthenticated(login(olga), "/desk/holds/")
    reason = "A claim is before the court."
    nobodys = "00000000-0000-4000-8000-000000000000"
    for number, sentence in (("none", "not the number"), (nobodys, "There is no conversation")):
        assert sentence in owner.post("/desk/holds/", {"number": number, "reason": reason}).text
    held(room, olga)
    assert "kept already" in owner.post("/desk/holds/", {"number": str(room.pk), "reason": reason}).text
    assert LegalHold.objects.count() == 1
