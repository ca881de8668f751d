"""What owners do with an invitation, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import Invitation, OutgoingMail, Role, User
from accounts.models.invitation import delete_old_invitations
from accounts.retention import delete_what_is_over
from forum.actions.invitations import InvitationOver, invite, send_again
from forum.actions.team import change_member
from tests.accounts.proofs import has_proved
from tests.factories import make_topic
from tests.invitations import link_in_the_letter, link_of, settle

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture
def invitation(olga: User) -> Invitation:
    return invite(email="nora@example.org", role=Role.STAFF, topics=[make_topic()], by=olga)


def test_neither_the_database_nor_the_outbox_holds_the_token(invitation: Invitation) -> None:
    token = str(invitation.token)
    rows = [str(list(model.objects.values())) for model in (Invitation, OutgoingMail)]
    assert len(token) == 40
    assert not [row for row in rows if token in row]
    deliver_due()
    assert OutgoingMail.objects.get(kind="team_invitation").payload == {}


def test_another_secret_key_makes_another_token(settings: Any, invitation: Invitation) -> None:
    """Who reads the database alone can not make the link; who changed the key sends it again."""
    token = invitation.token
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert invitation.token == token
    settings.SECRET_KEY_FALLBACKS = []
    assert invitation.token is None
    deliver_due()
    assert mail.outbox == []
    assert Client().get(f"/account/invitation/{token}/").status_code == 200


def test_sent_again_it_is_a_new_link_and_a_new_week(
    login: Login, client: Client, olga: User, invitation: Invitation
) -> None:
    settle(invitation, "expired")
    before = link_of(invitation)
    assert has_proved(login(olga)).post(f"/desk/team/invite/{invitation.pk}/again/").status_code == 302
    assert client.get(before).status_code == 404
    assert client.get(link_in_the_letter()).status_code == 200
    # The first letter had not left yet: it would have brought a link that is dead.
    assert len(mail.outbox) == 1


def test_withdrawn_before_it_was_sent_it_is_not_sent(login: Login, olga: User, invitation: Invitation) -> None:
    has_proved(login(olga)).post(f"/desk/team/invite/{invitation.pk}/withdraw/")
    deliver_due()
    assert mail.outbox == []
    assert "Withdrawn" in login(olga).get("/desk/team/").text


@pytest.mark.parametrize("how", ["used", "withdrawn"])
def test_what_is_over_is_not_sent_again(login: Login, olga: User, invitation: Invitation, how: str) -> None:
    settle(invitation, how)
    with pytest.raises(InvitationOver):
        send_again(invitation=invitation, by=olga)
    page = has_proved(login(olga)).post(f"/desk/team/invite/{invitation.pk}/again/", follow=True).text
    assert "used or withdrawn in the meantime" in page


def test_an_owner_who_loses_the_role_takes_the_open_invitations_along(
    client: Client, olga: User, moritz: User, invitation: Invitation
) -> None:
    """Also when the role comes back: nobody waits outside with a key that was forgotten."""
    User.objects.filter(pk=moritz.pk).update(role=Role.OWNER)
    change_member(person=olga, role=Role.STAFF, topics=[], by=moritz)
    change_member(person=User.objects.get(pk=olga.pk), role=Role.OWNER, topics=[], by=moritz)
    assert client.get(link_of(invitation)).status_code == 410


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("stella@example.org", "in the team already"),
        ("NORA@example.org", "is invited already"),
        ("ben@example.org", "locked"),
    ],
)
def test_an_invitation_that_would_change_nothing_is_not_written(
    login: Login, olga: User, stella: User, ben: User, invitation: Invitation, email: str, reason: str
) -> None:
    User.objects.filter(pk=ben.pk).update(is_active=False)
    response = has_proved(login(olga)).post("/desk/team/invite/", {"email": email, "role": "staff"})
    assert response.status_code == 422
    assert reason in response.context["form"].errors["email"][0]
    assert Invitation.objects.count() == 1


def test_nobodys_letter_box_is_flooded(login: Login, olga: User, invitation: Invitation) -> None:
    client = has_proved(login(olga))
    client.post(f"/desk/team/invite/{invitation.pk}/again/")
    page = client.post(f"/desk/team/invite/{invitation.pk}/again/", follow=True).text
    assert "tried too often" in page
    assert OutgoingMail.objects.count() == 2


def test_a_mailing_is_not_what_it_is_for(login: Login, olga: User) -> None:
    client = has_proved(login(olga))
    for number in range(20):
        assert client.post("/desk/team/invite/", {"email": f"{number}@example.org", "role": "staff"}).status_code == 302
    response = client.post("/desk/team/invite/", {"email": "more@example.org", "role": "staff"})
    assert response.status_code == 429
    assert "more@example.org" in response.text
    cache.clear()


def test_addresses_of_old_invitations_are_not_kept(invitation: Invitation) -> None:
    delete_old_invitations(timezone.now() + timedelta(days=89))
    assert Invitation.objects.exists()
    settle(invitation, "withdrawn")
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=91))
    delete_what_is_over()
    assert not Invitation.objects.exists()
