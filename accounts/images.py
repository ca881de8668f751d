"""Pictures that people send: opened within bounds, turned upright, and written anew.

Nothing of the file that came in is kept but its colours: not its name, its type or what it says about camera
and place (OWASP File Upload Cheat Sheet).
"""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 24_000_000
MAX_SIDE = 12_000  # pixels
QUALITY = 85


def open_picture(file: IO[bytes], size: int) -> Image.Image:
    """The picture, upright, in RGB or RGBA; it may come smaller than it was, but not below `size` pixels.

    Raises ValidationError with a sentence for the person who sent it. What would be too large in memory is
    refused before it is unpacked.
    """
    picture = within_bounds(file, FORMATS, _("Please choose a picture of the type JPEG, PNG or WebP."))
    try:
        picture.draft("RGB", (size, size))  # lets JPEG unpack at a fraction of its size
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except Exception as error:
        raise damaged() from error


def within_bounds(file: IO[bytes], formats: tuple[str, ...], wanted: str) -> Image.Image:
    """The picture, looked at but not unpacked. Raises ValidationError: with `wanted` for what is none of the `formats`.

    Its codes are bytes, lost, type and pixels.
    """
    if getattr(file, "is_lost", False):  # accounts.uploading
        raise ValidationError(_("The picture could not be stored. Please try again later."), code="lost")
    if (getattr(file, "size", 0) or 0) > MAX_BYTES:
        raise ValidationError(_("This picture is larger than 10 MB. Please choose a smaller one."), code="bytes")
    try:
        picture = Image.open(file, formats=formats)
    except Exception as error:  # Pillow raises many kinds for files that are no pictures
        raise ValidationError(wanted, code="type") from error
    if max(picture.size) > MAX_SIDE or picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(_("This picture has too many pixels. Please choose a smaller one."), code="pixels")
    return picture


def damaged() -> ValidationError:
    return ValidationError(_("This picture is damaged. Please choose another."), code="damaged")


def as_webp(picture: Image.Image) -> bytes:
    """The colours alone."""
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    file = BytesIO()
    clean.save(file, "WEBP", quality=QUALITY, method=4)
    return file.getvalue()


def written_anew(picture: Image.Image) -> ContentFile[bytes]:
    """The colours alone as WebP, under a random name."""
    return ContentFile(as_webp(picture), name=f"{secrets.token_hex(16)}.webp")


def encode_logo(file: IO[bytes], size: int = 512) -> ContentFile[bytes]:
    """A picture of any shape, at most `size` pixels wide or high. Raises ValidationError."""
    picture = open_picture(file, size)
    picture.thumbnail((size, size), Image.Resampling.LANCZOS)
    return written_anew(picture)
