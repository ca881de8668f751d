"""Pictures are served when a row points to them, and can do nothing but be looked at."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from accounts.models import StaffCard, User
from accounts.portraits import encode_portrait
from forum.models import Company

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (60, 60), "red").save(file, "PNG")
    file.seek(0)
    return file


@pytest.fixture
def portrait(stella: User) -> str:
    content = encode_portrait(picture())
    stella.staff_card.portrait.save(str(content.name), content)
    return stella.staff_card.portrait.url


def test_a_portrait_is_shown_to_everybody(client: Client, portrait: str) -> None:
    response = client.get(portrait)
    assert response.status_code == 200
    assert Image.open(BytesIO(b"".join(response.streaming_content))).format == "WEBP"


def test_it_can_neither_run_nor_be_taken_for_something_else(client: Client, portrait: str) -> None:
    headers = client.get(portrait).headers
    assert headers["Content-Type"] == "image/webp"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "public, max-age=3600"


def test_the_logo_is_shown(client: Client, company: Company) -> None:
    company.logo.save("logo.png", File(picture()))
    assert client.get(company.logo.url)["Content-Type"] == "image/png"


def test_a_portrait_that_was_taken_away_is_gone(client: Client, portrait: str) -> None:
    StaffCard.objects.update(portrait="")
    assert client.get(portrait).status_code == 404


def test_a_file_no_row_points_to_does_not_exist(client: Client, company: Company) -> None:
    default_storage.save("portraits/stray.webp", picture())
    assert client.get("/media/portraits/stray.webp").status_code == 404


def test_a_row_without_its_file_is_not_an_error(client: Client, portrait: str, tmp_path: Path) -> None:
    (tmp_path / portrait.removeprefix("/media/")).unlink()
    assert client.get(portrait).status_code == 404


def test_an_html_file_is_never_served_whatever_points_to_it(client: Client, stella: User) -> None:
    default_storage.save("portraits/x.html", BytesIO(b"<script>alert(1)</script>"))
    StaffCard.objects.update(portrait="portraits/x.html")
    assert client.get("/media/portraits/x.html").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "../db.sqlite3", "%2e%2e/db.sqlite3", "portraits/", "%00.webp", "//x.webp", "x" * 900 + ".webp"]
)
def test_other_paths_lead_nowhere(client: Client, company: Company, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in {404, 400}
