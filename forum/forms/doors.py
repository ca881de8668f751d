"""Forms of the doors between public and private."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.forms.fields import TextField, TitleField, WordsField
from forum.models import Conversation, DoorReason, PublicDraft, PublicKind, PublicWords, Under
from forum.models.door import OUTCOME_MAX
from forum.redaction import passages

NO = "no"


def plain(rows: int) -> forms.Textarea:
    """Without the editor, which keeps a preview for one text a page."""
    return forms.Textarea(attrs={"rows": rows})


class DoorForm(forms.Form):
    """The team asks the asker into private: why, and what they want to say there."""

    reason = forms.ChoiceField(
        label=_("Why in private?"),
        choices=DoorReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Each of these protects the asker. Criticism is answered in public."),
        error_messages={"required": _("Please choose a reason."), "invalid_choice": _("This is no reason for it.")},
    )
    text = TextField(
        label=_("Your first message"),
        help_text=_("The asker reads it now, and it stands in the room as soon as they agree."),
    )


class OutcomeForm(forms.Form):
    outcome = WordsField(
        label=_("One sentence for everybody"),
        max_length=OUTCOME_MAX,
        help_text=_("For example “Solved: replacement sent”. It appears only if the asker agrees."),
    )


class WordsForm(forms.Form):
    """The text that may become public."""

    title = TitleField(label=_("Question in one sentence"))
    text = TextField(label=_("The question"), required=False)
    answer = TextField(label=_("Our answer"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, names: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = names
        self.fields["text"].widget, self.fields["answer"].widget = plain(6), plain(10)

    @property
    def words(self) -> PublicWords:
        said = self.cleaned_data
        return PublicWords(said["title"], said.get("text", ""), said["answer"])

    def found(self) -> list[str]:
        """What in it looks like personal data."""
        said = "\n".join(str(self.cleaned_data.get(name, "")) for name in ("title", "text", "answer"))
        return passages(said, names=self.names)


class OfferForm(WordsForm):
    """The team's draft. What looks like personal data is pointed out, and stays only if somebody has looked at it."""

    kind = forms.ChoiceField(
        label=_("What shall it become?"),
        choices=PublicKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what it becomes.")},
    )
    looked = forms.BooleanField(
        label=_("I have looked at everything that is marked: it says nothing about the customer."), required=False
    )

    def __init__(self, *args: Any, conversation: Conversation, **options: Any) -> None:
        names = [conversation.customer_shown] if conversation.customer else []
        super().__init__(*args, names=names, **options)
        self.order_fields(["kind", "title", "text", "answer", "looked", "version"])
        kind: Any = self.fields["kind"]
        if not conversation.topic.takes_questions:
            # Nothing of a topic that is private becomes a question in public.
            kind.choices = [(value, label) for value, label in PublicKind.choices if value != PublicKind.QUESTION]
            kind.initial = PublicKind.FAQ
        self.fields["text"].help_text = _("As somebody else would ask it. An entry in the FAQ has none.")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") == PublicKind.QUESTION and not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write something here."))
        if said.get("kind") == PublicKind.FAQ:
            said["text"] = ""
        if not said.get("looked") and not self.errors and self.found():
            self.add_error(
                "looked", _("Something here looks like personal data; it is marked below. Please replace it.")
            )
        return said


class DecisionForm(WordsForm):
    """The customer's: the text as it stands, and whether it is published. Nothing is chosen for them."""

    under = forms.ChoiceField(
        label=_("May we publish this?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one. “No” costs nothing.")},
    )

    def __init__(self, *args: Any, draft: PublicDraft, **options: Any) -> None:
        customer = draft.conversation.customer
        super().__init__(*args, names=[customer.nickname] if customer else [], **options)
        choices: list[tuple[str, Any]] = [(Under.CUSTOMER, _("Yes, as “a customer”")), (NO, _("No, it stays private"))]
        if customer:
            label = _("Yes, under “%(name)s”") % {"name": customer.nickname}
            choices.insert(1 if draft.conversation.topic.discreet else 0, (Under.NICKNAME, label))
        self.fields["under"].choices = choices  # type: ignore[attr-defined]
        self.fields["text"].required = True
        if draft.kind == PublicKind.FAQ:
            del self.fields["text"]

    @property
    def is_no(self) -> bool:
        """Who says no need not have a tidy form."""
        return self.data.get("under") == NO
