"""Faces for the three people: flat shapes, drawn the same every time, and nobody's photograph."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = 512  # pixels
SCALE = 3  # drawn larger and made smaller, so that edges are smooth

Pen = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]

# Close enough to be told apart at the size of a thumb nail.
_FRAME = (38 * SCALE, 14 * SCALE, 474 * SCALE, 450 * SCALE)

INK, BLUSH = "#3b2f2f", "#e79a86"


def portrait(slug: str) -> bytes:
    """The portrait that belongs to a staff card, as WebP. Raises KeyError for a slug without one."""
    background, draw = FACES[slug]
    image = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), background)
    draw(ImageDraw.Draw(image))
    file = BytesIO()
    image.crop(_FRAME).resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(file, "WEBP", quality=90, method=6)
    return file.getvalue()


def _marlene(pen: Pen) -> None:
    """Grey bun, green apron, and a bubble that got away."""
    _circle(pen, 256, 96, 50, "#b9bcc4")
    _circle(pen, 256, 214, 124, "#b9bcc4")
    _shoulders(pen, "#f6efe2")
    _neck(pen, "#edbd9d")
    _apron(pen, "#2f6b57")
    _oval(pen, (160, 128, 352, 346), "#f5cdb0")
    _crescent(pen, (150, 104, 362, 250), "#c9ccd3", sweep=(186, 354))
    _eyes(pen, 232)
    _cheeks(pen, 272)
    _smile(pen, (216, 246, 296, 306))
    _bubble(pen, 424, 132, 34)
    _bubble(pen, 386, 66, 17)


def _sevda(pen: Pen) -> None:
    """Long dark hair, round glasses, white coat."""
    _oval(pen, (116, 70, 396, 360), "#3a2622")
    pen.rounded_rectangle(_box((116, 145, 396, 440)), radius=70 * SCALE, fill="#3a2622")
    _shoulders(pen, "#fdfdfb")
    _neck(pen, "#cf9670")
    pen.polygon(_points((206, 396), (306, 396), (256, 470)), fill="#c9654b")
    _oval(pen, (164, 122, 348, 344), "#dfab84")
    _crescent(pen, (146, 84, 366, 262), "#3a2622", sweep=(180, 322))
    _eyes(pen, 232)
    _cheeks(pen, 276)
    _glasses(pen, 232)
    _smile(pen, (218, 248, 294, 304))


def _jannis(pen: Pen) -> None:
    """Knitted cap, full beard, blue work shirt."""
    _shoulders(pen, "#3e5f8a")
    _neck(pen, "#e0ab87")
    pen.polygon(_points((196, 404), (256, 452), (316, 404), (316, 386), (196, 386)), fill="#2f4a6e")
    _oval(pen, (158, 116, 354, 340), "#efc19d")
    _oval(pen, (156, 226, 356, 392), "#a4582f")
    _oval(pen, (190, 168, 322, 296), "#efc19d")
    _eyes(pen, 226)
    _cheeks(pen, 252)
    pen.pieslice(_box((146, 48, 366, 316)), 180, 360, fill="#d9a441")
    pen.rounded_rectangle(_box((138, 158, 374, 202)), radius=22 * SCALE, fill="#b98327")
    _circle(pen, 256, 50, 26, "#f3e3c0")
    _smile(pen, (216, 258, 296, 314))


def _shoulders(pen: Pen, cloth: str) -> None:
    _oval(pen, (70, 372, 442, 700), cloth)


def _neck(pen: Pen, skin: str) -> None:
    pen.rounded_rectangle(_box((214, 300, 298, 410)), radius=42 * SCALE, fill=skin)


def _apron(pen: Pen, cloth: str) -> None:
    pen.rounded_rectangle(_box((172, 430, 340, 560)), radius=20 * SCALE, fill=cloth)
    for left in (176, 310):
        pen.rectangle(_box((left, 382, left + 24, 450)), fill=cloth)


def _eyes(pen: Pen, y: int) -> None:
    for x in (218, 294):
        _circle(pen, x, y, 9, INK)


def _cheeks(pen: Pen, y: int) -> None:
    for x in (196, 316):
        _circle(pen, x, y, 17, BLUSH)


def _smile(pen: Pen, box: Box) -> None:
    pen.arc(_box(box), 25, 155, fill=INK, width=7 * SCALE)


def _glasses(pen: Pen, y: int) -> None:
    for x in (218, 294):
        pen.ellipse(_box((x - 30, y - 30, x + 30, y + 30)), outline="#7a3b2e", width=6 * SCALE)
    pen.line(_box((248, y - 4, 264, y - 4)), fill="#7a3b2e", width=6 * SCALE)


def _crescent(pen: Pen, box: Box, hair: str, sweep: tuple[int, int]) -> None:
    pen.chord(_box(box), *sweep, fill=hair)


def _bubble(pen: Pen, x: int, y: int, radius: int) -> None:
    _circle(pen, x, y, radius, "#f3faf6")
    _circle(pen, x - radius // 3, y - radius // 3, radius // 4, "#ffffff")


def _circle(pen: Pen, x: int, y: int, radius: int, colour: str) -> None:
    _oval(pen, (x - radius, y - radius, x + radius, y + radius), colour)


def _oval(pen: Pen, box: Box, colour: str) -> None:
    pen.ellipse(_box(box), fill=colour)


def _box(box: Box) -> Box:
    left, top, right, bottom = (edge * SCALE for edge in box)
    return left, top, right, bottom


def _points(*points: tuple[int, int]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


FACES: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "marlene-quell": ("#a9d3c0", _marlene),
    "sevda-aydin": ("#f2cfc0", _sevda),
    "jannis-brodersen": ("#c4d7ea", _jannis),
}
