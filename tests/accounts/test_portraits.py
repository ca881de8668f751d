"""Whatever somebody sends as a face, only its colours arrive."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from accounts.images import encode_logo
from accounts.portraits import encode_portrait

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture(kind: str = "JPEG", size: tuple[int, int] = (90, 60), mode: str = "RGB", **options: Any) -> BytesIO:
    file = BytesIO()
    Image.new(mode, size, "red").save(file, kind, **options)
    file.seek(0)
    return file


def bomb(width: int, height: int) -> BytesIO:
    """A small file that says it is a large picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"x") + chunk(b"IEND", b""))


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "I;16"),
                                            ("PNG", "LA"), ("WEBP", "RGBA")])  # fmt: skip
def test_a_portrait_is_a_webp_square_with_a_random_name(kind: str, mode: str) -> None:
    first, second = (encode_portrait(picture(kind, mode=mode)) for _ in range(2))
    assert Image.open(first).size == (512, 512)
    assert Image.open(first).format == "WEBP"
    assert first.name != second.name
    assert str(first.name).endswith(".webp")


def test_a_logo_keeps_its_shape_and_is_never_enlarged() -> None:
    assert Image.open(encode_logo(picture(size=(90, 60)))).size == (90, 60)
    assert Image.open(encode_logo(picture("PNG", size=(2000, 500), mode="RGBA"))).size == (512, 128)


def test_nothing_but_the_colours_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "canaryexif"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "canarytext")
    for file in (picture(exif=exif, comment=b"canarycomment"), picture("PNG", pnginfo=text)):
        assert b"canary" in file.getvalue()
        assert b"canary" not in encode_portrait(file).read()


def test_a_photo_taken_sideways_comes_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(encode_logo(picture(size=(90, 60), exif=exif))).size == (60, 90)


@pytest.mark.parametrize(
    "content", [b"", b"x", SVG, b"GIF89a" + b"\0" * 30, b"%!PS-Adobe-3.0 EPSF-3.0\n", b"II*\0" * 9]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError) as refusal:
        encode_portrait(SimpleUploadedFile("a.jpg", content, "image/jpeg"))
    assert refusal.value.code == "type"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_types_are_refused_whatever_they_call_themselves(kind: str) -> None:
    with pytest.raises(ValidationError):
        encode_portrait(SimpleUploadedFile("a.png", picture(kind).getvalue(), "image/png"))


def test_a_damaged_picture_is_refused() -> None:
    whole = picture("PNG", size=(900, 900)).getvalue()
    with pytest.raises(ValidationError) as refusal:
        encode_portrait(BytesIO(whole[: len(whole) // 2]))
    assert refusal.value.code == "damaged"


@pytest.mark.parametrize("size", [(6_000, 6_000), (12_001, 10), (60_000, 60_000)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(ValidationError) as refusal:
        encode_portrait(bomb(*size))
    assert refusal.value.code in {"pixels", "type"}


def test_more_than_ten_megabytes_are_refused_unread() -> None:
    with pytest.raises(ValidationError) as refusal:
        encode_portrait(SimpleUploadedFile("a.png", b"\0" * (10 * 1024 * 1024 + 1)))
    assert refusal.value.code == "bytes"
