"""Whatever hue a company chooses, everything stays readable in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from tests.colour import THEMES, TOKENS, colours, contrast, ratio

HUES = range(360)

ON_PAPER = ("ink", "ink-soft", "brand", "brand-strong", "staff", "accepted", "waiting", "danger")
TEXT = [
    *((ink, paper) for ink in ON_PAPER for paper in ("paper", "paper-soft")),
    *(("ink", tint) for tint in ("brand-soft", "accepted-soft", "waiting-soft", "danger-soft")),
    ("ink-soft", "brand-soft"),
    ("brand", "brand-soft"),
    ("brand-strong", "brand-soft"),
    ("accepted", "accepted-soft"),
    ("waiting", "waiting-soft"),
    ("danger", "danger-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-staff", "staff"),
    ("on-danger", "danger"),
    ("on-private", "private"),
    ("private-soft", "private"),
]
CONTROLS = [
    *(
        (edge, paper)
        for edge in ("line-strong", "brand", "danger", "focus", "staff")
        for paper in ("paper", "paper-soft")
    ),
    ("private-line", "private"),
    ("on-private", "private"),
    ("focus", "brand-soft"),
]
# Hairlines part what space already parts; nobody needs to see them.
DECORATION = {"line"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_in_every_hue(text: str, ground: str, theme: str) -> None:
    worst = min(HUES, key=lambda hue: contrast(text, ground, theme, hue))

    assert contrast(text, ground, theme, worst) >= 4.5, f"--{text} on --{ground}, {theme}, hue {worst}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), CONTROLS)
def test_controls_can_be_seen_in_every_hue(edge: str, ground: str, theme: str) -> None:
    worst = min(HUES, key=lambda hue: contrast(edge, ground, theme, hue))

    assert contrast(edge, ground, theme, worst) >= 3, f"--{edge} on --{ground}, {theme}, hue {worst}"


def test_no_colour_escapes_the_test() -> None:
    judged = {name for pair in (*TEXT, *CONTROLS) for name in pair} | DECORATION

    assert set(colours()) == judged


def test_colours_are_named_once_and_only_in_the_tokens() -> None:
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch)\(", re.IGNORECASE)
    strays = [path.name for path in TOKENS.parent.glob("*.css") if path != TOKENS and raw.search(path.read_text())]

    assert strays == []


def test_the_ratio_is_the_one_of_wcag() -> None:
    assert ratio(1.0, 0.0) == pytest.approx(21)
