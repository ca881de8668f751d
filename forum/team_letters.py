"""Letters about the team: the invitation, and word to the owners and to the person whose role was changed.

The functions named in settings.MAIL_BUILDERS are asked when a letter is sent.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.mail import queue_mail
from accounts.models import Invitation, RoleChange, User
from forum.site import absolute_url

Context = dict[str, Any]


def send_invitation(invitation: Invitation) -> None:
    """The payload names the sending, not the token: that is made when the letter leaves."""
    queue_mail(kind="team_invitation", address=invitation.email, invitation=invitation.pk, seed=invitation.seed)


def tell_of_change(change: RoleChange) -> None:
    """To every owner of now, also to the one who did it; and to whom it happened, but not to who just came in."""
    for owner in User.objects.owners():
        queue_mail(kind="team_changed", recipient=owner, change=change.pk)
    if change.person and change.before and change.person_id != change.by_id and not change.person.may_manage_people:
        queue_mail(kind="team_role", recipient=change.person, change=change.pk)


def team_invitation(recipient: str, payload: Context) -> Context | None:
    """None when it was used or withdrawn meanwhile, or sent once more with another link."""
    pending = Invitation.objects.pending().select_related("invited_by")
    invitation = pending.filter(pk=payload["invitation"], seed=payload["seed"]).first()
    if invitation is None or not (token := invitation.token) or not invitation.invited_by:
        return None
    return {
        "name": invitation.invited_by.public_name,
        "role": invitation.get_role_display(),
        "until": invitation.expires_at,
        "url": absolute_url(reverse("forum:invitation", args=[token])),
    }


def team_changed(recipient: User, payload: Context) -> Context | None:
    """For owners only, and for those who are it when the letter is sent."""
    if not recipient.may_manage_people:
        return None
    change = RoleChange.objects.filter(pk=payload["change"]).first()
    return {"sentence": change.sentence, "url": absolute_url(reverse("forum:desk_team"))} if change else None


def team_role(recipient: User, payload: Context) -> Context | None:
    """None when the role was changed once more: then there is another letter."""
    change = RoleChange.objects.filter(pk=payload["change"]).first()
    if change is None or change.after != recipient.role:
        return None
    return {"change": change, "role": change.get_after_display(), "url": absolute_url(reverse("forum:desk"))}
