"""What goes: passages that look like personal data, words somebody adds, or the whole text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.redaction import SHORTEST, passages
from moderation.targets import AnyPost, version_of


class RedactionForm(forms.Form):
    words = forms.MultipleChoiceField(
        label=_("What looks like personal data"), widget=forms.CheckboxSelectMultiple, required=False
    )
    more = forms.CharField(
        label=_("Other words that must go"),
        help_text=_("Exactly as they stand in the text, one passage a line. They go everywhere under this question."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5_000,
    )
    whole = forms.BooleanField(label=_("The whole text"), required=False)
    # Which version the person has read.
    read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, target: AnyPost, **options: Any) -> None:
        super().__init__(*args, **options)
        self.target = target
        self.fields["read"].initial = version_of(target)
        found = passages(target.words)
        self.fields["words"].choices = [(words, words) for words in found]  # type: ignore[attr-defined]
        if not found:
            del self.fields["words"]

    def clean_more(self) -> list[str]:
        """Raises ValidationError for words that do not stand there: else a slip would look like a removal."""
        said = " ".join(self.target.words.split()).casefold()
        lines = [" ".join(line.split()) for line in self.cleaned_data["more"].splitlines() if line.strip()]
        for line in lines:
            if len(line) < SHORTEST or line.casefold() not in said:
                raise forms.ValidationError(_("“%(words)s” does not stand in this text.") % {"words": line[:80]})
        return lines

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (said.get("words") or said["more"] or said["whole"]):
            raise forms.ValidationError(_("Please say what must go."))
        return said

    @property
    def gone(self) -> list[str]:
        return [*self.cleaned_data.get("words", []), *self.cleaned_data["more"]]
