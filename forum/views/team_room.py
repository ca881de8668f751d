"""The owners' room: who is in the team, who is invited, and what was changed by whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import within_limit
from accounts.models import Invitation, RoleChange, User
from accounts.models.user import RANKS
from accounts.owners import LastOwner
from forum.actions import invitations, team
from forum.forms.team import InvitationForm, MemberForm, RemovalForm
from forum.models import Topic
from forum.paging import queue_page
from forum.requests import SignedInRequest
from forum.rows_beside import rows_beside, rows_of
from forum.views.staff import owner_required, proven_owner_required
from forum.views.writing import form_for, show_form

SETTLED_SHOWN = 20


@require_safe
@owner_required
def desk_team(request: SignedInRequest) -> HttpResponse:
    page = queue_page(RoleChange.objects.all(), by="at", after=request.GET.get("after", ""), newest_first=True)
    context = {"page": page, **(_people() if page.is_first else {})}
    return render(request, "forum/desk_team.html", context)


def _people() -> dict[str, list[Any]]:
    """Who is here, the highest first, who is invited, and who was."""
    serves = rows_beside(Topic.objects.public().filter(staff=OuterRef("pk")), "id", "name", "position")
    members: Any = User.objects.team().annotate(topics_beside=serves).select_related("staff_card").order_by("nickname")
    for member in members:
        member.topics = sorted(rows_of(Topic, member.topics_beside), key=lambda topic: (topic.position, topic.name))
    shown = Q(pk__in=Invitation.objects.pending().values("pk"))
    shown |= Q(pk__in=Invitation.objects.settled()[:SETTLED_SHOWN].values("pk"))
    invited = Invitation.objects.filter(shown).select_related("invited_by").prefetch_related("topics")
    return {
        "members": sorted(members, key=lambda person: -RANKS.index(person.role)),
        "pending": [invitation for invitation in invited if invitation.is_pending],
        "settled": [invitation for invitation in invited if not invitation.is_pending],
    }


@require_http_methods(["GET", "POST"])
@proven_owner_required
def desk_team_invite(request: SignedInRequest) -> HttpResponse:
    form = form_for(request, InvitationForm)
    if form.is_valid():
        said = form.cleaned_data
        if not _may_send(request, said["email"]):
            form.add_error(None, _too_often())
            return render(request, "forum/desk_team_invite.html", {"form": form}, status=429)
        done = _("The invitation is on its way. The link in it works once, for seven days.")
        return _settled(request, lambda: invitations.invite(by=request.user, **said), done)
    return show_form(request, "forum/desk_team_invite.html", form)


@require_POST
@proven_owner_required
def desk_team_resend(request: SignedInRequest, invitation: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=invitation)
    if not _may_send(request, found.email):
        messages.error(request, _too_often())
        return redirect("forum:desk_team")
    done = _("Sent again. The link from before does not work any more.")
    return _settled(request, lambda: invitations.send_again(invitation=found, by=request.user), done)


@require_POST
@owner_required
def desk_team_withdraw(request: SignedInRequest, invitation: int) -> HttpResponse:
    found = get_object_or_404(Invitation, pk=invitation)
    done = _("Withdrawn. The link does not work any more.")
    return _settled(request, lambda: invitations.withdraw(invitation=found, by=request.user), done)


@require_http_methods(["GET", "POST"])
@proven_owner_required
def desk_team_member(request: SignedInRequest, person: int) -> HttpResponse:
    member = get_object_or_404(User.objects.team(), pk=person)
    now = {"role": member.role, "topics": [topic.slug for topic in member.served_topics.all()]}
    form = form_for(request, MemberForm, initial=now)
    if form.is_valid():
        said = form.cleaned_data
        return _changed(
            request,
            member,
            lambda: team.change_member(person=member, role=said["role"], topics=said["topics"], by=request.user),
        )
    return show_form(request, "forum/desk_team_member.html", form, member=member)


@require_http_methods(["GET", "POST"])
@proven_owner_required
def desk_team_remove(request: SignedInRequest, person: int) -> HttpResponse:
    member = get_object_or_404(User.objects.team(), pk=person)
    if member == request.user:
        return redirect("forum:desk_leave")
    form = form_for(request, RemovalForm)
    if request.method == "POST" and form.is_valid():
        lock_out = form.cleaned_data["lock_out"]
        return _changed(request, member, lambda: team.take_out(person=member, by=request.user, lock_out=lock_out))
    return show_form(request, "forum/desk_team_remove.html", form, member=member)


def _changed(request: SignedInRequest, member: User, change: Callable[[], None]) -> HttpResponse:
    """Back to the room; 409 when the last owner would go, 404 when the room is not this person's any more."""
    try:
        change()
    except LastOwner:
        return render(request, "forum/desk_team_last_owner.html", {"member": member}, status=409)
    except team.NotInTheTeam:
        messages.error(request, _("This person is not in the team any more."))
    except team.NotAnOwner as former:
        raise Http404 from former
    else:
        messages.success(request, _("Saved. All owners get an e-mail when a role was changed."))
    return redirect("forum:desk_team")


def _settled(request: SignedInRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except team.NotAnOwner as former:
        raise Http404 from former
    except invitations.InvitationOver:
        messages.error(request, _("This invitation was used or withdrawn in the meantime."))
    else:
        messages.success(request, done)
    return redirect("forum:desk_team")


def _may_send(request: SignedInRequest, email: str) -> bool:
    """Nobody's letter box is flooded from here."""
    return within_limit(request, "invite", key=email)


def _too_often() -> str:
    return _("This was tried too often. Please wait a while before you send more invitations.")
