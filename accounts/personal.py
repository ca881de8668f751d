"""What the tables of accounts and of the libraries below it hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import FailedSignIn, OutgoingMail, User


def _account(user: User) -> list[User]:
    return [user]


def _sessions(user: User) -> Iterator[Session]:
    """Whose a session is stands inside it."""
    running = Session.objects.filter(expire_date__gt=timezone.now())
    return (one for one in running.iterator() if one.get_decoded().get("_auth_user_id") == str(user.pk))


def _letters(user: User) -> Any:
    mine = OutgoingMail.objects.filter(Q(recipient=user) | Q(address__iexact=user.email))
    return mine.order_by("pk").iterator(chunk_size=200)


def _failed_tries(user: User) -> Any:
    return FailedSignIn.objects.into(user).order_by("pk").iterator(chunk_size=200)


def _confirmations(user: User) -> Any:
    from allauth.account.models import EmailConfirmation

    return EmailConfirmation.objects.filter(email_address__user=user)


HOLDINGS = [
    Holding(
        "accounts.User",
        section="account",
        title=_("Your account"),
        of=_account,
        plain=("id", "erased_at", "codes_void_before", "session_generation"),
        left_out=("password", "nickname_skeleton"),
        shown=("nickname", "nickname_key", "nickname_changed_at", "page_hidden_at", "verified_at", "tick_shown_at",
               "email", "role", "language", "new_device_letters", "comment_letters", "is_active", "date_joined",
               "last_login", "suspended_at", "told_inactive_at"),
    ),
    Holding(
        "accounts.FormerNickname",
        section="former_nicknames",
        title=_("Nicknames you gave up"),
        owner=("owner", ""),
        plain=("id",),
        left_out=("key_digest", "skeleton_digest"),
        shown=("given_up_at",),
    ),
    Holding(
        "accounts.FailedSignIn",
        section="failed_sign_ins",
        title=_("Failed tries to sign in to your account"),
        of=_failed_tries,
        plain=("id",),
        left_out=("whose_digest", "network_digest"),
        shown=("at",),
    ),
    Holding(
        "accounts.Verification",
        section="verifications",
        title=_("That we know you as a customer"),
        owner=("user", ""),
        actors=(("verified_by", "verified_by_name"), ("undone_by", "undone_by_name")),
        acts={"verified_by": _("Confirmed a customer"), "undone_by": _("Took back that somebody is a customer")},
        plain=("id",),
        left_out=("order_digest",),
        shown=("verified_at", "undone_at"),
    ),
    Holding(
        "account.EmailAddress",
        section="addresses",
        title=_("E-mail addresses"),
        owner=("user", ""),
        plain=("id",),
        shown=("email", "verified", "primary"),
    ),
    Holding(
        "account.EmailConfirmation",
        section="confirmations",
        title=_("Confirmations of addresses"),
        of=_confirmations,
        plain=("id", "email_address"),
        left_out=("key",),
        shown=("created", "sent"),
    ),
    Holding(
        "mfa.Authenticator",
        section="sign_in_methods",
        title=_("Further ways to sign in"),
        owner=("user", ""),
        plain=("id",),
        left_out=("data",),
        shown=("type", "created_at", "last_used_at"),
    ),
    Holding(
        "sessions.Session",
        section="sessions",
        title=_("Where you are signed in"),
        of=_sessions,
        left_out=("session_key", "session_data"),
        shown=("expire_date",),
    ),
    Holding(
        "usersessions.UserSession",
        section="devices",
        title=_("Devices"),
        owner=("user", ""),
        plain=("id",),
        left_out=("session_key", "data"),
        shown=("ip", "user_agent", "created_at", "last_seen_at"),
        addresses=(("ip", "last_seen_at"),),
    ),
    Holding(
        "accounts.StaffCard",
        section="staff_card",
        title=_("Your card"),
        owner=("user", ""),
        plain=("id", "position"),
        shown=("slug", "name", "role_title", "about", "sign_off", "portrait", "languages", "answer_days", "left_at"),
        files=("portrait",),
    ),
    Holding(
        "accounts.CardConsent",
        section="consents",
        title=_("What you agreed to for your card"),
        owner=("user", ""),
        plain=("id",),
        shown=("to", "text_version", "given_at", "withdrawn_at"),
    ),
    # Of people without an account: nobody's row, and found by nobody's name.
    Holding(
        "accounts.PingAddress", plain=("id", "language", "letters_left", "created_at"), left_out=("sealed_address",)
    ),
    Holding(
        "accounts.RoleChange",
        section="role_changes",
        title=_("Your roles"),
        owner=("person", "person_name"),
        actors=(("by", "by_name"),),
        acts={"by": _("Changed a role in the team")},
        plain=("id",),
        shown=("before", "after", "locked_out", "by_themselves", "at"),
    ),
    Holding(
        "accounts.Invitation",
        section="invitations",
        title=_("How you came into the team"),
        owner=("accepted_by", "accepted_by_name"),
        actors=(("invited_by", "invited_by_name"), ("withdrawn_by", "withdrawn_by_name")),
        acts={"invited_by": _("Invited somebody into the team"), "withdrawn_by": _("Withdrew an invitation")},
        plain=("id",),
        left_out=("seed", "token_hash"),
        shown=("email", "role", "created_at", "sent_at", "expires_at", "accepted_at", "withdrawn_at"),
    ),
    Holding(
        "accounts.OutgoingMail",
        section="letters",
        title=_("E-mails we sent you"),
        owner=("recipient", ""),
        of=_letters,
        plain=("id", "message_id", "due_at", "attempts", "dropped_at", "failed_at", "last_error"),
        left_out=("payload",),
        shown=("kind", "created_at", "sent_at", "address", "language"),
    ),
    Holding(
        "accounts.DataExport",
        section="copies",
        title=_("Copies of your data"),
        owner=("user", ""),
        plain=("id", "job", "size"),
        left_out=("public_id",),
        shown=("requested_at", "ready_at", "expires_at", "deleted_at"),
    ),
    Holding(
        "admin.LogEntry",
        section="settings_log",
        title=_("What you changed in the settings"),
        owner=("user", ""),
        plain=("id", "content_type"),
        left_out=("object_id", "object_repr"),
        shown=("action_time", "action_flag", "change_message"),
    ),
    # There is nobody left who could ask for these.
    Holding(
        "accounts.Erasure",
        owner=("account", ""),
        plain=("id", "keep_posts", "keep_name", "label", "started_at", "finished_at"),
        left_out=("nickname", "address", "progress", "account_digest"),
    ),
    Holding(
        "accounts.Job",
        plain=("id", "kind", "payload", "created_at", "due_at", "attempts", "done_at", "failed_at", "last_error"),
    ),
]  # fmt: skip
