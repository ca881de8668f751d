"""A staff member's own card."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from accounts.card_names import is_shared
from accounts.models import CONSENT_TEXTS, CardConsent, Shown, StaffCard
from accounts.portraits import encode_portrait
from forum.forms.fields import WordsField
from forum.models import Company

NAME_MAX = 60


def check_personal(name: str) -> str:
    """Raises ValidationError when the name speaks for a department or the company instead of one person."""
    if is_shared(name, Company.load().name):
        raise ValidationError(
            _("People answer here, not a department. Please choose a name that belongs to you alone."), code="shared"
        )
    return name


class StaffCardForm(forms.ModelForm):
    name = WordsField(
        label=_("Shown name"), max_length=NAME_MAX, help_text=_("A first name or a service name is enough.")
    )
    name_is = forms.ChoiceField(
        label=_("What kind of name is it?"),
        choices=[
            ("own", CONSENT_TEXTS[Shown.NAME]),
            ("service", _("A name for the work here, not my own.")),
        ],
        widget=forms.RadioSelect,
    )
    # A plain file field: the picture is decoded once, within bounds, by encode_portrait.
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        help_text=_("A picture of you in JPEG, PNG or WebP, if you like. Customers see it beside your answers."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    portrait_consent = forms.BooleanField(label=CONSENT_TEXTS[Shown.PORTRAIT], required=False)

    class Meta:
        model = StaffCard
        fields: ClassVar[list[str]] = ["name", "role_title", "about", "sign_off", "languages", "answer_days"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """What its person agreed to before is not asked again."""
        super().__init__(*args, **kwargs)
        agreed = set(CardConsent.objects.standing_of(self.instance.user).values_list("to", flat=True))
        if Shown.NAME in agreed:
            del self.fields["name_is"]
        if Shown.PORTRAIT in agreed:
            del self.fields["portrait_consent"]
        self.order_fields(["name", "name_is", *self.Meta.fields[1:], "portrait", "portrait_consent"])

    def clean_name(self) -> str:
        return check_personal(self.cleaned_data["name"])

    def clean_portrait(self) -> ContentFile[bytes] | None:
        """The picture as we keep it. Raises ValidationError when it is none."""
        file = self.cleaned_data["portrait"]
        return encode_portrait(file) if file else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("portrait") and "portrait_consent" in self.fields and not cleaned.get("portrait_consent"):
            self.add_error("portrait_consent", _("Your portrait is only shown when you agree to it here."))
        return cleaned

    @property
    def agreed_to(self) -> frozenset[str]:
        """What was agreed to in this form."""
        agreed = set()
        if self.cleaned_data.get("name_is") == "own":
            agreed.add(Shown.NAME.value)
        if self.cleaned_data.get("portrait") and self.cleaned_data.get("portrait_consent"):
            agreed.add(Shown.PORTRAIT.value)
        return frozenset(agreed)


class ServiceNameForm(forms.Form):
    """The name that stands in the place of one that was taken back."""

    name = WordsField(
        label=_("Service name"),
        required=False,
        max_length=NAME_MAX,
        help_text=_("A name for the work here, not your own. Left empty, it is “A member of the team”."),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        return check_personal(name) if name else ""
