"""Who comes into the team, with which role and for which topics."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Role, User
from forum.models import Topic

ROLE_HINTS: dict[str, str | Promise] = {
    Role.STAFF: _("answers with the badge, looks after the FAQ, and reads private conversations of the topics below"),
    Role.MODERATOR: _("the same, and decides about reports"),
    Role.OWNER: _("the same, and changes the company's settings and the people"),
}


class MemberForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, format_lazy("{}: {}", role.label, ROLE_HINTS[role])) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a role.")},
    )
    # Compared here and not in the database, which takes neither every number nor every character.
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is written privately in a topic is read by those who serve it, and by nobody else."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {topic.slug: topic for topic in Topic.objects.public()}
        self.fields["topics"].choices = [(slug, topic.name) for slug, topic in self.known.items()]  # type: ignore[attr-defined]

    def clean_topics(self) -> list[Topic]:
        return [self.known[slug] for slug in self.cleaned_data["topics"]]


class InvitationForm(MemberForm):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We send a link to it that works once and for seven days.")
    )

    field_order = ("email", "role", "topics")

    def clean_email(self) -> str:
        """Raises ValidationError where an invitation would change nothing."""
        email: str = self.cleaned_data["email"].lower()
        known = User.objects.filter(email=email).first()
        if known and not known.is_active:
            raise forms.ValidationError(_("The account with this address is locked."), code="locked")
        if known and known.is_staff:
            raise forms.ValidationError(_("This person is in the team already."), code="member")
        if Invitation.objects.pending().filter(email=email).exists():
            raise forms.ValidationError(
                _("This address is invited already. You can send the link again."), code="twice"
            )
        return email


class RemovalForm(forms.Form):
    lock_out = forms.BooleanField(
        label=_("Lock the account as well"),
        required=False,
        help_text=_("Otherwise this person stays here as a customer."),
    )
