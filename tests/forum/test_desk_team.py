"""Owners give and take roles; nobody else does, and one owner always stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import Invitation, OutgoingMail, Role, RoleChange, User
from accounts.owners import LastOwner
from forum.actions.invitations import invite
from forum.actions.team import NotAnOwner, NotInTheTeam, change_member, leave, take_out
from tests.accounts.proofs import has_proved, prove_by_app
from tests.factories import PASSWORD, make_topic
from tests.races import together

pytestmark = pytest.mark.any_database

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
    sent = {"role": role.value, "topics": [topic.slug]}
    assert has_proved(login(olga)).post(f"/desk/team/{stella.pk}/", sent)["Location"] == "/desk/team/"
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
    assert has_proved(login(olga)).post(f"/desk/team/{stella.pk}/", {"role": "owner"}).status_code == 404


@pytest.mark.parametrize("role", ["", "root", "staff "])
def test_what_is_no_role_is_not_taken(login: Login, olga: User, stella: User, role: str) -> None:
    assert has_proved(login(olga)).post(f"/desk/team/{stella.pk}/", {"role": role}).status_code == 422
    assert role_of(stella) == "staff"


@pytest.mark.parametrize("topic", ["none", "0", "9" * 40, "\0", "soap "])
def test_what_is_no_topic_is_not_taken(login: Login, olga: User, stella: User, topic: str) -> None:
    make_topic()
    assert (
        has_proved(login(olga)).post(f"/desk/team/{stella.pk}/", {"role": "owner", "topics": [topic]}).status_code
        == 422
    )
    assert role_of(stella) == "staff"


def test_customers_have_no_page_in_the_room(login: Login, olga: User, ann: User) -> None:
    assert login(olga).get(f"/desk/team/{ann.pk}/").status_code == 404
    assert has_proved(login(olga)).post(f"/desk/team/{ann.pk}/", {"role": "staff"}).status_code == 404
    assert role_of(ann) == ""


SENT: dict[str, dict[str, Any]] = {
    "/desk/team/invite/": {"email": "nora@example.org", "role": "staff"},
    "/desk/team/{member}/": {"role": "moderator"},
    "/desk/team/{member}/remove/": {"lock_out": "on"},
    "/desk/team/invite/{invitation}/again/": {},
}


def team_now() -> list[Any]:
    letters = OutgoingMail.objects.count()
    return [*User.objects.values_list("role", "is_active").order_by("pk"), Invitation.objects.count(), letters]


@pytest.mark.parametrize("path", SENT)
def test_an_open_window_of_olgas_is_not_enough(login: Login, olga: User, stella: User, path: str) -> None:
    """What was typed waits, and is sent on once it is surely her."""
    invitation = invite(email="nils@example.org", role=Role.STAFF, topics=[], by=olga)
    path, sent = path.format(member=stella.pk, invitation=invitation.pk), SENT[path]
    client, before = login(olga), team_now()
    asked = client.post(path, sent)
    assert unquote(asked["Location"]) == f"/account/reauthenticate/?next={path}"
    assert client.post(asked["Location"], {"password": "wrong-horse-battery"}).status_code == 422
    assert team_now() == before
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/desk/team/"
    assert team_now() != before


def test_a_code_of_her_app_is_as_good_as_the_password(login: Login, olga: User, stella: User) -> None:
    client = login(olga)
    prove_by_app(client)
    assert client.post(f"/desk/team/{stella.pk}/", {"role": "moderator"})["Location"] == "/desk/team/"
    assert role_of(stella) == "moderator"


def test_a_proof_is_good_for_a_few_minutes(login: Login, olga: User, stella: User) -> None:
    client = has_proved(login(olga))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert "/account/reauthenticate/" in client.post(f"/desk/team/{stella.pk}/", {"role": "owner"})["Location"]
    assert role_of(stella) == "staff"


def test_what_is_wrong_comes_back_after_the_password_with_its_own_address(login: Login, olga: User) -> None:
    client = login(olga)
    asked = client.post("/desk/team/invite/", {"email": "nora at example", "role": "staff"})
    page = client.post(asked["Location"], {"password": PASSWORD})
    assert page.status_code == 422
    assert 'value="nora at example"' in page.text
    assert 'action="/desk/team/invite/"' in page.text
    assert client.post("/desk/team/invite/", {"email": "nora@example.org", "role": "staff"}).status_code == 302


def test_who_is_no_owner_any_more_when_the_password_comes_changes_nothing(
    login: Login, olga: User, stella: User, moritz: User
) -> None:
    client = login(olga)
    asked = client.post(f"/desk/team/{stella.pk}/", {"role": "owner"})
    User.objects.filter(pk=moritz.pk).update(role=Role.OWNER)
    User.objects.filter(pk=olga.pk).update(role=Role.STAFF)
    assert client.post(asked["Location"], {"password": PASSWORD}).status_code == 404
    assert role_of(stella) == "staff"


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
    response = has_proved(login(olga)).post(f"/desk/team/{olga.pk}/", {"role": role})
    assert response.status_code == 409
    assert "is the only owner" in response.text
    assert role_of(olga) == "owner"


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
