"""One stylesheet in the company's hue, cacheable for ever under an address that changes with it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from forum.models import Company
from forum.stylesheet import FILES, stylesheet

pytestmark = pytest.mark.any_database

CSS = Path(__file__).parent.parent / "static" / "css"
TEMPLATES = Path(__file__).parent.parent / "templates"


def test_a_reader_gets_the_companys_hue(client: Client, company: Company) -> None:
    Company.objects.update(hue=27)

    response = client.get(reverse("forum:stylesheet"))

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--hue: 27;" in response.content.decode().splitlines()[-1]


def test_the_right_version_may_be_kept_for_ever(client: Client, company: Company) -> None:
    version = stylesheet(company.hue).version

    assert "immutable" in client.get(reverse("forum:stylesheet"), {"v": version}).headers["Cache-Control"]
    assert client.get(reverse("forum:stylesheet"), {"v": "old"}).headers["Cache-Control"] == "no-cache"


def test_who_takes_gzip_gets_gzip(client: Client, company: Company) -> None:
    response = client.get(reverse("forum:stylesheet"), headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == stylesheet(company.hue).css


def test_another_hue_has_another_address() -> None:
    assert stylesheet(10).version != stylesheet(11).version


def test_every_file_is_in_the_sheet() -> None:
    assert {path.stem for path in CSS.glob("*.css")} <= set(FILES)


def test_the_sheet_stays_small() -> None:
    lines = {path.name: len(path.read_text().splitlines()) for path in CSS.glob("*.css")}

    assert max(lines.values()) <= 200
    assert sum(lines.values()) <= 1200
    assert len(stylesheet(150).gzipped) <= 12_000


def test_rules_are_by_class_and_never_by_force() -> None:
    rules = "".join(path.read_text() for path in CSS.glob("*.css"))

    assert "!important" not in rules
    assert not re.search(r"^\s*#|[,\s]#[a-z]", rules, re.MULTILINE)


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (CSS.parent / "img" / "icons.svg").read_text()))
    named = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}

    assert named <= drawn
