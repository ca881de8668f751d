"""Forms that find the other half: another entry, or a question, for the one at hand."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import FaqEntry, Question


class EntryChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.topic.name}: {obj.title}"


class EntryChoiceForm(forms.Form):
    """One of some entries."""

    entry = EntryChoiceField(
        label=_("Entry"),
        queryset=FaqEntry.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Please choose an entry."),
            "invalid_choice": _("This entry can not be chosen any more. Please choose another one."),
        },
    )

    def __init__(self, *args: Any, entries: QuerySet[FaqEntry], shown: list[FaqEntry], **options: Any) -> None:
        """Any of `entries` is taken, also one that somebody found by another search; `shown` can be clicked."""
        super().__init__(*args, **options)
        field: Any = self.fields["entry"]
        field.queryset = entries
        field.choices = [(entry.pk, field.label_from_instance(entry)) for entry in shown]


class SourceForm(forms.Form):
    """A question that the entry answers as well."""

    question = forms.CharField(
        label=_("Address of the question"),
        help_text=_("Copy it from the question's page. Its asker is told that it stands behind this entry."),
        error_messages={"required": _("Please write something here.")},
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_question(self) -> Question:
        """The question behind an address or an id. Raises ValidationError for what leads nowhere."""
        typed = self.cleaned_data["question"].strip()
        found = re.search(r"/q/([0-9a-z]{10})(?:/|$)", typed) or re.fullmatch(r"([0-9a-z]{10})", typed)
        question = found and Question.objects.public().filter(public_id=found[1]).first()
        if not question:
            raise forms.ValidationError(_("There is no question at this address."))
        return question
