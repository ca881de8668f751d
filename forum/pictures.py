"""Pictures in what people write: made small and clean, one at a time in each process.

A photograph keeps a processor busy for a second and needs dozens of megabytes while it is unpacked. Pillow lets
other threads run meanwhile; how many pictures are unpacked at once, and how many wait for it, is bounded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from math import ceil
from threading import BoundedSemaphore
from typing import IO, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageCms

from accounts.images import FORMATS, as_webp, damaged, within_bounds
from forum.markdown.pictures import SMALL_WIDTH, has_small

LONGEST_SIDE = 2_048  # pixels
# A JPEG can be unpacked at a half, a quarter or an eighth of its size, and is where this much remains: photographs of
# twelve megapixels become 2,000 or 2,016 pixels wide, for half the time and a quarter of the memory.
ENOUGH = 1_920  # pixels
# A frame of WebP is unpacked with two more of its size beside it.
MAX_PIXELS_WEBP = 12_600_000
MAX_PROFILE = 3_000_000  # bytes: those of printers hold large tables
PATIENCE = 10.0  # seconds
# Of the four threads of a process one works and one may wait: the others stay free for readers.
_hands, _places = BoundedSemaphore(1), BoundedSemaphore(2)
# The C library keeps what was freed for the thread that had it: with all in one, that is little and not once for each.
_desk = ThreadPoolExecutor(1, "pictures")
# What undoes each orientation (Exif 2.32, tag 274).
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_EIGHT_BITS = [value >> 8 for value in range(65_536)]


class Busy(Exception):
    """Others' pictures are being worked on."""


class Encoded(NamedTuple):
    large: bytes
    small: bytes  # empty where the large one is small enough
    width: int
    height: int


def encode(file: IO[bytes]) -> Encoded:
    """The picture as it is kept: WebP, upright, sRGB, at most LONGEST_SIDE wide and high, and a thumbnail.

    Raises Busy, and ValidationError with a sentence and one of the codes bytes, lost, type, pixels, animated, damaged.
    """
    wanted = _("Please choose a picture of the type JPEG, PNG, WebP or GIF.")
    picture = within_bounds(file, (*FORMATS, "GIF"), wanted)
    _refuse_what_can_not_stand_still(picture)
    with _turn():
        try:
            return _desk.submit(_encode, picture).result()
        except Exception as error:
            raise damaged() from error


@contextmanager
def _turn() -> Iterator[None]:
    """Raises Busy when too many wait already, or for too long."""
    with _held(_places, blocking=False), _held(_hands, timeout=PATIENCE):
        yield


@contextmanager
def _held(semaphore: BoundedSemaphore, **how: Any) -> Iterator[None]:
    """Raises Busy when it is not to be had in this way."""
    if not semaphore.acquire(**how):
        raise Busy
    try:
        yield
    finally:
        semaphore.release()


def _refuse_what_can_not_stand_still(picture: Image.Image) -> None:
    if picture.format == "WEBP" and picture.width * picture.height > MAX_PIXELS_WEBP:
        raise ValidationError(_("This picture has too many pixels. Please choose a smaller one."), code="pixels")
    try:
        is_animated = getattr(picture, "is_animated", False)
    except Exception as error:  # a GIF counts its frames by reading on
        raise damaged() from error
    if is_animated:
        raise ValidationError(_("Moving pictures are not taken here. Please choose a still one."), code="animated")


def _encode(picture: Image.Image) -> Encoded:
    share = ENOUGH / max(picture.size)
    picture.draft("RGB", (ceil(picture.width * share), ceil(picture.height * share)))
    shown = _fit(_in_eight_bits(picture), LONGEST_SIDE, LONGEST_SIDE)
    shown = _upright(_in_srgb(shown, picture.info.get("icc_profile")), picture)
    large, size = as_webp(shown), shown.size
    small = as_webp(_fit(shown, SMALL_WIDTH, shown.height)) if has_small(shown.width) else b""
    return Encoded(large, small, *size)


def _fit(picture: Image.Image, width: int, height: int) -> Image.Image:
    """In place, so that not two of them are in memory."""
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    return picture


def _in_eight_bits(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is transparent; or CMYK still, of which only its profile tells the colours."""
    if picture.mode == "CMYK":
        return picture
    if picture.mode.startswith("I"):
        return picture.convert("I").point(_EIGHT_BITS, "L").convert("RGB")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Phones photograph in wider colours, which look dull once the profile that says so is gone; scanners for print."""
    plain = picture.convert("RGB") if picture.mode == "CMYK" else picture
    if not profile or len(profile) > MAX_PROFILE:
        return plain
    try:
        source, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        if picture.mode == "CMYK":
            return ImageCms.profileToProfile(picture, source, screen, outputMode="RGB") or plain
        ImageCms.profileToProfile(picture, source, screen, inPlace=True)
    except Exception:  # of grey, broken or unknown: the colours stay as they are
        return plain
    return picture


def _upright(picture: Image.Image, source: Image.Image) -> Image.Image:
    """Turned as the camera noted in `source`, if that can be read."""
    try:
        turn = _TURNS.get(source.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:
        return picture
    return picture if turn is None else picture.transpose(turn)
