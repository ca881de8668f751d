"""The editor's form of a FAQ entry."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.honeypot import HoneypotField
from forum.forms.fields import ReasonField, TextField, TitleField
from forum.forms.pictures import Illustrated
from forum.forms.questions import LANGUAGES
from forum.models import FaqEntry, FaqFeedback


class FeedbackForm(forms.Form):
    """What a reader says of an entry. The buttons are the answer; words are optional."""

    helpful = forms.ChoiceField(
        label=_("Was this helpful?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
    )
    text = TextField(
        label=_("What is missing?"),
        help_text=_("Only our team reads this. Please leave out names and anything personal: we can not answer here."),
        max_length=FaqFeedback.MAX_LENGTH,
        required=False,
    )
    homepage = HoneypotField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Without the editor: this is no text that anybody publishes.
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 4})


class FaqEntryForm(Illustrated, forms.ModelForm):
    title = TitleField(label=_("Question"), help_text=_("As a customer would ask it."))
    text = TextField(
        label=_("Answer"),
        help_text=_("Leave a line empty for a new paragraph. **bold**, lists and links work as in Markdown."),
    )
    position = forms.IntegerField(
        label=_("Position"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=_("Entries with a smaller number stand higher in their topic."),
    )
    reason = ReasonField(
        label=_("Why are you changing it?"),
        help_text=_("Your colleagues read this beside the versions."),
        required=False,
    )

    class Meta:
        model = FaqEntry
        fields: ClassVar[list[str]] = ["title", "text", "topic", "language", "position", "review_due_on"]
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "review_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }
        help_texts: ClassVar[dict[str, Any]] = {"review_due_on": _("On this day the entry comes back to the Desk.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            del self.fields["reason"]
        self.fields["topic"].error_messages["required"] = _("Please choose a topic.")
        self.fields["topic"].empty_label = _("Please choose")  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Please choose")), *LANGUAGES.items()]  # type: ignore[attr-defined]

    def clean_review_due_on(self) -> date | None:
        """Whoever saves has checked the entry, so the next check lies ahead. Raises ValidationError otherwise."""
        day: date | None = self.cleaned_data["review_due_on"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("This day is over. Please choose a later one, or leave it empty."))
        return day
