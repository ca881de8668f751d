"""Brings everything sealed under the newest master key, or says whether an old one can be dropped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.rotation import census, rotate

EVERY = 10_000  # rows between two lines of progress


class Command(BaseCommand):
    help = (
        "Rewraps the keys of private conversations, drafts and second factors with the first key of ENCRYPTION_KEYS, "
        "while the site is open. Can be stopped and started again. With --check it changes nothing and says "
        "whether an old key is still needed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="say which keys are still needed, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self._rotate()
        self._check()

    def _rotate(self) -> None:
        said = 0
        for progress in rotate():
            is_done = progress.looked_at >= progress.rows
            if is_done or progress.looked_at - said >= EVERY or progress.looked_at < said:
                said = progress.looked_at
                self.stdout.write(
                    f"{progress.column.model}: {progress.looked_at} of {progress.rows} looked at, "
                    f"{progress.renewed} rewrapped, {progress.unreadable} can not be opened"
                )

    def _check(self) -> None:
        """Raises CommandError as long as a key besides the newest is needed, or one is missing."""
        found = census()
        problems = [
            f"Key {number} of ENCRYPTION_KEYS is still needed by {count} rows: run rotate_keys."
            for number, count in sorted(found.old.items())
        ]
        if found.missing:
            problems.append(f"{found.missing} rows need a key that is not in ENCRYPTION_KEYS: add it again.")
        if found.damaged:
            problems.append(f"{found.damaged} rows are damaged: they can only come back from a backup.")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"All {found.newest} rows are under the first key: every other one can be dropped.")
