"""Real dumps: counts as in the files, no word lost, no page broken, and a killed run that goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from forum.importing.markdown_source import from_html
from forum.importing.stackexchange.dump import Dump
from forum.importing.words import words_of
from forum.markdown import render
from forum.models import Acceptance, Answer, Comment, Company, Question
from tests.importing.dumps import bring_in, fingerprint
from tests.importing.reading import broken_pages, question_pages, texts
from tests.importing.spare_database import SpareDatabase
from tests.shared import shared

ROOT = Path(__file__).resolve().parents[2]
WITH_HISTORY = ["se-ai", "se-french-meta", "se-conlang-meta"]
WITHOUT = ["se-coffee-posts", "se-datascience-meta-2024"]
# To a database they are all alike: one shows a second one what there is to store, and the killed run brings another.
DUMPS = [
    WITH_HISTORY[-1],
    *(pytest.param(name, marks=pytest.mark.any_database) for name in (*WITH_HISTORY[:-1], *WITHOUT)),
]
# One of each kind shows that a second run changes nothing.
READ_TWICE = {WITH_HISTORY[-1], WITHOUT[0]}
# A text longer than a post may be, shown as it is written.
READ_DIFFERENTLY = {"se-french-meta": 1}


def counts_of(dump: Dump) -> Counter[str]:
    return Counter(row["PostTypeId"] for row in dump.rows("Posts"))


@pytest.mark.long
@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_comes_in_whole_and_once(name: str, company: Company, client: Client) -> None:
    """All in one test, so that each dump has to be read once only."""
    dump = Dump(shared(name))
    report = bring_in(dump.folder)
    assert_counts_are_those_of_the_files(dump)
    assert_no_word_is_lost_or_doubled(dump)
    assert report.noted["texts that read a little differently here"] == READ_DIFFERENTLY.get(name, 0)
    if name in READ_TWICE:
        before = fingerprint()
        assert not bring_in(dump.folder).imported.total()
        assert fingerprint() == before
    assert broken_pages(client, question_pages()) == []


def assert_counts_are_those_of_the_files(dump: Dump) -> None:
    counts = counts_of(dump)
    assert Question.objects.count() == counts["1"]
    assert Answer.objects.count() == counts["2"]
    assert Comment.objects.count() == sum(1 for _ in dump.rows("Comments"))
    assert Acceptance.objects.count() == sum("AcceptedAnswerId" in row for row in dump.rows("Posts"))


def assert_no_word_is_lost_or_doubled(dump: Dump) -> None:
    here = texts(row.html for model in (Question, Answer) for row in model.objects.all())
    there = texts(row["Body"] for row in dump.rows("Posts") if row["PostTypeId"] in ("1", "2"))
    assert (there - here).total() == (here - there).total() == READ_DIFFERENTLY.get(dump.folder.name, 0)


@pytest.mark.parametrize("name", WITH_HISTORY)
def test_converting_alone_loses_no_word(name: str) -> None:
    """As if the dump had no PostHistory: every post goes the long way from HTML to Markdown and back."""
    bodies = [row["Body"] for row in Dump(shared(name)).rows("Posts") if row.get("Body")]
    different = [body for body in bodies if words_of(render(from_html(body))) != words_of(body)]
    assert len(different) == READ_DIFFERENTLY.get(name, 0)


def start(*arguments: str, database: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        "SECRET_KEY": "x" * 60,
        "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "ALLOWED_HOSTS": "localhost",
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.long
def test_a_killed_run_goes_on_where_it_was(spare_database: SpareDatabase, tmp_path: Path) -> None:
    folder = shared("se-french-meta")
    run = start("import_stackexchange", str(folder), database=spare_database.url, folder=tmp_path)
    while spare_database.count("forum_answer") < 100 and run.poll() is None:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    cut_short = spare_database.count("forum_answer")
    assert spare_database.count("forum_acceptance") == 0
    again = start("import_stackexchange", str(folder), database=spare_database.url, folder=tmp_path)
    assert again.wait(300) == 0
    counts = counts_of(Dump(folder))
    assert 100 <= cut_short < counts["2"]
    assert spare_database.count("forum_question") == counts["1"]
    assert spare_database.count("forum_answer") == counts["2"]
    assert spare_database.count("forum_comment") == sum(1 for _ in Dump(folder).rows("Comments"))
