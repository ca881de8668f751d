"""The company's hue as tokens.css means it, for what is no style sheet."""

from __future__ import annotations

import math

Rgb = tuple[int, int, int]


def oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """OKLCH to sRGB by the matrices of CSS Color 4 (https://www.w3.org/TR/css-color-4/), cut to what sRGB has."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _coded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _coded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _coded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _coded(channel: float) -> int:
    channel = min(max(channel, 0.0), 1.0)
    return round(255 * (12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055))
