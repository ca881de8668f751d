"""Files that come with the first message: looked at before the room is opened, and sealed with its key right after.

Before there is a room there is no key, so nothing is kept of them while something in the form is wrong.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.models import User
from forum.actions.attachments import attach_to_first, too_many
from forum.actions.uploads import NotStored
from forum.attached import Checked, checked
from forum.forms.rooms import FilesForm
from forum.models import Conversation
from forum.requests import SiteRequest
from forum.views.room_files import what_is_wrong


class FirstFiles:
    """What came along with the form of a new conversation. Shown by the same component as the tray of a room."""

    def __init__(self, request: SiteRequest) -> None:
        self.request = request
        self.form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
        self.sent = request.FILES.getlist("new_files")
        self.found: list[Checked] = []

    def are_fine(self) -> bool:
        """Looks at each, as the room does; what is wrong stands in the form."""
        if len(self.sent) > settings.PRIVATE_FILES_PER_MESSAGE:
            self.form.add_error("new_files", too_many())
            return False
        for file in self.sent:
            if sentence := what_is_wrong(self.request, partial(self._look_at, file)):
                self.form.add_error("new_files", f"{file.name}: {sentence}")
        return not self.is_wrong

    def _look_at(self, file: Any) -> None:
        self.found.append(checked(file, file.name or "", file.size or 0))

    @property
    def is_wrong(self) -> bool:
        return bool(self.form.errors)

    def put_into(self, conversation: Conversation, author: User | None) -> None:
        """The message is sent whatever becomes of them; what could not be stored is said on the next page."""
        try:
            attach_to_first(conversation=conversation, author=author, files=self.found)
        except NotStored:
            messages.error(
                self.request,
                _("Your message was sent, but a file could not be stored. Please attach it to another message."),
            )
