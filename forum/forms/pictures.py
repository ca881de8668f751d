"""A picture for a text: a file, and words for those who can not see it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.forms.fields import WordsField
from forum.models.upload import DESCRIPTION_MAX


class PictureForm(forms.Form):
    """`status` is what a refusal answers with, and `retry_after` in how many seconds it may be tried again."""

    # A plain file field: the picture is decoded once, within bounds, by forum.pictures.
    image = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP or GIF, at most 10 MB. What the file says about camera and place is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "required": _("Please choose a picture."),
            "missing": _("Please choose a picture."),
            "invalid": _("Please choose a picture."),
            "empty": _("This file is empty. Please choose another."),
        },
    )
    alternative_text = WordsField(
        label=_("What does the picture show?"),
        help_text=_("A sentence for people who can not see it."),
        max_length=DESCRIPTION_MAX,
        error_messages={"required": _("Please say in a few words what the picture shows.")},
    )

    def __init__(self, *args: Any, description_required: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["alternative_text"].required = description_required
        # Told to be required by its own words: a text may also be published without a picture.
        self.use_required_attribute = False
        self._status, self.retry_after = 0, 0

    def refuse(self, sentence: str, status: int, *, retry_after: int = 0) -> None:
        self.add_error("image", sentence)
        self._status, self.retry_after = status, retry_after

    @property
    def status(self) -> int:
        """0 when nothing is wrong."""
        return self._status or (422 if self.errors else 0)

    @property
    def sentence(self) -> str:
        """All that is wrong, in a line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class Illustrated(forms.BaseForm):
    """A form whose `text` may show pictures."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["data-upload-url"] = reverse("forum:upload")

    @cached_property
    def picture(self) -> PictureForm:
        return PictureForm()
