"""Take in what is attached in private, bind it to its message, and delete what belongs to nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from forum import crypto, sealed_files
from forum.actions.uploads import NotStored
from forum.attached import Checked, checked, chunks
from forum.models import Attachment, Conversation, Message
from forum.models.attachment import new_file_name

logger = logging.getLogger(__name__)

BATCH = 500  # rows
# Sealed bytes held in memory on their way to the store; beyond that they wait on the disk, sealed.
IN_MEMORY = 1024 * 1024


def attach(*, conversation: Conversation, author: User | None, file: IO[bytes], name: str, size: int) -> Attachment:
    """Seals the file for a message that is not sent yet.

    Not atomic: while a picture is worked on nobody should wait for the database. Raises ValidationError with a
    sentence, Busy, NotStored, and crypto.CannotDecrypt when the conversation's key is missing.
    """
    return _keep(conversation, author, checked(file, name, size))


def attach_to_first(*, conversation: Conversation, author: User | None, files: Iterable[Checked]) -> None:
    """Seals what came with the first message. Raises NotStored; what was stored before that is with the message."""
    message = conversation.messages.earliest("created_at")
    for found in files:
        send_along(message=message, author=author, chosen=[_keep(conversation, author, found).pk])


def _keep(conversation: Conversation, author: User | None, found: Checked) -> Attachment:
    attachment = _note(conversation, author, found)
    try:
        _write(attachment, found)
    except crypto.CannotDecrypt:
        attachment.delete()
        raise
    except Exception as error:  # each kind of store has errors of its own
        logger.exception("A file of a private conversation could not be stored")
        with suppress(Exception):  # else it is collected as forgotten
            _delete(attachment)
        raise NotStored from error
    return attachment


@transaction.atomic
def _note(conversation: Conversation, author: User | None, found: Checked) -> Attachment:
    """The row comes before its file: a file no row knows of would lie there for ever."""
    # Two that arrive together are counted one after the other.
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    own = Attachment.objects.filter(conversation=conversation)
    if own.filter(is_sent=False, author=author).count() >= settings.PRIVATE_FILES_PER_MESSAGE:
        raise ValidationError(too_many())
    if own.count() >= settings.PRIVATE_FILES_PER_ROOM:
        raise ValidationError(_("This conversation holds as many files as it can. Please open another one."))
    attachment = Attachment(
        conversation=conversation, author=author, kind=found.kind, file=new_file_name(), size=found.size,
        width=found.width, height=found.height,
    )  # fmt: skip
    attachment.name = found.name
    attachment.save()
    return attachment


def too_many() -> str:
    return _("A message can have at most %(most)d files.") % {"most": settings.PRIVATE_FILES_PER_MESSAGE}


def _write(attachment: Attachment, found: Checked) -> None:
    found.content.seek(0)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as sealed:
        for chunk in sealed_files.sealed(attachment.key, chunks(found.content), bound_to=attachment.place):
            sealed.write(chunk)
        sealed.seek(0)
        storages["private"].save(attachment.file, File(sealed))


def opened(attachment: Attachment) -> Iterator[bytes]:
    """What was attached, in chunks. Raises crypto.CannotDecrypt and OSError, mostly before the first."""
    with storages["private"].open(attachment.file) as file:
        yield from sealed_files.opened(attachment.key, file, bound_to=attachment.place)


@transaction.atomic
def send_along(*, message: Message, author: User | None, chosen: Iterable[Any]) -> None:
    """Binds those of the author's waiting files to the message that the form names; others stay as they are."""
    waiting = Attachment.objects.waiting(message.conversation, author).filter(pk__in=list(chosen))
    waiting.update(message=message, is_sent=True)


def discard_waiting(*, conversation: Conversation, author: User | None, only: Iterable[Any] | None = None) -> None:
    """Deletes what was added to a message that is not sent; `only` these, if they are given."""
    waiting = Attachment.objects.waiting(conversation, author)
    for attachment in waiting if only is None else waiting.filter(pk__in=list(only)):
        _delete(attachment)


def discard_all_waiting(*, author_id: int | None) -> None:
    """What somebody has added to messages that will never be sent."""
    if author_id:
        for attachment in Attachment.objects.filter(author=author_id, is_sent=False):
            _delete(attachment)


def delete_left(keys: Iterable[Any]) -> None:
    """Of these, what has lost its conversation."""
    for attachment in Attachment.objects.filter(pk__in=list(keys), conversation=None):
        _delete(attachment)


def collect_files(now: datetime) -> None:
    """One of settings.RETENTION: what nobody sent within a day, and what lost its conversation."""
    for attachment in Attachment.objects.forgotten(now).order_by("pk")[:BATCH]:
        _delete(attachment)


def _delete(attachment: Attachment) -> None:
    """The file first: a row without a file is found again, a file without a row is not."""
    with suppress(FileNotFoundError):
        storages["private"].delete(attachment.file)
    attachment.delete()
