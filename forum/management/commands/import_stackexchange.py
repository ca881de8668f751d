"""Reads a Stack Exchange data dump."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from forum.importing.failure import ImportFailed
from forum.importing.stackexchange.run import Options, import_dump
from forum.importing.xml_rows import Row


class Command(BaseCommand):
    help = (
        "Imports a Stack Exchange dump: Posts, Users, Comments, Votes, PostLinks, PostHistory and Tags as .xml or "
        ".xml.xz; any but Posts may be missing. Can be repeated, and continues after a stop."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the dump's files")
        parser.add_argument("--staff", nargs="+", default=[], metavar="NAME", help="names or Ids of future staff")
        parser.add_argument("--source", default="", help="a name for this dump (default: the folder's name)")
        parser.add_argument("--language", default="en", help="language of the content (default en)")
        parser.add_argument("--topics", type=int, default=8, help="how many tags become topics (default 8)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        chosen = Options(
            source=(options["source"] or folder.resolve().name)[:60],
            staff=frozenset(options["staff"]),
            language=options["language"][:2],
            topics=max(options["topics"], 0),
        )
        self.quiet = options["verbosity"] == 0
        try:
            report = import_dump(folder, chosen, self._progress)
        except ImportFailed as failure:
            advice = " What was read before is kept; mend the file and start again." if failure.is_damage else ""
            raise CommandError(f"{failure}{advice}") from failure
        for line in report.lines():
            self.stdout.write(line)

    def _progress(self, what: str, rows: Iterable[Row]) -> Iterator[Row]:
        return iter(tqdm(rows, desc=what, unit="", file=self.stderr, disable=self.quiet))
