"""What may be attached in private: pictures made small and clean, PDF and plain text as they are.

What a file is, is told by what is in it; what its sender's computer calls it decides nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forum.markdown.characters import readable
from forum.models.attachment import SUFFIXES, Attachment
from forum.pictures import encode

Kind = Attachment.Kind
CHUNK = 64 * 1024  # bytes
NAME_MAX = 100  # characters
# The first bytes of JPEG, PNG, GIF and WebP.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"RIFF")
# What a text may hold besides letters: line ends, tabs and page breaks.
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class Checked(NamedTuple):
    kind: str
    name: str
    content: IO[bytes]
    size: int
    width: int | None = None
    height: int | None = None


def checked(file: IO[bytes], name: str, size: int) -> Checked:
    """What is kept of the file. Raises Busy, and ValidationError with a sentence for who sent it."""
    if size > settings.PRIVATE_FILE_MB * 1024 * 1024:
        raise ValidationError(_("This file is larger than %(most)d MB.") % {"most": settings.PRIVATE_FILE_MB})
    if not size:
        raise ValidationError(_("This file is empty."))
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head.startswith(_PICTURES):
        picture = encode(file)
        content = BytesIO(picture.large)
        return Checked(
            Kind.PICTURE, _named(name, Kind.PICTURE), content, len(picture.large), picture.width, picture.height
        )
    kind = Kind.PDF if head.startswith(b"%PDF-") else Kind.TEXT
    if kind == Kind.TEXT and not _is_text(file):
        raise ValidationError(_("Only pictures (JPEG, PNG, WebP, GIF), PDF and plain text can be attached."))
    file.seek(0)
    return Checked(kind, _named(name, kind), file, size)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _is_text(file: IO[bytes]) -> bool:
    """UTF-8 without control characters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(file):
            if not _CONTROLS.isdisjoint(chunk):
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _named(name: str, kind: str) -> str:
    """The sender's name for it, in one line and with the ending of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    stem = " ".join(readable(stem.replace("\0", "")).split()).strip(". ")
    return f"{stem[: NAME_MAX - 5] or _('File')}{SUFFIXES[kind]}"
