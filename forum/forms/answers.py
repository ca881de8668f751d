"""Forms for answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.fields import COMMENT_MAX, ReasonField, TextField
from forum.forms.pictures import Illustrated
from forum.models import WaitingOn

if TYPE_CHECKING:
    from forum.querysets import Viewer

NOBODY = "nobody"


class AnswerForm(Illustrated, forms.Form):
    text = TextField(
        label=_("Your answer"),
        help_text=_("Leave a line empty for a new paragraph. **bold**, lists and links work as in Markdown."),
    )


class StaffAnswerForm(AnswerForm):
    """Staff say whose turn it is after the answer. Nothing is chosen for them: a guess would be wrong half the time."""

    waiting_on = forms.ChoiceField(
        label=_("And now?"),
        widget=forms.RadioSelect,
        choices=[
            (NOBODY, _("This settles it")),
            (WaitingOn.ASKER, _("The ball is with the asker")),
            (WaitingOn.US, _("This is not the answer yet, we are still on it")),
        ],
        error_messages={"required": _("Please say whose turn it is now.")},
    )

    def clean_waiting_on(self) -> str:
        chosen = self.cleaned_data["waiting_on"]
        return "" if chosen == NOBODY else chosen


def answer_form_for(user: Viewer) -> type[AnswerForm]:
    return StaffAnswerForm if user.is_staff else AnswerForm


class AnswerEditForm(AnswerForm):
    reason = ReasonField(
        label=_("Why are you changing it?"), help_text=_("Everybody can read this beside the versions."), required=False
    )


class CommentForm(Illustrated, forms.Form):
    text = TextField(label=_("Your comment"), max_length=COMMENT_MAX)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["rows"] = 3


class CommentEditForm(CommentForm):
    reason = ReasonField(
        label=_("Why are you changing it?"), help_text=_("Everybody can read this beside the versions."), required=False
    )
