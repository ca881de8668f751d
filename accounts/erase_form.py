"""What is asked of somebody who erases the account."""

from __future__ import annotations

from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.membership import was_in_team
from accounts.models import User

KEEP, REMOVE = "keep", "remove"
ONLY_OWNER = _(
    "You are the only owner: without you nobody could look after this site. Make somebody else an owner first."
)


class Chosen(TypedDict):
    keep_posts: bool
    keep_name: bool


class EraseForm(forms.Form):
    posts = forms.ChoiceField(
        label=_("What becomes of what you wrote in public?"),
        widget=forms.RadioSelect,
        choices=[
            (KEEP, _("Keep it, without my name: it still helps others")),
            (REMOVE, _("Remove it: where others answered, only their answers stay")),
        ],
        error_messages={"required": _("Please choose one of the two.")},
    )
    keep_name = forms.BooleanField(
        label=_("The name on my card may stay under what I answered for the company"),
        required=False,
        help_text=_("Otherwise “Former member of the team” stands there. The answers themselves are the company's."),
    )
    sure = forms.BooleanField(
        label=_("Yes, erase my account. I know that nobody can bring it back."),
        error_messages={"required": _("Please say that you are sure.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_only_owner = user.is_only_owner
        if not was_in_team(user):
            del self.fields["keep_name"]

    only_owner = ONLY_OWNER

    def clean(self) -> dict[str, Any]:
        if self.is_only_owner:
            self.refuse()
        return super().clean() or {}

    def refuse(self) -> None:
        self.add_error(None, ONLY_OWNER)

    @property
    def chosen(self) -> Chosen:
        """As accounts.erasure.erase_account takes it."""
        said = self.cleaned_data
        return {"keep_posts": said["posts"] == KEEP, "keep_name": said.get("keep_name", False)}
