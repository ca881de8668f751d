"""One message of a private conversation is reported: moderators see that one, and never the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, User
from accounts.retention import delete_what_is_over
from forum.actions.conversations import send_message
from forum.models import Company, Conversation, Message
from moderation.models import Decision, Disclosure, LogEntry, Notice
from tests.factories import make_conversation, make_topic

Login = Callable[[User], Client]
SAID = {"rule": "insult", "reason": "This is an insult to me.", "good_faith": "on"}


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]), text="Good morning.")


@pytest.fixture
def rude(room: Conversation, stella: User) -> Message:
    return send_message(conversation=room, author=stella, text="You *fool*.", waiting_on="asker")


def address(message: Message) -> str:
    return f"/private/{message.conversation_id}/report/{message.pk}/"


def report(client: Client, message: Message) -> Any:
    return client.post(address(message), SAID)


def test_ann_reports_a_message_and_moritz_sees_it_alone(
    login: Login, room: Conversation, rude: Message, ann: User, moritz: User
) -> None:
    assert report(login(ann), rude)["Location"] == f"/private/{room.pk}/"
    notice = Notice.objects.get()
    page = login(moritz).get(notice.get_absolute_url()).text
    assert "You <em>fool</em>." in page
    assert "written by our team" in page
    assert not [word for word in ("Good morning", "My order", "Orders", str(room.pk)) if word in page]
    assert login(moritz).get(f"/private/{room.pk}/").status_code == 404


def test_the_copy_lies_sealed_with_the_notice(login: Login, rude: Message, ann: User) -> None:
    report(login(ann), rude)
    copy = Disclosure.objects.get()
    assert "fool" not in copy.sealed_text
    other = Notice.objects.create(target_kind="message", target_id="x", rule="insult", reason="Another one.")
    copy.notice = other
    assert copy.legible_html is None


@pytest.mark.parametrize("nickname", ["ben", "moritz", "olga"])
def test_nobody_else_knows_of_the_message(
    login: Login, rude: Message, request: pytest.FixtureRequest, nickname: str
) -> None:
    stranger = login(request.getfixturevalue(nickname))
    assert stranger.get(address(rude)).status_code == 404
    assert report(stranger, rude).status_code == 404
    assert not Notice.objects.exists()


def test_removed_for_both_sides_and_both_are_told(
    login: Login, room: Conversation, rude: Message, ann: User, stella: User, moritz: User
) -> None:
    report(login(ann), rude)
    OutgoingMail.objects.all().delete()
    path = Notice.objects.get().get_absolute_url()
    login(moritz).post(path, {"verb": "hide", "rule": "insult", "reason": "Nobody is called that here."})
    for reader in (ann, stella):
        page = login(reader).get(f"/private/{room.pk}/").text
        assert "fool" not in page
        assert "This message was removed after a report" in page
        assert "Good morning." in page
    deliver_due()
    assert {letter.to[0] for letter in mail.outbox} == {"ann@example.org", "stella@example.org"}
    assert not [letter for letter in mail.outbox if "fool" in letter.body]
    assert all("Quellmoos" in letter.body for letter in mail.outbox)
    assert (Decision.objects.get().verb, LogEntry.objects.get().target_kind) == ("hide", "message")
    assert "Show it again" not in login(moritz).get("/transparency/").text


def test_shown_again_by_a_second_decision(
    login: Login, room: Conversation, rude: Message, ann: User, stella: User, moritz: User
) -> None:
    report(login(ann), rude)
    notice = Notice.objects.get()
    window, again = login(moritz), f"{notice.get_absolute_url()}restore/"
    assert window.get(again).status_code == 404
    window.post(notice.get_absolute_url(), {"verb": "hide", "rule": "insult", "reason": "Nobody is called that here."})
    deliver_due()
    mail.outbox.clear()
    assert again in window.get(notice.get_absolute_url()).text
    assert "You <em>fool</em>." in window.get(again).text
    assert window.post(again, {"reason": "short"}).status_code == 422
    assert window.post(again, {"reason": "It was a quotation after all."}).status_code == 302
    for reader in (ann, stella):
        page = login(reader).get(f"/private/{room.pk}/").text
        assert "You <em>fool</em>." in page
        assert "was removed after a report" not in page
    assert [entry.verb for entry in LogEntry.objects.all()] == ["restore", "hide"]
    assert window.post(again, {"reason": "It was a quotation after all."}).status_code == 409
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["stella@example.org"]]
    assert "can be read again where you wrote it" in mail.outbox[0].body
    assert str(room.pk) not in mail.outbox[0].body


def test_nobody_decides_again_about_what_they_can_not_read_any_more(
    login: Login, rude: Message, ann: User, moritz: User
) -> None:
    report(login(ann), rude)
    notice = Notice.objects.get()
    window = login(moritz)
    window.post(notice.get_absolute_url(), {"verb": "hide", "rule": "insult", "reason": "Nobody is called that here."})
    Disclosure.objects.all().delete()
    assert "restore" not in window.get(notice.get_absolute_url()).text
    assert window.get(f"{notice.get_absolute_url()}restore/").status_code == 404


def test_letters_about_a_message_in_a_discreet_topic_name_nobody(
    login: Login, ann: User, stella: User, moritz: User, company: Company
) -> None:
    Company.objects.update(contact_email="post@quellmoos.example")
    topic = make_topic("Quiet matters", "quiet", channel="private", discreet=True, staff=[stella])
    said = make_conversation(ann, topic, text="You fool.").messages.get()
    OutgoingMail.objects.all().delete()
    report(login(stella), said)
    path = Notice.objects.get().get_absolute_url()
    login(moritz).post(path, {"verb": "hide", "rule": "insult", "reason": "Nobody is called that here."})
    login(moritz).post(f"{path}restore/", {"reason": "It was a quotation after all."})
    deliver_due()
    # That it was removed is no news any more when it is shown again.
    assert [letter.to for letter in mail.outbox] == [
        ["stella@example.org"],
        ["stella@example.org"],
        ["ann@example.org"],
    ]
    whole = " ".join(
        f"{letter.subject} {letter.from_email} {letter.body} {letter.alternatives}" for letter in mail.outbox
    )
    assert "Nobody is called that here." in whole
    assert not [word for word in ("uellmoos", "Quiet", "fool", "http") if word in whole]


def test_left_as_it_is(login: Login, room: Conversation, rude: Message, ann: User, moritz: User) -> None:
    report(login(ann), rude)
    login(moritz).post(Notice.objects.get().get_absolute_url(), {"verb": "keep", "reason": "It is a quotation only."})
    assert "You <em>fool</em>." in login(ann).get(f"/private/{room.pk}/").text
    assert Decision.objects.get().verb == "keep"


def test_staff_report_a_message_of_the_customer(login: Login, room: Conversation, stella: User, moritz: User) -> None:
    report(login(stella), room.messages.get())
    assert "written by the customer" in login(moritz).get(Notice.objects.get().get_absolute_url()).text


def test_pressed_twice_it_is_one_notice(login: Login, rude: Message, ann: User) -> None:
    for _press in range(2):
        report(login(ann), rude)
    assert Notice.objects.count() == 1


def test_the_copy_goes_some_time_after_the_decision(
    login: Login, rude: Message, ann: User, moritz: User, settings: Any
) -> None:
    report(login(ann), rude)
    login(moritz).post(Notice.objects.get().get_absolute_url(), {"verb": "keep", "reason": "It is a quotation only."})
    delete_what_is_over()
    assert Disclosure.objects.exists()
    Decision.objects.update(decided_at=timezone.now() - timedelta(days=settings.REPORTER_DAYS))
    delete_what_is_over()
    assert not Disclosure.objects.exists()
    assert "The copy was deleted" in login(moritz).get(Notice.objects.get().get_absolute_url()).text


def test_moderators_who_wrote_it_leave_it_to_others(
    login: Login, room: Conversation, ann: User, moritz: User, olga: User
) -> None:
    room.topic.staff.add(moritz)
    said = send_message(conversation=room, author=moritz, text="You fool.", waiting_on="asker")
    report(login(ann), said)
    path = Notice.objects.get().get_absolute_url()
    assert login(moritz).post(path, {"verb": "keep", "reason": "I am right after all."}).status_code == 403
