"""A staff member's own card."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffCard
from accounts.portraits import encode_portrait


class StaffCardForm(forms.ModelForm):
    # A plain file field: the picture is decoded once, within bounds, by encode_portrait.
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        help_text=_("A picture of you in JPEG, PNG or WebP, if you like. Customers see it beside your answers."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_portrait = forms.BooleanField(label=_("Remove the portrait"), required=False)

    class Meta:
        model = StaffCard
        fields: ClassVar[list[str]] = ["name", "role_title", "about", "sign_off", "languages", "answer_days"]
        widgets: ClassVar[dict[str, forms.Widget]] = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.portrait:
            del self.fields["remove_portrait"]

    def clean_portrait(self) -> ContentFile[bytes] | None:
        """The picture as we keep it. Raises ValidationError when it is none."""
        file = self.cleaned_data["portrait"]
        return encode_portrait(file) if file else None
