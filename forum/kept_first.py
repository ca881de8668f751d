"""What stands before Django: a visitor whose page is kept (forum.kept_pages) has it from here.

All that a request sets going, from its objects to the database's connection, takes several times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi
from django.db import DatabaseError
from django.http import parse_cookie
from django.utils.translation.trans_real import parse_accept_lang_header

from forum.kept_pages import ASKED, Asked, Page, store
from forum.middleware import written_language
from forum.readings import waiting

LONGEST = 200  # characters of a query: what is longer was made up
PAUSE = 5  # seconds in which a database that was away is not asked here
# Under these nothing is kept, and the database need not be asked.
_NO_PAGES = ("/static/", "/media/", "/healthz", "/readyz")

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


class KeptPagesFirst:
    """A WSGI application (PEP 3333) around another one.

    `read_number` says whether anything was written since (forum.changes.number, or a quicker way to the same).
    """

    def __init__(self, application: Application, read_number: Callable[[], int | None]) -> None:
        self._application, self.read_number = application, read_number
        self._not_before = 0.0

    def __call__(self, environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        page = self.find(environ)
        if page is None:
            return self._application(environ, start_response)
        start_response("200 OK", list(page.headers))
        return [page.body]

    def find(self, environ: Environment) -> Page | None:
        """The page, if it is kept; else it is noted for whoever makes it under which key it may be."""
        now_at = self._number() if _is_of_a_visitor(environ) else None
        if now_at is None:
            return None
        key = _key(environ)
        page = store.get(key, now_at)
        # When readings are due to be written, Django makes the page: only where it is made they are.
        if page and (page.question is None or waiting.note(environ, page.question)):
            return page
        environ[ASKED] = Asked(key, now_at, time.time())
        return None

    def _number(self) -> int | None:
        """None while the database is away: then it is not waited for twice, here and where the page is made."""
        if time.monotonic() < self._not_before:
            return None
        try:
            return self.read_number()
        except DatabaseError:
            self._not_before = time.monotonic() + PAUSE
            return None


def _is_of_a_visitor(environ: Environment) -> bool:
    """By the cookies alone: nobody has been asked yet who this is. Who works at the pages wants to see what they do."""
    if environ["REQUEST_METHOD"] != "GET" or settings.DEBUG or not settings.KEPT_PAGES_MB:
        return False
    if environ.get("PATH_INFO", "").startswith(_NO_PAGES) or len(environ.get("QUERY_STRING", "")) > LONGEST:
        return False
    telling = (settings.SESSION_COOKIE_NAME, settings.RECEIPT_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, "messages")
    cookies = _cookies(environ)
    return not any(name in cookies for name in telling)


def _key(environ: Environment) -> Hashable:
    """All of the request that a page for visitors depends on, and no more: else they would share less."""
    chosen = _cookies(environ).get(settings.LANGUAGE_COOKIE_NAME, "")
    wishes = parse_accept_lang_header(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    return (
        environ["wsgi.url_scheme"],
        _came_encrypted(environ),
        environ.get("HTTP_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        # Only the very names are a choice; of a wish the beginning counts (forum.middleware.spoken_language).
        chosen if chosen in dict(settings.LANGUAGES) else "",
        tuple(dict.fromkeys(filter(None, (_spoken(wish) for wish, _quality in wishes)))),
    )


def _came_encrypted(environ: Environment) -> bool | None:
    """What the proxy says, read as Django reads it; None where there is none, or it says nothing."""
    header, encrypted = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) or ("", "")
    said = environ.get(header)
    return None if said is None else said.split(",", 1)[0].strip() == encrypted


def _cookies(environ: Environment) -> dict[str, str]:
    """As Django reads them: from the bytes as UTF-8, in which other signs are spaces than in Latin-1."""
    return parse_cookie(get_str_from_wsgi(environ, "HTTP_COOKIE", "")) if "HTTP_COOKIE" in environ else {}


@lru_cache(maxsize=1_000)
def _spoken(language: str) -> str:
    """As the page is written, or nothing."""
    written = written_language(language)
    return written if written in dict(settings.LANGUAGES) else ""
