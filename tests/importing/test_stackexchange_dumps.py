"""Real dumps: counts as in the files, no letter lost, no page broken, and a killed run that goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from forum.importing.markdown_source import from_html, letters_of
from forum.importing.stackexchange.dump import Dump
from forum.markdown import render
from forum.models import Acceptance, Answer, Comment, Company, Question
from tests.importing.dumps import bring_in, fingerprint
from tests.shared import shared

ROOT = Path(__file__).resolve().parents[2]
DUMPS = ["se-ai", "se-french-meta", "se-conlang-meta", "se-coffee-posts", "se-datascience-meta-2024"]
# Bold words within an address that is written out, and a text longer than a post may be, shown as it is written.
READ_DIFFERENTLY = {"se-conlang-meta": 1, "se-french-meta": 1}


def counts_of(dump: Dump) -> Counter[str]:
    return Counter(row["PostTypeId"] for row in dump.rows("Posts"))


@pytest.mark.parametrize("name", DUMPS)
def test_counts_are_those_of_the_files(name: str, company: Company) -> None:
    dump = Dump(shared(name))
    report = bring_in(dump.folder)
    counts = counts_of(dump)
    assert Question.objects.count() == counts["1"]
    assert Answer.objects.count() == counts["2"]
    assert Comment.objects.count() == sum(1 for _ in dump.rows("Comments"))
    assert Acceptance.objects.count() == sum("AcceptedAnswerId" in row for row in dump.rows("Posts"))
    assert report.noted["texts that read a little differently here"] <= READ_DIFFERENTLY.get(name, 0)


@pytest.mark.parametrize("name", DUMPS)
def test_no_letter_of_any_post_is_lost_or_doubled(name: str, company: Company) -> None:
    dump = Dump(shared(name))
    bring_in(dump.folder)
    here = Counter(letters_of(row.html) for model in (Question, Answer) for row in model.objects.all())
    there = Counter(letters_of(row["Body"]) for row in dump.rows("Posts") if row["PostTypeId"] in ("1", "2"))
    assert (there - here).total() == (here - there).total() <= READ_DIFFERENTLY.get(name, 0)


@pytest.mark.parametrize("name", DUMPS)
def test_converting_alone_loses_no_letter(name: str) -> None:
    """As if the dump had no PostHistory: every post goes the long way from HTML to Markdown and back."""
    bodies = [row["Body"] for row in Dump(shared(name)).rows("Posts") if row.get("Body")]
    different = [body for body in bodies if letters_of(render(from_html(body))) != letters_of(body)]
    assert len(different) <= READ_DIFFERENTLY.get(name, 0)


@pytest.mark.parametrize("name", ["se-conlang-meta", "se-coffee-posts"])
def test_a_second_run_changes_nothing(name: str, company: Company) -> None:
    bring_in(shared(name))
    before = fingerprint()
    bring_in(shared(name))
    assert fingerprint() == before


@pytest.mark.parametrize("name", ["se-conlang-meta", "se-french-meta"])
def test_every_page_opens(name: str, company: Company, client: Client) -> None:
    bring_in(shared(name))
    pages = ["/", "/q/", *(question.get_absolute_url() for question in Question.objects.public())]
    assert [page for page in pages if client.get(page).status_code != 200] == []


def manage(database: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(database.parent),
        "SECRET_KEY": "x" * 60,
        "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "ALLOWED_HOSTS": "localhost",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def numbers(database: Path) -> dict[str, int]:
    with sqlite3.connect(database, timeout=20) as connection:
        tables = ("question", "answer", "comment", "acceptance", "importedrecord", "topic")
        return {name: connection.execute(f"SELECT count(*) FROM forum_{name}").fetchone()[0] for name in tables}


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    database, folder = tmp_path / "site.sqlite3", str(shared("se-french-meta"))
    assert manage(database, "migrate", "--verbosity=0").wait(300) == 0
    run = manage(database, "import_stackexchange", folder)
    while numbers(database)["answer"] < 100 and run.poll() is None:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    cut_short = numbers(database)
    assert manage(database, "import_stackexchange", folder).wait(300) == 0
    counts = counts_of(Dump(Path(folder)))
    assert cut_short["acceptance"] == 0
    assert 100 <= cut_short["answer"] < counts["2"]
    assert (numbers(database)["question"], numbers(database)["answer"]) == (counts["1"], counts["2"])
    assert numbers(database)["comment"] == sum(1 for _ in Dump(Path(folder)).rows("Comments"))
