"""`manage.py check --deploy` is silent about the example for production and speaks up about what is not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from config.checks import check_public_site
from tests.test_architecture import ROOT
from tests.test_settings import SECRETS


def production(folder: Path) -> dict[str, str]:
    """The values of deploy/production.env.example, with secrets and with SQLite in a folder of our own."""
    lines = re.findall(r'^([A-Z_]+)="?(.*?)"?$', (ROOT / "deploy/production.env.example").read_text(), re.MULTILINE)
    named = {name: value for name, value in lines if not name.endswith("_FILE")}
    return {**named, **SECRETS, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}


def check(environment: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    process = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if process.returncode == 0 else process.stderr


def test_the_example_for_production_is_clean(tmp_path: Path) -> None:
    assert check(production(tmp_path)) == ""


def test_only_the_library_of_translations_has_the_name_of_another() -> None:
    [warning] = engines["django"]._check_for_template_tags_with_the_same_name()
    assert "'django.templatetags.i18n', 'forum.templatetags.words'" in warning.msg


def test_a_public_demonstration_is_an_error(tmp_path: Path) -> None:
    assert "config.E001" in check({**production(tmp_path), "DEMO": "true"})


PUBLIC: dict[str, Any] = {
    "BASE_URL": "https://ask.example.com",
    "ALLOWED_HOSTS": ["ask.example.com"],
    "DEMO": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "DEFAULT_FROM_EMAIL": "Us <us@example.com>",
    "HTTPS": True,
    "TRUSTED_PROXY_COUNT": 1,
    "GUNICORN_CMD_ARGS": "",
    "STAFF_SECOND_FACTOR_REQUIRED": True,
}


def ids(settings: Any, **values: Any) -> list[str | None]:
    for name, value in {**PUBLIC, **values}.items():
        setattr(settings, name, value)
    return [message.id for message in check_public_site(None)]


def test_a_sound_public_site_hears_nothing(settings: Any) -> None:
    assert ids(settings) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"DEMO": True}, "config.E001"),
        ({"ALLOWED_HOSTS": ["other.example.com"]}, "config.E002"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "config.W001"),
        ({"DEFAULT_FROM_EMAIL": "sprechstunde@localhost"}, "config.W002"),
        ({"TRUSTED_PROXY_COUNT": 0}, "config.E003"),
        ({"TRUSTED_PROXY_COUNT": 0, "HTTPS": False, "GUNICORN_CMD_ARGS": "--bind unix:/run/x.sock"}, "config.E004"),
        ({"STAFF_SECOND_FACTOR_REQUIRED": False}, "config.W004"),
    ],
)
def test_each_danger_has_its_word(settings: Any, values: dict[str, Any], expected: str) -> None:
    assert ids(settings, **values) == [expected]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:80", "http://192.168.1.5"]
)
def test_a_demonstration_on_ones_own_machine_is_fine(settings: Any, address: str) -> None:
    assert ids(settings, DEMO=True, BASE_URL=address, ALLOWED_HOSTS=[]) == []
