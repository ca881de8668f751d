"""Pictures for tests, drawn here: good ones, odd ones, and what only pretends to be one."""

from __future__ import annotations

import resource
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageCms, PngImagePlugin

# Stands in everything that a file says beside its colours, and in all that hangs on it.
MARK = b"CANARYMETADATA"
PAYLOAD = b"<script>alert('CANARYMETADATA')</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
TAKEN = 201


class Sent(NamedTuple):
    name: str
    data: bytes
    content_type: str
    # 201, or the refusal that is due; several where the decoder may notice it earlier or later.
    due: tuple[int, ...]


def draw(width: int = 60, height: int = 40, mode: str = "RGB", colour: Any = "teal") -> Image.Image:
    """Half in one colour and half in another, so that one sees how it is turned."""
    picture = Image.new(mode, (width, height), colour)
    if mode == "RGB":
        picture.paste("orange", (0, 0, width, height // 2))
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def png(width: int = 60, height: int = 40) -> bytes:
    return encoded(draw(width, height))


@contextmanager
def full_disk() -> Iterator[None]:
    """Of each file no more than so many bytes can be written, as on a disk on which this much is left."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python would cut short what it compiles meanwhile, and read it as whole ever after.
    compiles = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        sys.dont_write_bytecode = compiles


def grainy(side: int = 512) -> bytes:
    """Of which nothing can be left out: it stays large."""
    return encoded(Image.effect_noise((side, side), 120).convert("RGB"), "JPEG", quality=90)


def photo(width: int = 400, height: int = 300, orientation: int = 6) -> bytes:
    """As from a telephone: held upright, with the place where it was taken, a profile and a remark."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, MARK.decode(), MARK
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: MARK.decode()})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + MARK
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARK + b"</x:xmpmeta>"
    return encoded(
        draw(width, height), "JPEG", exif=exif, icc_profile=profile, xmp=xmp, comment=MARK, quality=90
    ) + MARK  # fmt: skip


def scan(**options: Any) -> bytes:
    """As from a scanner that is set up for printing: half cyan, half nothing but paper."""
    picture = Image.new("CMYK", (60, 40), (255, 0, 0, 0))
    picture.paste((0, 0, 0, 0), (0, 0, 60, 20))
    return encoded(picture, "JPEG", quality=95, **options)


def print_profile() -> bytes:
    """A profile of a printer in whose first tank there is red instead of cyan (ICC.1:2001-04, a lut8)."""
    straight = bytes(range(256))
    paper, red = bytes((255, 128, 128)), bytes((135, 208, 195))
    # The first ink changes most slowly; with any other ink it is the same here.
    table = paper * 8 + red * 8
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + matrix + straight * 4 + table + straight * 3
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    said = b"text\0\0\0\0none\0"
    tags, body, at = b"", b"", 128 + 4 + 12 * 3
    for name, data in ((b"A2B0", lut), (b"wtpt", white), (b"cprt", said)):
        data += b"\0" * (-len(data) % 4)
        tags += name + struct.pack(">II", at + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s12s4s", at + len(body), b"", 0x02100000, b"prtr", b"CMYK", b"Lab ", b"", b"acsp")
    head += b"\0" * 28 + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + struct.pack(">I", 3) + tags + body


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def raw_png(width: int, height: int, *, depth: int = 8, colours: int = 2, data: bytes = b"") -> bytes:
    """A PNG of any measures, whatever it really holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def zeros(length: int) -> bytes:
    """So many zero bytes, compressed, without ever having been anywhere (RFC 1950, 1951)."""
    piece = 1 << 20
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = squeeze.compress(b"\0" * piece) + squeeze.flush(zlib.Z_FULL_FLUSH)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    rest = squeeze.compress(b"\0" * (length % piece)) + squeeze.flush()
    return b"\x78\xda" + one * (length // piece) + rest + struct.pack(">HH", length % 65_521, 1)


def bomb(side: int = 13_300) -> bytes:
    """Some 500 kilobytes that unpack to 700 megabytes."""
    data = zeros(side * (3 * side + 1))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    frames = [draw(colour=colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def with_text(**texts: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    for key, words in texts.items():
        notes.add_text(key, words, zip=True)
        notes.add_itxt(key, words)
    return encoded(draw(), "PNG", pnginfo=notes)


def sixteen_bits(colours: int) -> bytes:
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colours]
    line = b"\0" + b"\xc0\x00" * samples * 8
    return raw_png(8, 8, depth=16, colours=colours, data=line * 8)


@cache
def corpus() -> tuple[Sent, ...]:
    """More than sixty uploads that somebody should not send, or that are odd though right."""
    return (*_no_pictures(), *_in_disguise(), *_broken(), *_too_much(), *_odd_but_right())


def _no_pictures() -> Iterator[Sent]:
    page = b"<!doctype html><html><body>" + PAYLOAD + b"</body></html>"
    yield Sent("page.html", page, "text/html", (415,))
    yield Sent("page.gif", page, "image/gif", (415,))
    yield Sent("script.js", b"alert(1)", "image/gif", (415,))
    yield Sent("shell.php", b"<?php system($_GET['c']); ?>", "image/png", (415,))
    yield Sent("a.svg", SVG, "image/svg+xml", (415,))
    yield Sent("a.svg", b"<?xml version='1.0' encoding='utf-16'?>".decode().encode("utf-16") + SVG, "image/png", (415,))
    yield Sent("a.svgz", zlib.compress(SVG), "image/svg+xml", (415,))
    yield Sent("a.xml", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>", "image/png", (415,))
    yield Sent("a.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", "image/png", (415,))
    yield Sent("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", "image/png", (415,))
    yield Sent("a.zip", b"PK\x03\x04" + b"\0" * 60, "image/png", (415,))
    yield Sent("a.exe", b"MZ\x90\0" + b"\0" * 60, "image/jpeg", (415,))
    yield Sent("a.txt", "Grüße".encode(), "text/plain", (415,))
    yield Sent("nothing.png", b"", "image/png", (422,))
    yield Sent("one.png", b"\x89", "image/png", (415,))
    yield Sent("zeros.png", b"\0" * 5_000, "image/png", (415,))
    yield Sent("noise.jpg", bytes(range(256)) * 20, "image/jpeg", (415,))
    yield Sent("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "image/heic", (415,))
    yield Sent("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 99, "video/mp4", (415,))
    yield Sent("a.wasm", b"\0asm\x01\0\0\0", "image/png", (415,))
    yield Sent("a.swf", b"FWS\x06" + b"\0" * 99, "image/gif", (415,))


def _in_disguise() -> Iterator[Sent]:
    """Formats that Pillow can read and we do not take, and files that begin like pictures."""
    for kind in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "SGI", "JPEG2000", "DDS"):
        yield Sent(f"a.{kind.lower()}", encoded(draw(), kind), "image/png", (415,))
    yield Sent("a.gif", b"GIF89a/*" + PAYLOAD + b"*/=1;", "image/gif", (415, 422))
    yield Sent("a.jpg", b"\xff\xd8\xff\xe0" + PAYLOAD, "image/jpeg", (415, 422))
    yield Sent("a.png", b"\x89PNG\r\n\x1a\n" + PAYLOAD, "image/png", (415, 422))
    yield Sent("a.webp", b"RIFF\x40\0\0\0WEBPVP8 " + PAYLOAD, "image/webp", (415, 422))


def _broken() -> Iterator[Sent]:
    whole = {kind: encoded(draw(300, 200), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")}
    for kind, data in whole.items():
        yield Sent(f"half.{kind.lower()}", data[: len(data) // 2], f"image/{kind.lower()}", (415, 422))
        yield Sent(f"head.{kind.lower()}", data[:24], f"image/{kind.lower()}", (415, 422))
    yield Sent("crc.png", whole["PNG"][:29] + b"\0" * 4 + whole["PNG"][33:], "image/png", (415, 422))
    yield Sent("flat.png", raw_png(0, 10), "image/png", (415, 422))
    yield Sent("void.png", raw_png(100, 100), "image/png", (422,))
    yield Sent("depth.png", raw_png(10, 10, depth=7), "image/png", (415, 422))
    yield Sent("print.jpg", scan(), "image/jpeg", (TAKEN,))
    yield Sent("printed.jpg", scan(icc_profile=print_profile()), "image/jpeg", (TAKEN,))
    yield Sent("misprinted.jpg", scan(icc_profile=print_profile()[:300]), "image/jpeg", (TAKEN,))


def _too_much() -> Iterator[Sent]:
    yield Sent("bomb.png", bomb(), "image/png", (422,))
    yield Sent("wide.png", raw_png(60_000, 1), "image/png", (422,))
    yield Sent("vast.png", raw_png(2**31 - 1, 2**31 - 1), "image/png", (415, 422))
    frame = b",\0\0\0\0\xff\xff\xff\xff\0\x02\0;"
    yield Sent("vast.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0" + b"\0" * 6 + frame, "image/gif", (415, 422))
    yield Sent("large.png", png() + b"\0" * (10 * 1024 * 1024), "image/png", (413,))
    yield Sent("notes.png", _zipped_text(), "image/png", (415, 422, TAKEN))
    for kind, name in (("GIF", "a.gif"), ("PNG", "a.apng"), ("WEBP", "a.webp")):
        yield Sent(name, moving(kind), "image/gif", (422,))


def _zipped_text() -> bytes:
    """A remark that unpacks to a hundred megabytes."""
    whole = png()
    note = chunk(b"zTXt", b"Comment\0\0" + zeros(100_000_000))
    return whole[:33] + note + whole[33:]


def _odd_but_right() -> Iterator[Sent]:
    names = [
        "a.html", "a.php", "a.svg", "../../etc/passwd.png", "..\\..\\boot.png", "/etc/cron.d/x.png", "a\0.png",
        "\u202egnp.exe", "x" * 300 + ".png", "ö ä ü.png", "<img src=x onerror=alert(1)>.png", "CON", ".htaccess",
        "a\r\nSet-Cookie: b=c.png", "%2e%2e%2fa.png", "a;b=c.png", "'\".png", "🖼.png",
    ]  # fmt: skip
    for name in names:
        yield Sent(name, png(), "image/png", (TAKEN,))
    yield Sent("typeless", png(), "", (TAKEN,))
    yield Sent("a.txt", photo(), "text/html", (TAKEN,))
    yield Sent("texts.png", with_text(Comment=MARK.decode(), Author=MARK.decode()), "image/png", (TAKEN,))
    yield Sent("remark.gif", encoded(draw(), "GIF", comment=MARK), "image/gif", (TAKEN,))
    yield Sent("gifar.gif", encoded(draw(), "GIF") + b"PK\x03\x04" + MARK, "image/gif", (TAKEN,))
    yield Sent("page.png", png() + PAYLOAD, "image/png", (TAKEN,))
    yield Sent("page.jpg", encoded(draw(), "JPEG", comment=PAYLOAD) + PAYLOAD, "image/jpeg", (TAKEN,))
    yield Sent("exif.webp", encoded(draw(), "WEBP", exif=b"Exif\0\0" + MARK, xmp=MARK), "image/webp", (TAKEN,))
    yield Sent("profile.png", encoded(draw(), "PNG", icc_profile=MARK * 40), "image/png", (TAKEN,))
    for colours in (0, 2, 4, 6):
        yield Sent(f"sixteen-{colours}.png", sixteen_bits(colours), "image/png", (TAKEN,))
    for mode in ("1", "L", "LA", "P", "RGBA"):
        yield Sent(f"{mode}.png", encoded(draw().convert(mode), "PNG"), "image/png", (TAKEN,))
    yield Sent("grey.jpg", encoded(draw().convert("L"), "JPEG", progressive=True), "image/jpeg", (TAKEN,))
