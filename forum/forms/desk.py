"""Forms of what the team keeps for itself."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.editor import EditorWidget
from forum.forms.fields import TextField, WordsField
from forum.models import SavedReply


class SavedReplyForm(forms.ModelForm):
    title = WordsField(label=_("Title"), max_length=80, help_text=_("By this you and your colleagues find it."))
    text = TextField(
        label=_("Text"),
        help_text=_(
            "{nickname}, {sign_off} and {service_hours} are filled in when it is used: the asker's nickname, "
            "your sign-off, and when we answer."
        ),
    )
    is_shared = forms.BooleanField(
        label=_("For the whole team"), help_text=_("Everybody in the team can use and change it."), required=False
    )

    class Meta:
        model = SavedReply
        fields: ClassVar[list[str]] = ["title", "text", "is_shared"]


class NoteForm(forms.Form):
    """Colleagues speak to each other as they like: nobody compares it with how the company speaks."""

    is_internal = True

    text = TextField(
        label=_("Note for the team"),
        help_text=_("Only the team reads it: it is in no list, search, feed, letter or copy of data of customers."),
        max_length=2_000,
        widget=EditorWidget(attrs={"rows": 3, "data-internal": True}),
    )
