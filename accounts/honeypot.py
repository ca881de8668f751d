"""A field that people do not see and programs like to fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class HoneypotInput(forms.TextInput):
    """Out of sight by a class, since our pages allow no inline style; brings its own label."""

    template_name = "components/_honeypot.html"
    is_hidden = True  # forms show it without label and hint of their own


class HoneypotField(forms.CharField):
    widget = HoneypotInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=_("Please leave this empty"), **kwargs)
