"""The face on a staff card."""

from __future__ import annotations

from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from accounts.images import open_picture, written_anew


def encode_portrait(file: IO[bytes], size: int = 512) -> ContentFile[bytes]:
    """A square of `size` pixels from the middle of the picture.

    Raises ValidationError with a sentence for the person who sent it.
    """
    picture = open_picture(file, size)
    return written_anew(ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS, centering=(0.5, 0.4)))
