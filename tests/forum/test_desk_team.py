"""Owners give and take roles; nobody else does, and one owner always stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import Invitation, OutgoingMail, Role, RoleChange, StaffCard, User
from accounts.owners import LastOwner
from forum.actions.invitations import invite
from forum.actions.team import NotAnOwner, NotInTheTeam, change_member, leave, take_out
from forum.models import Conversation, Topic
from tests.factories import make_answer, make_conversation, make_question, make_topic
from tests.races import together

Login = Callable[[User], Client]


def role_of(person: User) -> str:
    return User.objects.get(pk=person.pk).role


def letters() -> dict[str, list[str]]:
    """What leaves now: the addresses by subject."""
    mail.outbox = []
    deliver_due(limit=500)
    sent: dict[str, list[str]] = {}
    for letter in mail.outbox:
        sent.setdefault(str(letter.subject), []).extend(letter.to)
    return sent


def test_olga_sees_the_team(login: Login, olga: User, stella: User) -> None:
    make_topic(staff=[stella])
    page = login(olga).get("/desk/team/").text
    assert "Stella Stern" in page
    assert "no topic of their own" in page
    assert f"/desk/team/{stella.pk}/" in page
    assert "No role was given or taken so far." in page


@pytest.mark.parametrize("role", list(Role))
def test_olga_gives_every_role_and_topics(login: Login, olga: User, stella: User, role: Role) -> None:
    topic = make_topic()
    sent = {"role": role.value, "topics": [topic.pk]}
    assert login(olga).post(f"/desk/team/{stella.pk}/", sent)["Location"] == "/desk/team/"
    assert role_of(stella) == role
    assert list(stella.served_topics.all()) == [topic]


@pytest.mark.parametrize("who", ["ann", "stella", "moritz"])
def test_nobody_else_gives_or_takes_any(login: Login, request: pytest.FixtureRequest, olga: User, who: str) -> None:
    person = request.getfixturevalue(who)
    client = login(person)
    for path in (f"/desk/team/{person.pk}/", f"/desk/team/{olga.pk}/", f"/desk/team/{olga.pk}/remove/",
                 "/desk/team/invite/"):  # fmt: skip
        sent = {"role": "owner", "email": "x@example.org", "lock_out": "on"}
        assert client.post(path, sent).status_code == 404
    assert (role_of(olga), role_of(person)) == ("owner", person.role)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["ann", "stella", "moritz"])
def test_not_even_past_the_pages(request: pytest.FixtureRequest, olga: User, who: str) -> None:
    """The action asks the database, not the page that was open."""
    person = request.getfixturevalue(who)
    with pytest.raises(NotAnOwner):
        change_member(person=olga, role="", topics=[], by=person)
    with pytest.raises(NotAnOwner):
        take_out(person=olga, by=person)
    with pytest.raises(NotAnOwner):
        invite(email="x@example.org", role="owner", topics=[], by=person)


def test_a_suspended_owner_changes_nobody(login: Login, olga: User, stella: User) -> None:
    User.objects.filter(pk=olga.pk).update(suspended_at=timezone.now())
    assert login(olga).get("/desk/team/").status_code == 404
    assert login(olga).post(f"/desk/team/{stella.pk}/", {"role": "owner"}).status_code == 404


@pytest.mark.parametrize("role", ["", "root", "staff "])
def test_what_is_no_role_is_not_taken(login: Login, olga: User, stella: User, role: str) -> None:
    assert login(olga).post(f"/desk/team/{stella.pk}/", {"role": role}).status_code == 422
    assert role_of(stella) == "staff"


def test_customers_have_no_page_in_the_room(login: Login, olga: User, ann: User) -> None:
    assert login(olga).get(f"/desk/team/{ann.pk}/").status_code == 404
    assert login(olga).post(f"/desk/team/{ann.pk}/", {"role": "staff"}).status_code == 404
    assert role_of(ann) == ""


def test_every_change_is_noted_and_all_owners_hear_of_it(login: Login, olga: User, stella: User, moritz: User) -> None:
    change_member(person=moritz, role=Role.OWNER, topics=[], by=olga)
    letters()
    change_member(person=stella, role=Role.MODERATOR, topics=[], by=olga)
    change = RoleChange.objects.first()
    assert change
    assert (change.by_name, change.person_name, change.before, change.after) == ("olga", "stella", "staff", "moderator")
    page = login(moritz).get("/desk/team/").text
    assert "olga changed the role of stella from Staff to Moderator." in page
    sent = letters()
    assert sorted(sent["A change in the team"]) == ["moritz@example.org", "olga@example.org"]
    assert sent["Your role in the team"] == ["stella@example.org"]


def test_new_topics_alone_are_no_change_of_role(olga: User, stella: User) -> None:
    change_member(person=stella, role=Role.STAFF, topics=[make_topic()], by=olga)
    assert not RoleChange.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_who_was_an_owner_then_and_is_none_now_hears_nothing(olga: User, stella: User, moritz: User) -> None:
    change_member(person=moritz, role=Role.OWNER, topics=[], by=olga)
    letters()
    change_member(person=stella, role=Role.MODERATOR, topics=[], by=olga)
    User.objects.filter(pk=moritz.pk).update(role=Role.STAFF)
    assert letters()["A change in the team"] == ["olga@example.org"]


def test_the_log_is_only_added_to(olga: User, stella: User) -> None:
    change_member(person=stella, role=Role.MODERATOR, topics=[], by=olga)
    change = RoleChange.objects.get()
    change.after = Role.OWNER
    with pytest.raises(TypeError):
        change.save()


@pytest.mark.parametrize("role", ["staff", "moderator"])
def test_the_last_owner_is_not_demoted(login: Login, olga: User, moritz: User, role: str) -> None:
    response = login(olga).post(f"/desk/team/{olga.pk}/", {"role": role})
    assert response.status_code == 409
    assert "is the only owner" in response.text
    assert role_of(olga) == "owner"


def test_the_last_owner_does_not_leave(login: Login, olga: User, moritz: User) -> None:
    client = login(olga)
    assert client.get(f"/desk/team/{olga.pk}/remove/")["Location"] == "/desk/leave/"
    response = client.post("/desk/leave/")
    assert response.status_code == 409
    assert "You are the only owner." in response.text
    assert role_of(olga) == "owner"
    assert client.get("/desk/team/").status_code == 200


@pytest.mark.parametrize("state", [{"is_active": False}, {"suspended_at": timezone.now()}])
def test_an_owner_who_can_do_nothing_does_not_count(olga: User, moritz: User, state: dict[str, Any]) -> None:
    User.objects.filter(pk=moritz.pk).update(role=Role.OWNER, **state)
    with pytest.raises(LastOwner):
        leave(person=olga)


def test_of_two_owners_one_may_go(olga: User, moritz: User) -> None:
    User.objects.filter(pk=moritz.pk).update(role=Role.OWNER)
    leave(person=olga)
    assert (role_of(olga), role_of(moritz)) == ("", "owner")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["demote", "take out", "leave"])
def test_two_owners_who_act_in_the_same_instant_leave_one(olga: User, moritz: User, way: str) -> None:
    User.objects.filter(pk=moritz.pk).update(role=Role.OWNER)
    moritz.refresh_from_db()
    pairs = [(olga, moritz), (moritz, olga)]
    acts = {
        "demote": [partial(change_member, person=p, role=Role.STAFF, topics=[], by=o) for o, p in pairs],
        "take out": [partial(take_out, person=p, by=o) for o, p in pairs],
        "leave": [partial(leave, person=p) for _o, p in pairs],
    }
    results = together(*acts[way], refusals=(LastOwner, NotAnOwner, NotInTheTeam))
    assert User.objects.owners().count() == 1
    assert results in (["LastOwner", "done"], ["NotAnOwner", "done"])


def test_who_is_taken_out_is_nobody_here_on_the_next_click_everywhere(login: Login, olga: User, stella: User) -> None:
    desk, phone = login(stella), login(stella)
    assert desk.get("/desk/").status_code == phone.get("/desk/").status_code == 200
    login(olga).post(f"/desk/team/{stella.pk}/remove/", {})
    assert desk.get("/desk/")["Location"] == "/account/login/?next=/desk/"
    assert phone.get("/account/").status_code == 302
    customer = login(User.objects.get(pk=stella.pk))
    assert customer.get("/desk/").status_code == 404
    assert customer.get("/account/").status_code == 200


def test_a_locked_account_does_not_come_in_again(login: Login, client: Client, olga: User, stella: User) -> None:
    desk = login(stella)
    login(olga).post(f"/desk/team/{stella.pk}/remove/", {"lock_out": "on"})
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
    sent = letters()
    assert "A new message for you" not in sent
    assert sent["You are not in the team any more"] == ["stella@example.org"]


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
    from forum.actions.invitations import join

    take_out(person=stella, by=olga)
    join(invitation=invite(email="stella@example.org", role="staff", topics=[], by=olga), user=stella)
    assert StaffCard.objects.get(user=stella).is_serving


def test_a_second_click_finds_that_it_is_done(login: Login, olga: User, stella: User) -> None:
    take_out(person=stella, by=olga)
    with pytest.raises(NotInTheTeam):
        take_out(person=stella, by=olga)
    assert login(olga).post(f"/desk/team/{stella.pk}/remove/").status_code == 404
    assert RoleChange.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "tone", "words"),
    [("en", "sie", "You are the only owner"), ("de", "sie", "Nur Sie haben"), ("de", "du", "Nur du hast")],
)
def test_it_is_said_in_the_companys_tone(login: Login, olga: User, language: str, tone: str, words: str) -> None:
    from forum.models import Company

    Company.objects.update(languages=language, tone=tone)
    assert words in login(olga).post("/desk/leave/").text
