"""Nora is invited: the letter, the link, the account it makes, and everything a link can not do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation, Role, RoleChange, User
from forum.actions.invitations import ForSomebodyElse, InvitationOver, invite, join
from forum.actions.team import change_member
from forum.models import Company
from tests.accounts.proofs import has_proved
from tests.factories import make_topic, protect
from tests.invitations import link_in_the_letter, link_of, settle
from tests.races import together

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
NORA = {"nickname": "nora", "password": "another-horse-battery"}


@pytest.fixture
def invitation(olga: User) -> Invitation:
    return invite(email="nora@example.org", role=Role.STAFF, topics=[make_topic()], by=olga)


def test_nora_is_invited_follows_the_link_and_fills_her_card(login: Login, client: Client, olga: User) -> None:
    topic = make_topic()
    sent = {"email": "Nora@Example.org", "role": "staff", "topics": [topic.slug]}
    assert has_proved(login(olga)).post("/desk/team/invite/", sent)["Location"] == "/desk/team/"
    assert "nora@example.org" in login(olga).get("/desk/team/").text
    link = link_in_the_letter()
    page = client.get(link)
    assert page.status_code == 200
    assert "Olga Ober invites you" in page.text
    assert client.post(link, NORA)["Location"] == "/desk/card/"
    nora = User.objects.get(nickname="nora")
    assert (nora.role, nora.email) == ("staff", "nora@example.org")
    assert list(nora.served_topics.all()) == [topic]
    assert nora.emailaddress_set.get().verified
    assert client.get("/desk/card/")["Location"] == "/account/security/"
    security = client.get("/account/security/").text
    assert "Welcome to the team." in security
    assert "This is your card" not in security, "there is none on this page"
    protect(nora)
    card = {"name": "Nora", "name_is": "own", "role_title": "Advice"}
    assert client.post("/desk/card/", card).status_code == 302
    assert "Nora" in client.get("/team/").text
    assert RoleChange.objects.get().sentence == "nora joined the team as Staff, invited by olga."


def test_ann_brings_her_account_along(login: Login, ann: User, invitation: Invitation) -> None:
    client, link = login(ann), link_of(invitation)
    page = client.get(link).text
    assert "You are signed in as <strong>ann</strong>" in page
    assert "under your nickname" in page
    session = client.session.session_key
    assert client.post(link, {"join": "yes"})["Location"] == "/desk/card/"
    ann.refresh_from_db()
    assert (ann.role, ann.email, ann.check_password("correct-horse-battery")) == ("staff", "ann@example.org", True)
    assert client.get("/desk/")["Location"] == "/account/security/"
    protect(ann)
    assert client.get("/desk/").status_code == 200
    assert client.session.session_key != session


def test_what_ann_has_open_elsewhere_ends_when_she_joins(login: Login, ann: User, invitation: Invitation) -> None:
    client, phone = login(ann), login(ann)
    client.post(link_of(invitation), {"join": "yes"})
    assert client.get("/account/")["Location"] == "/account/security/"
    assert phone.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_whose_role_is_raised_signs_in_again(login: Login, olga: User, stella: User) -> None:
    client = login(stella)
    change_member(person=stella, role=Role.STAFF, topics=[], by=olga)
    assert client.get("/account/").status_code == 200
    change_member(person=stella, role=Role.OWNER, topics=[], by=olga)
    assert client.get("/account/").status_code == 302


def test_an_address_that_became_somebody_elses_meanwhile_refuses(
    login: Login, ann: User, invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, link = login(ann), link_of(invitation)
    monkeypatch.setattr("forum.views.invitation.is_for_another", lambda user, found: False)
    User.objects.create_user("nelly", "nora@example.org")
    response = client.post(link, {"join": "yes"})
    assert response.status_code == 403
    assert "not for the account you are signed in with" in response.text


def test_a_form_opened_before_signing_in_raises_nobody(login: Login, ann: User, invitation: Invitation) -> None:
    response = login(ann).post(link_of(invitation), NORA)
    assert "Join the team with this account" in response.text
    assert User.objects.get(pk=ann.pk).role == ""


def test_looking_uses_nothing_up(client: Client, invitation: Invitation) -> None:
    link = link_of(invitation)
    for _ in range(3):
        response = client.get(link)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    assert invitation.is_pending


def test_who_has_an_account_with_the_address_is_led_to_sign_in(client: Client, ann: User, olga: User) -> None:
    link = link_of(invite(email="ann@example.org", role=Role.STAFF, topics=[], by=olga))
    page = client.get(link).text
    assert "ann@example.org already" in page
    assert f"/account/login/?next={link}" in page
    assert client.post(link, NORA).status_code == 422
    assert not User.objects.filter(nickname="nora").exists()
    signed_in = client.post(f"/account/login/?next={link}", {"nickname": "ann", "password": "correct-horse-battery"})
    assert signed_in["Location"] == link


def test_what_was_sent_to_ann_is_not_for_ben(login: Login, ann: User, ben: User, olga: User) -> None:
    invitation = invite(email="ann@example.org", role=Role.OWNER, topics=[], by=olga)
    link = link_of(invitation)
    for response in (login(ben).get(link), login(ben).post(link, {"join": "yes"})):
        assert response.status_code == 403
        assert "not for the account you are signed in with" in response.text
        assert not [word for word in ("ann@", "Olga", "Owner") if word in response.text]
    with pytest.raises(ForSomebodyElse):
        join(invitation=invitation, user=ben)
    assert User.objects.get(pk=ben.pk).role == ""
    assert login(ann).post(link, {"join": "yes"}).status_code == 302
    assert User.objects.get(pk=ann.pk).role == "owner"


def test_following_the_link_confirms_the_address_of_the_account(ann: User, olga: User) -> None:
    ann.emailaddress_set.update(verified=False)
    join(invitation=invite(email="ann@example.org", role=Role.STAFF, topics=[], by=olga), user=ann)
    assert ann.emailaddress_set.get().verified


def test_a_role_is_never_lowered_by_a_link(moritz: User, invitation: Invitation) -> None:
    join(invitation=invitation, user=moritz)
    assert User.objects.get(pk=moritz.pk).role == "moderator"
    assert not RoleChange.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("nickname", "support"), ("nickname", "ann"), ("nickname", "x"), ("nickname", "Quellmoos"), ("nickname", "no ra"),
     ("nickname", ""), ("password", "short"), ("password", "password"), ("password", ""),
     ("password", "nora@example.org")],
)  # fmt: skip
def test_the_rules_are_those_of_signing_up(
    client: Client, ann: User, invitation: Invitation, field: str, value: str
) -> None:
    response = client.post(link_of(invitation), NORA | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    signup = client.post("/account/signup/", NORA | {"email": "nora@example.org", field: value})
    assert signup.status_code == 422
    assert invitation.is_pending


SENTENCES = {
    "used": "was used already", "expired": "has expired", "withdrawn": "was withdrawn", "demoted": "was withdrawn",
    "locked": "was withdrawn", "suspended": "was withdrawn",
}  # fmt: skip


@pytest.mark.parametrize("how", SENTENCES)
@pytest.mark.parametrize("who", ["visitor", "ann"])
def test_a_link_that_is_over_says_so_and_nothing_else(
    client: Client, login: Login, ann: User, invitation: Invitation, how: str, who: str
) -> None:
    link = link_of(invitation)
    settle(invitation, how)
    reader = client if who == "visitor" else login(ann)
    for response in (reader.get(link), reader.post(link, NORA), reader.post(link, {"join": "yes"})):
        assert response.status_code == 410
        assert SENTENCES[how] in response.text
        assert not [word for word in ("nora@", "Olga", "olga", "nils", "Staff") if word in response.text]
    assert not User.objects.filter(nickname="nora").exists()
    assert User.objects.get(pk=ann.pk).role == ""


@pytest.mark.parametrize("token", ["none", "0" * 40, "é", "%00", "a" * 5000, "..", "%ff"])
def test_a_garbled_link_is_nobodys(client: Client, invitation: Invitation, token: str) -> None:
    response = client.get(f"/account/invitation/{token}/")
    assert response.status_code == 404
    assert "nora" not in response.text


def test_a_suspended_customer_does_not_come_in(login: Login, ann: User, invitation: Invitation) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    assert login(ann).post(link_of(invitation), {"join": "yes"}).status_code == 403
    assert User.objects.get(pk=ann.pk).role == ""


@pytest.mark.django_db(transaction=True)
def test_a_link_that_two_people_use_in_the_same_instant_lets_one_in(
    invitation: Invitation, ann: User, ben: User
) -> None:
    acts = [partial(join, invitation=invitation, user=person) for person in (ann, ben)]
    assert together(*acts, refusals=(InvitationOver,)) == ["InvitationOver", "done"]
    assert User.objects.filter(nickname__in=["ann", "ben"], role=Role.STAFF).count() == 1


@pytest.mark.parametrize(
    ("language", "tone", "words"),
    [("en", "sie", "Olga Ober invites you"), ("de", "sie", "lädt Sie ein"), ("de", "du", "lädt dich ein")],
)
def test_letter_and_page_speak_in_the_companys_tone(
    client: Client, invitation: Invitation, language: str, tone: str, words: str
) -> None:
    Company.objects.update(languages=language, tone=tone)
    link = link_in_the_letter()
    assert words in mail.outbox[0].body
    assert words in client.get(link).text
