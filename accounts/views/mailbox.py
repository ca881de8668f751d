"""The letters of a demonstration, to be read in the browser instead of a mail program."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


class Letter(NamedTuple):
    to: str
    subject: str
    date: datetime
    text: str


def mailbox(request: HttpRequest) -> HttpResponse:
    """Newest first. Raises Http404 outside a demonstration."""
    if not settings.DEMO:
        raise Http404
    files = sorted(Path(settings.MAILBOX_DIR).glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render(request, "accounts/mailbox.html", {"letters": [_read(file) for file in files[:50]]})


def _read(file: Path) -> Letter:
    message = message_from_bytes(file.read_bytes().split(b"\n" + b"-" * 79)[0], policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        to=str(message["to"]), subject=str(message["subject"]), date=_moment(str(message["date"])),
        text=body.get_content() if body else "",
    )  # fmt: skip


def _moment(header: str) -> datetime:
    """A date "-0000" is UTC without a word about where it was written (RFC 5322, 3.3): Python gives it no zone."""
    moment = parsedate_to_datetime(header)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
