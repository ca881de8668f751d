"""Forms of people who write in private without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.honeypot import HoneypotField
from forum import receipt_code
from forum.forms.conversations import ConversationForm, ReplyForm, StaffReplyForm
from forum.models import Conversation
from forum.permissions import is_serving
from forum.receipt_holder import Party, ReceiptHolder


class PlainText(forms.Textarea):
    """Without the editor: its preview and its suggestions are for people with an account."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 8})


class PingField(forms.EmailField):
    def __init__(self) -> None:
        super().__init__(
            label=_("E-mail address, only to tell you that there is an answer"),
            required=False,
            help_text=_(
                "The letter says “There is an answer” and nothing else. We keep your address encrypted and apart from "
                "what you write, and delete it when the conversation is closed. Without it you look here now and then."
            ),
        )


class NewReceiptForm(ConversationForm):
    """What a visitor fills in. `without_account` tells it from the form of somebody whose session ended meanwhile."""

    email = PingField()
    homepage = HoneypotField()
    without_account = forms.CharField(initial="1", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget = PlainText()
        self.order_fields(["topic", "subject", "text", "email"])

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data["homepage"])

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("homepage", "without_account")}


class PlainReplyForm(ReplyForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget = PlainText()


def reply_form_for(person: Party, conversation: Conversation) -> type[ReplyForm]:
    if isinstance(person, ReceiptHolder):
        return PlainReplyForm
    return StaffReplyForm if is_serving(person, conversation) else ReplyForm


class PingForm(forms.Form):
    email = PingField()


class ReceiptForm(forms.Form):
    """The code, as somebody types it off a sheet of paper."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("Sixteen digits. Spaces and dashes do not matter."),
        error_messages={"required": _("Please enter your code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        try:
            return receipt_code.read(self.cleaned_data["code"])
        except receipt_code.Mistyped:
            raise forms.ValidationError(
                _("A digit is missing here, or one is not as it stands on your sheet. Please compare them once more.")
            ) from None

    def refuse(self, sentence: str) -> None:
        """Says why it can not be opened. What may be somebody's code is not shown again."""
        self.add_error("code", sentence)
        self.data = {}
