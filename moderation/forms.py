"""What is asked of somebody who reports, and of somebody who decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.honeypot import HoneypotField
from forum.models.post import Rule
from moderation.models import Verb

_SHORT = {"rows": 3}
REMOVING = frozenset({Verb.HIDE, Verb.HIDE_VERSION})


class ReportForm(forms.Form):
    """A notice: what is wrong, why, who says so, and in good faith (Regulation (EU) 2022/2065, Article 16(2))."""

    rule = forms.ChoiceField(label=_("What is wrong?"), choices=Rule.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("One or two sentences that let somebody understand who was not there."),
        max_length=2000,
        validators=[MinLengthValidator(10)],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Your name"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("Only with it can we confirm that your notice arrived, and tell you what we decided."),
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete."),
    )
    homepage = HoneypotField()

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        """`known`: the reporter is signed in, so name and address need no asking."""
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["name"], self.fields["email"]


class DecisionForm(forms.Form):
    """What becomes of a text, and why. The reasons go to its author, to who reported it, and into the public log."""

    verb = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    rule = forms.ChoiceField(
        label=_("Which rule?"),
        choices=[("", _("None")), *Rule.choices],
        required=False,
        help_text=_("Only if it is removed."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Goes to the author, to whoever reported it and into the public log. Name nobody, repeat nothing."),
        max_length=500,
        validators=[MinLengthValidator(10)],
        widget=forms.Textarea(attrs=_SHORT),
    )
    # Which version of the text the moderator has before them (targets.version_of).
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, verbs: dict[str, Any], read: str = "", **kwargs: Any) -> None:
        """`verbs`: what can be decided here, in the words of the choice. A single one is not asked for."""
        super().__init__(*args, **kwargs)
        self.fields["read"].initial = read
        self.only_verb = next(iter(verbs)) if len(verbs) == 1 else ""
        if self.only_verb:
            del self.fields["verb"]
        else:
            self.fields["verb"] = forms.ChoiceField(
                label=_("Decision"), choices=list(verbs.items()), widget=forms.RadioSelect
            )
        if not REMOVING & set(verbs):
            del self.fields["rule"]
        elif self.only_verb:
            self.fields["rule"].required, self.fields["rule"].help_text = True, ""
        self.order_fields(["verb", "rule", "reason"])

    def read_again(self, version: str) -> None:
        """Says that the text beside the form is another one now; sent again, the form speaks of that."""
        self.data = {**dict(self.data.items()), "read": version}
        self.add_error(
            None, _("The text was changed while you were reading. Here is the new one; please decide about that.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["verb"] = self.only_verb or cleaned.get("verb", "")
        if cleaned["verb"] in REMOVING and "rule" in cleaned and not cleaned["rule"]:
            self.add_error("rule", _("Nothing is removed without a rule."))
        return cleaned
