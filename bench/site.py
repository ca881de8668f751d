"""A site of its own for a bench: an empty SQLite file in a temporary folder, with production's settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


@contextmanager
def empty_site() -> Iterator[dict[str, str]]:
    """The environment in which manage.py serves the site; the tables are made already.

    Within `make test` they are copied from where its first stage has put them.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "DATA_DIR": folder,
            "SECRET_KEY": "for-a-site-that-lives-a-minute-and-is-seen-by-nobody-at-all",
            "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "ALLOWED_HOSTS": "testserver",
        }
        migrated = Path(os.environ.get("MIGRATED_DATABASE", "none"))
        if migrated.is_file():
            shutil.copyfile(migrated, f"{folder}/site.sqlite3")
        subprocess.run(manage("migrate", "--verbosity=0"), cwd=ROOT, env=environment, check=True)
        yield environment


@contextmanager
def site_in_process() -> Iterator[None]:
    """Django, set up here on an empty site with static files and the table in which limits are counted."""
    with empty_site() as environment:
        os.environ.update(environment)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]
