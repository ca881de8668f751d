"""The same bench on SQLite and on PostgreSQL, each in a process of its own on an empty site."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

from bench.site import ROOT, empty_site, manage
from launch.postgres import postgres_server

ENGINE = "BENCH_ENGINE"


def on_each_engine(module: str, arguments: list[str]) -> int:
    """Runs `python -m module` with the site's environment and ENGINE set; not nought when one of them failed."""
    failed = 0
    with ExitStack() as stack:
        for environment in _engines(stack):
            failed |= subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment).returncode
    return failed


def _engines(stack: ExitStack) -> Iterator[dict[str, str]]:
    environment = stack.enter_context(empty_site())
    yield environment | {ENGINE: "sqlite"}
    url, missing = postgres_server(stack)
    if not url:
        print(f"# PostgreSQL is left out: {missing}")
        return
    environment = environment | {"DATABASE_URL": url, ENGINE: "postgresql"}
    subprocess.run(manage("migrate", "--verbosity=0"), cwd=ROOT, env=environment, check=True)
    yield environment


def engine() -> str:
    """Which one this process is to measure; empty in the process that starts the others."""
    return os.environ.get(ENGINE, "")
