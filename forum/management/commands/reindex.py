"""Writes the index of the search anew, while the site is used."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from tqdm import tqdm

from forum.importing.statistics import analyze
from forum.models import FaqDocument, FaqEntry, Question, QuestionDocument, SearchWord
from forum.search import tables
from forum.search.reindexing import index_all, is_due


class Command(BaseCommand):
    help = "Writes the index of the search anew, while the site is used. After an upgrade that says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-due", action="store_true", help="only where an upgrade left it to be done")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_due"] and not is_due():
            return
        tables.rebuild(connection)
        total = Question._base_manager.count() + FaqEntry._base_manager.count()
        with tqdm(total=total, unit=" documents", file=self.stderr, disable=options["verbosity"] == 0) as bar:
            index_all(bar.update)
        analyze(QuestionDocument, FaqDocument, SearchWord)
        self.stdout.write(f"{QuestionDocument.objects.count() + FaqDocument.objects.count()} documents can be found.")
