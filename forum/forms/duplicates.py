"""Which question this one repeats: chosen among similar ones, or by its address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.fields import ReasonField
from forum.models import Joining, Question
from forum.repeats import CanNotJoin, question_at, refuse_joining


def chosen_original(question: Question, typed: str, *, merging: bool = False) -> Question:
    """Where an address or number leads. Raises ValidationError for what can not be joined with the question."""
    try:
        original = question_at(typed)
        if original is None:
            raise forms.ValidationError(_("There is no question at this address."))
        refuse_joining(question, original, merging=merging)
    except CanNotJoin as refused:
        raise forms.ValidationError(str(refused.why)) from refused
    return original


class _Among(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        """What is similar changes from one moment to the next; whether the question is there is asked anyway."""
        return True


class VoteForm(forms.Form):
    among = _Among(label=_("Similar questions"), widget=forms.RadioSelect, required=False)
    address = forms.CharField(
        label=_("Or the address of the other question"),
        help_text=_("Copied from the browser, or only the number that stands in it."),
        required=False,
    )

    def __init__(self, *args: Any, question: Question, similar: list[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question
        choices = [(one.public_id, one.title) for one in similar]
        self.fields["among"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["among"]

    @property
    def wants_merge(self) -> bool:
        return self.cleaned_data.get("kind") == Joining.MERGE

    def clean(self) -> dict[str, Any]:
        """Adds `original`; what was typed counts more than what was chosen."""
        said = self.cleaned_data
        typed = str(said.get("address") or said.get("among") or "").strip()
        place = "address" if said.get("address") or "among" not in self.fields else "among"
        if not self.errors:
            try:
                if not typed:
                    raise forms.ValidationError(_("Please choose a question or enter its address."))
                said["original"] = chosen_original(self.question, typed, merging=self.wants_merge)
            except forms.ValidationError as refused:
                self.add_error(place, refused)
        return said


class RepeatForm(VoteForm):
    """The team's: decided at once, for a reason."""

    kind = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[
            (Joining.MARK, _("Mark it as asked before: answers stay here, and new ones are given there")),
            (Joining.MERGE, _("Merge: its answers and comments move there, and this address leads there")),
        ],
        widget=forms.RadioSelect,
        initial=Joining.MARK,
    )
    reason = ReasonField(
        label=_("Reason"), help_text=_("The asker reads it in a letter. It stands under the question.")
    )

    def __init__(self, *args: Any, may_merge: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_merge:
            del self.fields["kind"]


class TakeApartForm(forms.Form):
    reason = ReasonField(label=_("Reason"), help_text=_("It is kept with your name in the log of the team."))
