"""Drains the outbox, does what jobs wait for, and deletes what is over, until it is told to stop."""

from __future__ import annotations

import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from accounts.jobs import work_due
from accounts.mail import deliver_due
from accounts.retention import delete_what_is_over

AN_HOUR = 3600.0  # seconds


class Command(BaseCommand):
    help = (
        "Sends the letters of the outbox as they fall due, makes copies of people's data, erases accounts, and every "
        "hour deletes what is not to be kept. Stops on SIGTERM and Ctrl-C, between two letters or jobs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        cleared_out_at = -AN_HOUR
        while not stop.is_set():
            close_old_connections()
            if time.monotonic() - cleared_out_at >= AN_HOUR:
                delete_what_is_over()
                cleared_out_at = time.monotonic()
            sent, worked = deliver_due(), work_due()
            # What a job is in the middle of, or wrote a letter about, belongs to what is due now.
            if options["once"] and not worked:
                break
            if not (sent or worked):
                stop.wait(options["pause"])
