"""Who leaves the team is out on the next click; the work and the answers stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.core import mail
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import OutgoingMail, Role, RoleChange, StaffCard, User
from forum.actions.drafts import save_draft
from forum.actions.invitations import invite, join
from forum.actions.sending import Sent
from forum.actions.team import NotInTheTeam, change_member, leave, take_out
from forum.models import Company, Conversation, Draft, Topic
from tests.accounts.proofs import has_proved
from tests.factories import make_answer, make_conversation, make_question, make_topic
from tests.races import together

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def role_of(person: User) -> str:
    return User.objects.get(pk=person.pk).role


def test_the_last_owner_does_not_leave(login: Login, olga: User, moritz: User) -> None:
    client = login(olga)
    assert client.get(f"/desk/team/{olga.pk}/remove/")["Location"] == "/desk/leave/"
    response = client.post("/desk/leave/")
    assert response.status_code == 409
    assert "You are the only owner." in response.text
    assert role_of(olga) == "owner"
    assert client.get("/desk/team/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_leaves_while_being_taken_out_keeps_nobody_waiting(olga: User) -> None:
    otto = User.objects.create_user("otto", "otto@example.org", role=Role.OWNER)
    acts = (partial(leave, person=otto), partial(take_out, person=otto, by=olga))
    assert together(*acts, refusals=(NotInTheTeam,)) == ["NotInTheTeam", "done"]
    assert role_of(otto) == ""


def test_who_is_taken_out_is_nobody_here_on_the_next_click_everywhere(login: Login, olga: User, stella: User) -> None:
    desk, phone = login(stella), login(stella)
    assert desk.get("/desk/").status_code == phone.get("/desk/").status_code == 200
    has_proved(login(olga)).post(f"/desk/team/{stella.pk}/remove/", {})
    assert desk.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    assert phone.get("/account/").status_code == 302
    customer = login(User.objects.get(pk=stella.pk))
    assert customer.get("/desk/").status_code == 404
    assert customer.get("/account/").status_code == 200


def test_a_locked_account_does_not_come_in_again(login: Login, client: Client, olga: User, stella: User) -> None:
    desk = login(stella)
    has_proved(login(olga)).post(f"/desk/team/{stella.pk}/remove/", {"lock_out": "on"})
    assert desk.get("/account/").status_code == 302
    client.post("/account/login/", {"nickname": "stella", "password": "correct-horse-battery"})
    assert client.get("/account/").status_code == 302
    assert "and locked the account" in login(olga).get("/desk/team/").text


def test_a_demotion_holds_on_the_next_click(login: Login, olga: User, ann: User, moritz: User) -> None:
    """An open page of the moderator's, and the button on it."""
    question = make_question(ann)
    page = login(moritz)
    assert page.get(f"/moderation/hide/question/{question.public_id}/").status_code == 200
    change_member(person=moritz, role=Role.STAFF, topics=[], by=olga)
    said = {"rule": "insult", "reason": "It is not polite at all."}
    assert page.post(f"/moderation/hide/question/{question.public_id}/", said).status_code == 404
    question.refresh_from_db()
    assert question.hidden_at is None
    assert page.get("/desk/").status_code == 200


def test_an_open_page_of_a_former_member_does_nothing(login: Login, olga: User, ann: User, stella: User) -> None:
    question = make_question(ann)
    conversation = make_conversation(ann, make_topic("Skin", "skin", channel="private", staff=[stella]))
    page = login(stella)
    take_out(person=stella, by=olga)
    assert page.post(f"/q/{question.public_id}/-/close/", {"reason": "Done."}).status_code == 401
    assert page.post(conversation.get_absolute_url(), {"text": "Hello", "waiting_on": "asker"}).status_code == 401
    again = login(User.objects.get(pk=stella.pk))
    assert again.post(f"/q/{question.public_id}/-/close/", {"reason": "Done."}).status_code == 403
    assert again.get(conversation.get_absolute_url()).status_code == 404
    assert again.post(conversation.get_absolute_url(), {"text": "Hello"}).status_code == 404
    again.post(f"/q/{question.public_id}/-/answer/", {"text": "As a customer now."})
    assert question.answers.get().posted_as_name == ""


def test_no_letter_of_the_staff_reaches_who_left_before_it_was_sent(olga: User, ann: User, stella: User) -> None:
    make_conversation(ann, make_topic("Skin", "skin", channel="private", staff=[stella]))
    assert OutgoingMail.objects.get().recipient == stella
    take_out(person=stella, by=olga)
    deliver_due()
    to_stella = [letter.subject for letter in mail.outbox if letter.to == ["stella@example.org"]]
    assert to_stella == ["You are not in the team any more"]


def test_open_work_goes_back_to_the_desk(olga: User, ann: User, stella: User) -> None:
    topic = make_topic("Skin", "skin", channel="private", staff=[stella, olga])
    conversation = make_conversation(ann, topic, assigned_to=stella)
    take_out(person=stella, by=olga)
    assert Conversation.objects.get().assigned_to is None
    assert list(Topic.objects.get().staff.all()) == [olga]
    assert list(Conversation.objects.visible_to(olga).awaiting_staff()) == [conversation]


def test_who_serves_a_topic_no_more_is_in_charge_of_none_of_it(olga: User, ann: User, stella: User) -> None:
    skin, hair = (make_topic(name, name.lower(), channel="private", staff=[stella]) for name in ("Skin", "Hair"))
    kept, given_back = (make_conversation(ann, topic, assigned_to=stella) for topic in (skin, hair))
    change_member(person=stella, role=Role.STAFF, topics=[skin], by=olga)
    kept.refresh_from_db()
    given_back.refresh_from_db()
    assert (kept.assigned_to, given_back.assigned_to) == (stella, None)


def test_the_card_of_a_former_member_says_so_and_the_answers_keep_their_name(
    login: Login, client: Client, olga: User, ann: User, stella: User
) -> None:
    question = make_question(ann)
    make_answer(question, stella)
    assert login(stella).post("/desk/leave/")["Location"] == "/"
    assert "Former member of the team" in client.get("/team/stella/").text
    page = client.get(question.get_absolute_url()).text
    assert "Stella Stern" in page
    assert "Soap maker" in page
    assert RoleChange.objects.get().sentence == "stella left the team (before: Staff)."


def test_who_comes_back_has_the_card_again(olga: User, stella: User) -> None:
    take_out(person=stella, by=olga)
    join(invitation=invite(email="stella@example.org", role="staff", topics=[], by=olga), user=stella)
    assert StaffCard.objects.get(user=stella).is_serving


def test_a_second_click_finds_that_it_is_done(login: Login, olga: User, stella: User) -> None:
    take_out(person=stella, by=olga)
    with pytest.raises(NotInTheTeam):
        take_out(person=stella, by=olga)
    assert has_proved(login(olga)).post(f"/desk/team/{stella.pk}/remove/").status_code == 404
    assert RoleChange.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "tone", "words"),
    [("en", "sie", "You are the only owner"), ("de", "sie", "Nur Sie haben"), ("de", "du", "Nur du hast")],
)
def test_it_is_said_in_the_companys_tone(login: Login, olga: User, language: str, tone: str, words: str) -> None:
    Company.objects.update(languages=language, tone=tone)
    assert words in has_proved(login(olga)).post("/desk/leave/").text


def test_what_was_begun_for_the_team_goes_and_ones_own_stays(olga: User, ann: User, stella: User) -> None:
    question = make_question(ann)
    topic = make_topic("Skin", "skin", channel="private", staff=[stella])
    theirs, own = make_conversation(ann, topic), make_conversation(stella, topic)
    begun: list[tuple[str, object]] = [
        ("question_answer", question.public_id), ("faq_new", ""), ("conversation_detail", theirs.pk),
        ("conversation_detail", own.pk), ("question_ask", ""),
    ]  # fmt: skip
    for writer in (stella, ann):
        for purpose, target in begun:
            save_draft(Sent(writer, purpose, str(target)), {"text": "Not sent yet."})
    take_out(person=stella, by=olga)
    left = Draft.objects.filter(owner=stella).order_by("purpose")
    assert [(draft.purpose, draft.target) for draft in left] == [
        ("conversation_detail", str(own.pk)), ("question_ask", ""),
    ]  # fmt: skip
    assert Draft.objects.filter(owner=ann).count() == 5
