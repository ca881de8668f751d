"""Django's client for tests, made to come in as through the web server: what is kept stands before the site."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.client import ClientHandler

from forum import changes
from forum.kept_first import KeptPagesFirst


def number() -> int | None:
    """Over Django's connection, which sees what a test wrote; in its one transaction each write counts as on a site."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        # Past Django, which would count it among the queries of the page.
        connection.connection.execute("SET LOCAL forum.change_noted = ''")
    return changes.number()


first = KeptPagesFirst(lambda *_: [], number)


def come_in_by_the_front_door(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = ClientHandler.__call__

    def answer(handler: ClientHandler, environ: dict[str, Any]) -> Any:
        page = first.find(environ)
        if page is None:
            return inner(handler, environ)
        response: Any = HttpResponse(page.body, headers=dict(page.headers))
        response.wsgi_request = None
        return response

    monkeypatch.setattr(ClientHandler, "__call__", answer)
