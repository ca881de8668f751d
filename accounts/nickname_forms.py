"""How one appears to others: the nickname, the public page, the tick."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.nicknames import MAX_LENGTH, MIN_LENGTH
from accounts.reserved import check_free


class NicknameForm(forms.Form):
    # No `max_length` here: what is wrong with a name is said in one place, accounts/nicknames.py.
    nickname = forms.CharField(
        label=_("New nickname"),
        help_text=format_lazy(
            _("Everybody sees this name. {min} to {max} characters."), min=MIN_LENGTH, max=MAX_LENGTH
        ),
        error_messages={"required": _("Please choose a nickname.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_nickname(self) -> str:
        """Raises ValidationError for what is no nickname, is taken, is the same, or speaks for somebody else."""
        nickname: str = self.cleaned_data["nickname"]
        if nickname == self.user.nickname:
            raise forms.ValidationError(_("This is your nickname already."))
        check_free(nickname, self.user)
        return nickname


class AppearanceForm(forms.Form):
    """What of oneself others may see besides what one wrote."""

    appearance = forms.CharField(widget=forms.HiddenInput, initial="1")
    page = forms.BooleanField(
        label=_("Show my public page"),
        help_text=_(
            "It lists what you asked and answered under your nickname. Without it, your nickname is no link, and "
            "nobody but our team finds the page."
        ),
        required=False,
    )
    tick = forms.BooleanField(
        label=_("Show that I am a verified customer"),
        help_text=_("“Verified customer” then stands beside your nickname."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"page": user.has_public_page, "tick": user.tick_shown_at is not None}
        self.user = user
        if not user.verified_at:
            # Whoever is not verified has nothing to show.
            del self.fields["tick"]

    def save(self) -> None:
        """The instant of a choice stays when it is made once more."""
        now = timezone.now()
        self.user.page_hidden_at = None if self.cleaned_data["page"] else self.user.page_hidden_at or now
        if "tick" in self.fields:
            self.user.tick_shown_at = (self.user.tick_shown_at or now) if self.cleaned_data["tick"] else None
        self.user.save(update_fields=["page_hidden_at", "tick_shown_at"])
