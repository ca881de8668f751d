"""Reads the FAQ of another system."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.importing.failure import ImportFailed
from forum.importing.faq.run import LANGUAGES, Options, import_faq


class Command(BaseCommand):
    help = (
        "Imports a FAQ: CSV or TSV with the columns question, answer, topic and language; JSON with the same; "
        "phpMyFAQ's CSV and JSON; Markdown or MDX; a packed tree of XML and HTML. Can be repeated."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--topic", default="", metavar="NAME", help="one topic for all entries")
        parser.add_argument("--language", default="de", choices=LANGUAGES, help="where the file names none (de)")
        parser.add_argument("--format", default="auto", choices=("auto", "html", "markdown"), help="of the answers")
        parser.add_argument("--base-url", default="", metavar="URL", help="where the FAQ stood; mends relative links")
        parser.add_argument("--source", default="", help="a name for this FAQ (default: folder and name of the file)")
        state = parser.add_mutually_exclusive_group()
        state.add_argument("--publish", action="store_true", help="show the entries at once")
        state.add_argument("--draft", action="store_false", dest="publish", help="keep them for review (default)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        whole = path.resolve()
        chosen = Options(
            source=(options["source"] or f"{whole.parent.name}/{whole.name}")[:80],
            topic=options["topic"].strip()[:60],
            language=options["language"],
            form=options["format"],
            base_url=options["base_url"],
            publish=options["publish"],
        )
        try:
            report = import_faq(path, chosen)
        except ImportFailed as failure:
            advice = " Nothing was changed; mend the file and start again." if failure.is_damage else ""
            raise CommandError(f"{failure}{advice}") from failure
        for line in report.lines():
            self.stdout.write(line)
