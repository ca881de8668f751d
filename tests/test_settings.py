"""A wrong configuration never starts, says everything at once, and is explained in docs/settings.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import reference
from tests.test_architecture import ROOT

SECRETS = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-0123456789abcdefghijkl",
    "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
}
GOOD = {**SECRETS, "ALLOWED_HOSTS": "questions.example.com"}


def python(code: str, environment: dict[str, str], told: str = "") -> subprocess.CompletedProcess[str]:
    """A process that knows nothing but `environment` and what it is told on its input."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, input=told, cwd=ROOT, capture_output=True, text=True, check=False)


def complaints(environment: dict[str, str]) -> str:
    """What the person at the terminal reads last; a fault of ours would stand there instead."""
    process = python("import config.settings", environment)
    assert process.returncode != 0
    _trace, found, text = process.stderr.partition("django.core.exceptions.ImproperlyConfigured: ")
    assert found, process.stderr
    assert "During handling" not in text
    return text


def test_good_values_start() -> None:
    process = python("from config.settings import *; print(DEBUG, DEMO, ALLOWED_HOSTS)", GOOD)
    assert process.stdout == "False False ['questions.example.com']\n", process.stderr


def test_nothing_set_names_everything_that_is_required() -> None:
    text = complaints({})
    assert re.findall(r"^- (\w+)", text, re.MULTILINE) == ["SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS"]


WRONG = [
    ("DEBUG", "maybe"), ("DEBUG", ""), ("DEMO", "2"), ("TRUSTED_PROXY_COUNT", "-1"), ("HSTS_SECONDS", "a year"),
    ("WEB_CONCURRENCY", "0"), ("DATABASE_POOL_SIZE", "many"), ("BASE_URL", "questions.example.com"),
    ("BASE_URL", "https://[x"), ("BASE_URL", "https://x.example/questions"), ("BASE_URL", "ftp://x.example"),
    ("DATABASE_URL", "oracle"), ("DATABASE_URL", "mysql://x/y"), ("DATABASE_URL", "postgresql://u:p@h:port/x"),
    ("EMAIL_URL", "mail.example.com"), ("EMAIL_URL", "smtp://u:p@h:port"), ("REDIS_URL", "localhost"),
    ("TIME_ZONE", "Moon/Base"), ("TIME_ZONE", ""), ("LOG_LEVEL", "loud"), ("ENCRYPTION_KEYS", "secretsecret"),
    ("STAFF_SECOND_FACTOR_REQUIRED", "false"), ("SESSION_HOURS", "0"), ("SESSION_IDLE_HOURS", "-1"),
    ("STAFF_SESSION_IDLE_HOURS", "long"),
    ("SECRET_KEY_FILE", "/does/not/exist"), ("ENCRYPTION_KEYS_FILE", "/"), ("ALLOWED_HOSTS", ""),
]  # fmt: skip

# All of them in one process: each starts with an environment and a module of its own.
TRY_ALL = """
import json, os, sys
from django.core.exceptions import ImproperlyConfigured
answers = []
for environment in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(environment)
    sys.modules.pop("config.settings", None)
    try:
        import config.settings
    except ImproperlyConfigured as refusal:
        answers.append(str(refusal))
    except Exception as fault:
        answers.append(f"a fault of ours: {fault!r}")
    else:
        answers.append("started")
json.dump(answers, sys.stdout)
"""


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], str]:
    environments = [
        {key: text for key, text in GOOD.items() if key not in {name, name.removesuffix("_FILE")}} | {name: value}
        for name, value in WRONG
    ]
    process = python(TRY_ALL, {}, json.dumps(environments))
    return dict(zip(WRONG, json.loads(process.stdout), strict=True))


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "=".join(wrong))
def test_a_wrong_value_is_refused_by_name(wrong: tuple[str, str], answers: dict[tuple[str, str], str]) -> None:
    assert f"\n- {wrong[0]}" in answers[wrong]


def test_everything_wrong_is_said_at_once_and_no_secret_is_repeated() -> None:
    wrong = {
        "DEBUG": "maybe", "BASE_URL": "x", "DATABASE_URL": "mysql://user:hunter2@host/db", "LOG_LEVEL": "loud",
        "ENCRYPTION_KEYS": "hunter2", "EMAIL_URL": "user:hunter2", "REDIS_URL": ":hunter2@x",
    }  # fmt: skip
    text = complaints(wrong)
    assert {*wrong, "SECRET_KEY", "ALLOWED_HOSTS"} == set(re.findall(r"^- (\w+)", text, re.MULTILINE))
    assert "hunter2" not in text


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    for name, value in SECRETS.items():
        (tmp_path / name).write_text(f"{value}\n")
    files = {f"{name}_FILE": str(tmp_path / name) for name in SECRETS}
    process = python(
        "from config.settings import *; print(SECRET_KEY, *ENCRYPTION_KEYS)", {"ALLOWED_HOSTS": "x.example", **files}
    )
    assert process.stdout.split() == list(SECRETS.values()), process.stderr


def test_https_makes_cookies_and_redirects_strict() -> None:
    show = "print(SECURE_SSL_REDIRECT, SESSION_COOKIE_SECURE, CSRF_COOKIE_NAME, SECURE_HSTS_SECONDS)"
    process = python(f"from config.settings import *; {show}", {**GOOD, "BASE_URL": "https://questions.example.com"})
    assert process.stdout == "True True __Host-csrf 31536000\n", process.stderr


def test_every_variable_is_explained_and_nothing_else() -> None:
    read = {variable.name for variable in reference.variables(reference.SETTINGS.read_text())}
    assert read == set(reference.MEANINGS)


def test_the_page_of_settings_is_fresh() -> None:
    assert reference.DOCUMENT.read_text() == reference.document(), "Run: make reference"


@pytest.mark.parametrize("example", [".env.example", "deploy/production.env.example"])
def test_the_examples_name_only_variables_that_exist(example: str) -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / example).read_text(), re.MULTILINE))
    known = {*reference.MEANINGS, *(f"{name}_FILE" for name in reference.MEANINGS), "HOST", "PORT"}
    assert named - known == set()
