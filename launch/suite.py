"""`make test`: the whole suite, with every server and helper that this machine offers.

SQLite is always there. PostgreSQL, for all tests that ask a database, Redis and a browser join in when they are found;
what stayed out is said, and is a failure where `REQUIRE_POSTGRESQL`, `REQUIRE_REDIS` or `REQUIRE_BROWSER` is set.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack

from launch import venv
from launch.checks import check_sqlite
from launch.environment import PROJECT
from launch.postgres import postgres_server
from launch.processes import run_step
from launch.redis import redis_server
from launch.stage import Stage
from launch.venv import PYTHON


def run(arguments: list[str]) -> int:
    check_sqlite()
    venv.ensure("test")
    run_step([str(PYTHON), "-m", "launch.catalogues"], cwd=PROJECT)
    stages = []
    with ExitStack() as stack:
        for stage in plan(stack):
            stage.run(arguments)
            stages.append(stage)
    report(stages)
    return int(any(stage.is_bad for stage in stages))


def plan(stack: ExitStack) -> Iterator[Stage]:
    """What there is to run; servers start only when their turn comes and end with the stack."""
    workers = min(os.cpu_count() or 1, 4)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sprechstunde-migrated-"))
    # Made by the first stage, as it has to migrate anyway; copied by the others.
    migrated = {"MIGRATED_DATABASE": f"{folder}/migrated.sqlite3"}
    yield Stage("SQLite", environment=migrated, workers=workers)
    url, missing = postgres_server(stack)
    # What asks no database has passed or failed already.
    yield Stage("PostgreSQL", among="database", environment={"DATABASE_URL": url}, workers=workers, missing=missing)
    url, missing = redis_server(stack)
    yield Stage(
        "Redis", only="redis", where="tests/test_redis.py", environment={"REDIS_URL": url, **migrated}, missing=missing
    )
    environment = {"CHROMIUM": chromium(), **migrated}
    # One more than there are cores: drafts and previews wait for their moment.
    stage = Stage("Browser", only="browser", where="tests/browser", environment=environment, workers=workers + 1)
    stage.missing = missing_for_browser()
    yield stage


def chromium() -> str:
    """The path of a Chromium or Chrome, or an empty string. The one without a window needs half the time."""
    names = (os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), "")


def missing_for_browser() -> str:
    """Why no browser can be driven here; empty when one can."""
    if not chromium():
        return "no Chromium was found; install it, for example with 'apt install chromium-headless-shell'"
    driver = subprocess.run([PYTHON, "-c", "import playwright, pytest_playwright"], capture_output=True)
    return "" if driver.returncode == 0 else "Playwright is not installed; 'make setup' installs it"


def report(stages: list[Stage]) -> None:
    """Say of each stage how it went, or why it was left out."""
    print()
    for stage in stages:
        print(f"{stage.name:<11} {stage.result}")
