"""The staff's form that confirms a customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.verifying import order_vouches, tidy_order_number
from forum.forms.fields import WordsField

ORDER_MIN, ORDER_MAX = 3, 40


class VerificationForm(forms.Form):
    order_number = WordsField(
        label=_("Order number"),
        max_length=ORDER_MAX,
        help_text=_("Please look up in your own records that it belongs to this person. It is not kept here."),
        error_messages={"required": _("Please type the order number.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["order_number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_order_number(self) -> str:
        """Raises ValidationError for what is too short, or vouches for another account."""
        typed: str = self.cleaned_data["order_number"]
        if len(tidy_order_number(typed)) < ORDER_MIN:
            raise forms.ValidationError(_("An order number has at least three letters or digits."))
        if order_vouches(typed):
            raise forms.ValidationError(vouches_already())
        return typed


def vouches_already() -> str:
    return gettext("This order number has already vouched for another account.")
