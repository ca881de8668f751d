"""Faces for the three people: flat shapes, drawn the same every time, and nobody's photograph."""

from __future__ import annotations

from collections.abc import Callable

from PIL import ImageDraw

from moderation.demo.drawing import SCALE, Box, Pen, block, canvas, circle, oval, polygon, scaled, webp

# Close enough to be told apart at the size of a thumb nail.
FRAME = (38, 14, 474, 450)
INK, BLUSH = "#3b2f2f", "#e79a86"


def portrait(slug: str) -> bytes:
    """The portrait that belongs to a staff card, as WebP. Raises KeyError for a slug without one."""
    background, draw = FACES[slug]
    image = canvas(background)
    draw(ImageDraw.Draw(image))
    return webp(image.convert("RGB"), FRAME)


def _marlene(pen: Pen) -> None:
    """Grey bun, green apron, and a bubble that got away."""
    circle(pen, 256, 96, 50, "#b9bcc4")
    circle(pen, 256, 214, 124, "#b9bcc4")
    _shoulders(pen, "#f6efe2")
    _neck(pen, "#edbd9d")
    _apron(pen, "#2f6b57")
    oval(pen, (160, 128, 352, 346), "#f5cdb0")
    _crescent(pen, (150, 104, 362, 250), "#c9ccd3", sweep=(186, 354))
    _eyes(pen, 232)
    _cheeks(pen, 272)
    _smile(pen, (216, 246, 296, 306))
    _bubble(pen, 402, 150, 30)
    _bubble(pen, 356, 70, 15)


def _sevda(pen: Pen) -> None:
    """Long dark hair, round glasses, white coat."""
    oval(pen, (116, 70, 396, 360), "#3a2622")
    block(pen, (116, 145, 396, 440), "#3a2622", radius=70)
    _shoulders(pen, "#fdfdfb")
    _neck(pen, "#cf9670")
    polygon(pen, "#c9654b", (206, 396), (306, 396), (256, 470))
    oval(pen, (164, 122, 348, 344), "#dfab84")
    _crescent(pen, (146, 84, 366, 262), "#3a2622", sweep=(180, 322))
    _eyes(pen, 232)
    _cheeks(pen, 276)
    _glasses(pen, 232)
    _smile(pen, (218, 248, 294, 304))


def _jannis(pen: Pen) -> None:
    """Knitted cap, full beard, blue work shirt."""
    _shoulders(pen, "#3e5f8a")
    _neck(pen, "#e0ab87")
    polygon(pen, "#2f4a6e", (196, 404), (256, 452), (316, 404), (316, 386), (196, 386))
    oval(pen, (158, 116, 354, 340), "#efc19d")
    oval(pen, (156, 226, 356, 392), "#a4582f")
    oval(pen, (190, 168, 322, 296), "#efc19d")
    _eyes(pen, 226)
    _cheeks(pen, 252)
    pen.pieslice(scaled((146, 48, 366, 316)), 180, 360, fill="#d9a441")
    block(pen, (138, 158, 374, 202), "#b98327", radius=22)
    circle(pen, 256, 50, 26, "#f3e3c0")
    _smile(pen, (216, 258, 296, 314))


def _shoulders(pen: Pen, cloth: str) -> None:
    oval(pen, (70, 372, 442, 700), cloth)


def _neck(pen: Pen, skin: str) -> None:
    block(pen, (214, 300, 298, 410), skin, radius=42)


def _apron(pen: Pen, cloth: str) -> None:
    block(pen, (172, 430, 340, 560), cloth, radius=20)
    for left in (176, 310):
        block(pen, (left, 382, left + 24, 450), cloth)


def _eyes(pen: Pen, y: int) -> None:
    for x in (218, 294):
        circle(pen, x, y, 9, INK)


def _cheeks(pen: Pen, y: int) -> None:
    for x in (196, 316):
        circle(pen, x, y, 17, BLUSH)


def _smile(pen: Pen, box: Box) -> None:
    pen.arc(scaled(box), 25, 155, fill=INK, width=7 * SCALE)


def _glasses(pen: Pen, y: int) -> None:
    for x in (218, 294):
        pen.ellipse(scaled((x - 30, y - 30, x + 30, y + 30)), outline="#7a3b2e", width=6 * SCALE)
    pen.line(scaled((248, y - 4, 264, y - 4)), fill="#7a3b2e", width=6 * SCALE)


def _crescent(pen: Pen, box: Box, hair: str, sweep: tuple[int, int]) -> None:
    pen.chord(scaled(box), *sweep, fill=hair)


def _bubble(pen: Pen, x: int, y: int, radius: int) -> None:
    circle(pen, x, y, radius, "#f3faf6")
    circle(pen, x - radius // 3, y - radius // 3, radius // 4, "#ffffff")


FACES: dict[str, tuple[str, Callable[[Pen], None]]] = {
    "marlene-quell": ("#a9d3c0", _marlene),
    "sevda-aydin": ("#f2cfc0", _sevda),
    "jannis-brodersen": ("#c4d7ea", _jannis),
}
