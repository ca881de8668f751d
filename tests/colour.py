"""What a browser makes of tokens.css: oklch to sRGB to the contrast ratio of WCAG 2.2."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "static" / "css" / "tokens.css"
THEMES = ("light", "dark")

_OKLCH = r"oklch\(([\d.]+)% ([\d.]+) (var\(--hue\)|[\d.]+)\)"
_COLOUR = re.compile(rf"--([\w-]+): light-dark\({_OKLCH}, {_OKLCH}\);")
_ALIAS = re.compile(r"--([\w-]+): var\(--([\w-]+)\);")

Rgb = tuple[float, float, float]


@cache
def colours() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each colour token with its lightness, chroma and hue in the light and in the dark theme."""
    css = TOKENS.read_text(encoding="utf-8")
    found = {match[1]: (match.groups()[1:4], match.groups()[4:7]) for match in _COLOUR.finditer(css)}
    found |= {name: found[target] for name, target in _ALIAS.findall(css)}
    return found


def contrast(one: str, other: str, theme: str, hue: int) -> float:
    """The worse of the two ways browsers bring a colour into sRGB: cutting channels off, or taking chroma away."""
    return min(ratio(_luminance(one, theme, hue, cut), _luminance(other, theme, hue, cut)) for cut in (True, False))


def ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


@cache
def _luminance(token: str, theme: str, hue: int, cut: bool) -> float:
    lightness, chroma, angle = colours()[token][THEMES.index(theme)]
    degrees = hue if angle.startswith("var") else float(angle)
    rgb = _linear(float(lightness) / 100, float(chroma), degrees)
    if not cut:
        rgb = _less_chroma(float(lightness) / 100, float(chroma), degrees)
    red, green, blue = (_as_shown(channel) for channel in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(lightness: float, chroma: float, degrees: float) -> Rgb:
    """OKLCH to linear sRGB (the matrices of CSS Color 4); out of 0..1 where sRGB has no such colour."""
    a, b = chroma * math.cos(math.radians(degrees)), chroma * math.sin(math.radians(degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _less_chroma(lightness: float, chroma: float, degrees: float) -> Rgb:
    low, high = 0.0, chroma
    if all(0 <= channel <= 1 for channel in _linear(lightness, chroma, degrees)):
        return _linear(lightness, chroma, degrees)
    for _step in range(12):
        middle = (low + high) / 2
        fits = all(0 <= channel <= 1 for channel in _linear(lightness, middle, degrees))
        low, high = (middle, high) if fits else (low, middle)
    return _linear(lightness, low, degrees)


def _as_shown(channel: float) -> float:
    """Cut to what the screen can show, in 256 steps, and back to linear light."""
    channel = min(max(channel, 0.0), 1.0)
    coded = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    coded = round(coded * 255) / 255
    return coded / 12.92 if coded <= 0.04045 else ((coded + 0.055) / 1.055) ** 2.4
