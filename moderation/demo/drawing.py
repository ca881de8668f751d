"""Flat shapes with smooth edges, on a square of 512 units, the same every time."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = 512  # pixels, and units of the drawing
SCALE = 3  # drawn larger and made smaller, so that edges are smooth

Pen = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]


def canvas(colour: str | tuple[int, int, int, int]) -> Image.Image:
    return Image.new("RGBA", (SIZE * SCALE, SIZE * SCALE), colour)


def webp(image: Image.Image, frame: Box = (0, 0, SIZE, SIZE), size: int = SIZE) -> bytes:
    """What lies in the frame, as a square WebP of `size` pixels."""
    left, top, right, bottom = (round(edge) for edge in scaled(frame))
    file = BytesIO()
    small = image.crop((left, top, right, bottom)).resize((size, size), Image.Resampling.LANCZOS)
    small.save(file, "WEBP", quality=90, method=6)
    return file.getvalue()


def picture_name(picture: bytes) -> str:
    """Another picture is another file: browsers keep one for ever by its name."""
    return f"{sha256(picture).hexdigest()[:16]}.webp"


def circle(pen: Pen, x: int, y: int, radius: int, colour: str) -> None:
    oval(pen, (x - radius, y - radius, x + radius, y + radius), colour)


def oval(pen: Pen, box: Box, colour: str) -> None:
    pen.ellipse(scaled(box), fill=colour)


def block(pen: Pen, box: Box, colour: str, radius: int = 0) -> None:
    pen.rounded_rectangle(scaled(box), radius=radius * SCALE, fill=colour)


def polygon(pen: Pen, colour: str, *points: tuple[int, int]) -> None:
    pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)


def scaled(box: Box) -> Box:
    left, top, right, bottom = (edge * SCALE for edge in box)
    return left, top, right, bottom
