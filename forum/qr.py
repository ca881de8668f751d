"""An address as a square that a phone reads (ISO/IEC 18004), drawn in lines so that it can be printed at any size."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import segno

# Readable with a quarter of it scratched, creased or wet: it is for packages.
_ERROR_CORRECTION = "q"
# The quiet zone the standard asks for, in modules.
_BORDER = 4
# How wide it comes out, with its border, where nobody says otherwise.
_MILLIMETRES = 30
_POINTS = _MILLIMETRES / 25.4 * 72


def svg(address: str) -> bytes:
    """In black on white: on a coloured package too, since readers want dark on light."""
    code, drawn = _code(address), BytesIO()
    scale = _MILLIMETRES / code.symbol_size(border=_BORDER)[0]
    code.save(drawn, kind="svg", scale=scale, unit="mm", border=_BORDER, dark="#000", light="#fff", title=address)
    return drawn.getvalue()


def pdf(address: str) -> bytes:
    """One page that is nothing but the square."""
    code, drawn = _code(address), BytesIO()
    scale = _POINTS / code.symbol_size(border=_BORDER)[0]
    code.save(drawn, kind="pdf", scale=scale, border=_BORDER, dark="#000", light="#fff")
    return drawn.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=_ERROR_CORRECTION)


FORMS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "pdf": ("application/pdf", pdf),
}
