"""Forms beside the messages of a private conversation: files, handing over, holding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.forms.fields import ReasonField, TextField
from forum.models import Conversation

NOBODY, NOTE_ONLY = "nobody", "note"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesForm(forms.Form):
    """What is to be attached. Each file is looked at when it is taken in, since that takes memory and time."""

    new_files = forms.Field(
        label=_("Pictures and files"),
        required=False,
        widget=FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,application/pdf,text/plain"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["new_files"].help_text = _(
            "JPEG, PNG, WebP, GIF, PDF or plain text, at most %(size)d MB each and %(most)d for a message. Stored "
            "encrypted; what pictures say about camera and place is removed."
        ) % {"size": settings.PRIVATE_FILE_MB, "most": settings.PRIVATE_FILES_PER_MESSAGE}


class TeamForm(forms.Form):
    """In whose hands it is, and what the others should know. Only who serves the topic can be chosen."""

    is_internal = True  # nobody is addressed, so neither Sie nor du is wrong

    to = forms.ChoiceField(
        label=_("In whose hands?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose."),
            "invalid_choice": _("This person does not serve the topic any more. Please choose again."),
        },
    )
    text = TextField(label=_("Note"), required=False, help_text=_("Only those who serve this topic read it."))

    def __init__(self, *args: Any, conversation: Conversation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people: dict[str, User] = {
            str(person.pk): person for person in conversation.serving_people().select_related("staff_card")
        }
        choices = [(key, person.public_name) for key, person in self.people.items()]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (NOTE_ONLY, _("As it is: only a note")), *choices, (NOBODY, _("Nobody's in particular")),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("to") == NOTE_ONLY and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write something here."))
        return cleaned


class HoldForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the conversation"),
        help_text=_("It stands in its address. Who serves the topic can tell you."),
        max_length=200,
    )
    reason = ReasonField(label=_("Why does the law want it kept?"))

    def clean_number(self) -> UUID:
        """The number itself, or the address with it."""
        said = self.cleaned_data["number"].strip().strip("/").rpartition("/")[2]
        try:
            return UUID(said)
        except ValueError:
            raise forms.ValidationError(_("This is not the number of a conversation.")) from None


class HoldEndForm(forms.Form):
    reason = ReasonField(label=_("Why need it not be kept any longer?"))
