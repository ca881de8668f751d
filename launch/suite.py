"""`make test`: the whole suite, on every database and with every helper that this machine offers.

SQLite is always there. PostgreSQL and a browser join in when they are found; what stayed out is said, and is
a failure where `REQUIRE_POSTGRES` or `REQUIRE_BROWSER` is set.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from launch import venv
from launch.checks import check_sqlite
from launch.environment import PROJECT
from launch.postgres import postgres_server
from launch.processes import run_step
from launch.venv import PYTHON

NOTHING_COLLECTED = 5  # pytest's exit status
SETTINGS_OF_A_SITE = {
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "ENCRYPTION_KEYS",
    "ENCRYPTION_KEYS_FILE",
    "MEDIA_ROOT",
    "REDIS_URL",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "STATIC_ROOT",
}


@dataclass
class Stage:
    """One run of pytest, or the reason why it was left out."""

    name: str
    database_url: str = ""
    workers: int = 1
    browser: bool = False
    missing: str = ""
    required: bool = False
    result: str = ""

    @property
    def is_bad(self) -> bool:
        return self.result.startswith("failed") or bool(self.missing and self.required)


def run(arguments: list[str]) -> int:
    check_sqlite()
    venv.ensure("test")
    run_step([str(PYTHON), "-m", "launch.catalogues"], cwd=PROJECT)
    with ExitStack() as stack:
        stages = [run_stage(stage, arguments) for stage in plan(stack)]
    report(stages)
    return int(any(stage.is_bad for stage in stages))


def plan(stack: ExitStack) -> Iterator[Stage]:
    """What there is to run; servers start only when their turn comes and end with the stack."""
    workers = min(os.cpu_count() or 1, 4)
    yield Stage("SQLite", workers=workers)
    url, missing = postgres_server(stack)
    required = bool(os.environ.get("REQUIRE_POSTGRES"))
    yield Stage("PostgreSQL", database_url=url, workers=workers, missing=missing, required=required)
    missing = missing_for_browser()
    yield Stage("Browser", browser=True, missing=missing, required=bool(os.environ.get("REQUIRE_BROWSER")))


def chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def missing_for_browser() -> str:
    """Why no browser can be driven here; empty when one can."""
    if not chromium():
        return "no Chromium was found; install it, for example with 'apt install chromium'"
    driver = subprocess.run([PYTHON, "-c", "import playwright, pytest_playwright"], capture_output=True)
    return "" if driver.returncode == 0 else "Playwright is not installed; 'make setup' installs it"


def run_stage(stage: Stage, arguments: list[str]) -> Stage:
    if stage.missing:
        return stage
    print(f"\n== {stage.name} ==", flush=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sprechstunde-test-") as folder:
        try:
            run_step(pytest_command(stage, arguments), cwd=PROJECT, env=environment(stage, folder))
            stage.result = "passed"
        except subprocess.CalledProcessError as error:
            stage.result = "no test chosen" if error.returncode == NOTHING_COLLECTED else "failed"
    stage.result += f" ({time.monotonic() - begin:.0f} s)"
    return stage


def pytest_command(stage: Stage, arguments: list[str]) -> list[str]:
    # Browser tests are not even read without a browser: they import its driver.
    choice = ["-m", "browser"] if stage.browser else ["-m", "not browser", "--ignore=tests/browser"]
    spread = ["-n", str(stage.workers)] if stage.workers > 1 else []
    return [str(PYTHON), "-m", "pytest", "-q", *choice, *spread, *arguments]


def environment(stage: Stage, folder: str) -> dict[str, str]:
    """The person's environment without the settings of a site that may be running beside the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_A_SITE}
    return kept | {
        "DATA_DIR": folder,
        "DATABASE_URL": stage.database_url or f"sqlite:///{folder}/db.sqlite3",
        "CHROMIUM": chromium() or "",
    }


def report(stages: list[Stage]) -> None:
    """Say of each stage how it went, or why it was left out."""
    print()
    for stage in stages:
        outcome = f"LEFT OUT: {stage.missing}" if stage.missing else stage.result
        print(f"{stage.name:<11} {outcome}")
