"""The sign of the soap works: a bar of soap and three bubbles."""

from __future__ import annotations

from PIL import ImageDraw

from moderation.demo.drawing import SCALE, block, canvas, circle, scaled, webp

GREEN, SOAP, EDGE, FOAM = "#23604d", "#f4ead2", "#d9c79c", "#d8efe4"
CLEAR = (0, 0, 0, 0)
PIXELS = 192  # on a page it stands a tenth as large


def emblem() -> bytes:
    """A WebP that stands on light and dark pages alike."""
    image = canvas(CLEAR)
    pen = ImageDraw.Draw(image)
    circle(pen, 256, 256, 256, GREEN)
    block(pen, (92, 262, 420, 416), EDGE, radius=58)
    block(pen, (92, 246, 420, 390), SOAP, radius=58)
    pen.rounded_rectangle(scaled((134, 284, 378, 352)), radius=34 * SCALE, outline=EDGE, width=10 * SCALE)
    circle(pen, 210, 168, 58, FOAM)
    circle(pen, 302, 132, 34, FOAM)
    circle(pen, 342, 200, 22, FOAM)
    return webp(image, size=PIXELS)
