"""Files of a private conversation: taken in with a message, and handed out to who may read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.limits import within_limit
from accounts.models import User
from forum import crypto
from forum.actions.attachments import attach, discard_waiting, opened, too_many
from forum.actions.conversations import note_opening
from forum.actions.uploads import NotStored
from forum.forms.rooms import FilesForm
from forum.models import Attachment, Conversation, Message
from forum.pictures import Busy
from forum.receipt_holder import ReceiptHolder
from forum.requests import SignedInRequest, SiteRequest
from forum.views.conversation_gate import unreadable, visible
from forum.views.private_room import private_room


@dataclass
class Tray:
    """What lies ready for a message that is not sent yet."""

    form: FilesForm
    waiting: list[Attachment]
    # Which of them came with this request.
    new: list[Any] = field(default_factory=list)

    @property
    def chosen(self) -> list[Any]:
        return [attachment.pk for attachment in self.waiting]

    @property
    def is_wrong(self) -> bool:
        return bool(self.form.errors)


def writer_of(request: SignedInRequest) -> User | None:
    """None for a customer without an account."""
    return request.user if request.user.is_authenticated else None


def tray_for(request: SignedInRequest, conversation: Conversation) -> Tray:
    """With what the form names; a fresh page gets all that waits, by `lay_out`."""
    if request.method != "POST":
        return Tray(FilesForm(), [])
    waiting = Attachment.objects.waiting(conversation, writer_of(request)).select_related("conversation")
    named = waiting.filter(pk__in=_numbers(request.POST.getlist("attached")))
    return Tray(FilesForm(request.POST, request.FILES), list(named))


def fill(tray: Tray, request: SignedInRequest, conversation: Conversation) -> None:
    """Takes in what came along, and puts away what is not wanted any more. What is wrong stands in the form."""
    if unwanted := _numbers([request.POST.get("detach", "")]):
        discard_waiting(conversation=conversation, author=writer_of(request), only=unwanted)
        tray.waiting = [attachment for attachment in tray.waiting if attachment.pk not in unwanted]
    files = request.FILES.getlist("new_files")
    if len(files) > settings.PRIVATE_FILES_PER_MESSAGE:
        tray.form.add_error("new_files", too_many())
        return
    for file in files:
        if sentence := what_is_wrong(request, partial(_take, tray, request, conversation, file)):
            tray.form.add_error("new_files", f"{file.name}: {sentence}")


def _take(tray: Tray, request: SignedInRequest, conversation: Conversation, file: Any) -> None:
    """Raises what attach raises."""
    taken = attach(
        conversation=conversation, author=writer_of(request), file=file, name=file.name or "", size=file.size or 0
    )
    tray.waiting.append(taken)
    tray.new.append(taken.pk)


def what_is_wrong(request: SiteRequest, take: Callable[[], None]) -> str:
    """Why a file is not taken, in a sentence; or nothing, and it is. Raises crypto.CannotDecrypt."""
    if not _is_within_limit(request):
        return _("These were many files in a short time. Please wait a minute.")
    try:
        take()
    except ValidationError as error:
        return str(error.messages[0])
    except Busy:
        return _("Many pictures arrive just now. Please try again in a moment.")
    except NotStored:
        return _("It could not be stored. Please try again later.")
    return ""


def _is_within_limit(request: SiteRequest) -> bool:
    """Counted is the person; who has no account, by their room; and who has no room yet, by their network."""
    if isinstance(request.user, ReceiptHolder):
        return within_limit(request, "upload_by_receipt", key=str(request.user.receipt_id))
    if not request.user.is_authenticated:
        return within_limit(request, "upload_by_visitor")
    return within_limit(request, "upload")


def lay_out(request: SignedInRequest, conversation: Conversation, said: list[Message], tray: Tray) -> None:
    """Puts beside each message what is attached to it, and on a fresh page into the tray what waits, in one query."""
    files: dict[Any, list[Attachment]] = {}
    shown = Q(message__in=said) | Q(is_sent=False)
    for attachment in Attachment.objects.in_room(conversation, request.user).filter(shown):
        # Known already: its key opens the name.
        attachment.conversation = conversation
        files.setdefault(attachment.message_id, []).append(attachment)
    for message in said:
        message.files = files.get(message.pk, [])
    if request.method != "POST":
        tray.waiting = files.get(None, [])


def _numbers(said: Iterable[Any]) -> list[UUID]:
    found = []
    for text in said:
        try:
            found.append(UUID(str(text)))
        except ValueError:
            continue
    return found


@require_safe
@private_room  # type: ignore[arg-type]  # a stream is an answer like any other
def conversation_file(request: SignedInRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """A picture to look at, anything else to be saved; nothing that a browser would keep, or run."""
    conversation = visible(request, uuid)
    attachment = get_object_or_404(Attachment.objects.in_room(conversation, request.user), pk=file)
    attachment.conversation = conversation
    try:
        name, content = attachment.name, opened(attachment)
        first = next(content)
    except crypto.CannotDecrypt:
        return unreadable(request)
    except OSError as missing:
        raise Http404 from missing
    note_opening(conversation=conversation, reader=request.user, last_opened_at=conversation.last_opened_at)
    response = StreamingHttpResponse(chain([first], content), content_type=attachment.content_type)
    response["Content-Length"] = str(attachment.size)
    response["Content-Disposition"] = content_disposition_header(not attachment.is_picture, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
