"""Pages for visitors, kept in the memory of a process as long as nothing changed.

A page is kept where its view says so (`kept_for_visitors`), for whoever is not signed in and brings none of the cookies
that make a difference, and only if it sets none itself: such a page is the same for all. Each time it is asked for
(forum.kept_first), the database says with one number whether anything was written since (forum.changes), so that what
is published, edited or hidden is right at the next request on every worker. What changes with the clock alone, as that
a promise was broken, shows within LASTS.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

LASTS = 60  # seconds
LARGEST = 512 * 1024  # bytes of one page; larger ones are rare, and cost others their place
ASKED = "forum.asked_for_a_page"  # where an Asked stands in the environment of a WSGI request
_MADE_FOR, _READ = "_is_made_for_visitors", "_question_read"
View = Callable[..., HttpResponse]


class Asked(NamedTuple):
    """For a page that is not kept and may be, once it is made."""

    key: Hashable
    number: int  # read before the page is made: it can only be newer
    at: float


class Page(NamedTuple):
    made_at: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    question: int | None  # a visit of which is counted

    @property
    def size(self) -> int:
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


class Store:
    """The pages asked for last, up to so many bytes, all of one number: with a greater one they are gone."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock, self._bytes, self._number = threading.Lock(), 0, -1

    def get(self, key: Hashable, now_at: int) -> Page | None:
        with self._lock:
            self._come_to(now_at)
            page = self._pages.get(key) if now_at == self._number else None
            if page is None:
                return None
            if not 0 <= time.time() - page.made_at < LASTS:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def add(self, key: Hashable, page: Page, made_of: int) -> None:
        """`made_of` is the number that was read before the page was made."""
        with self._lock:
            self._come_to(made_of)
            if made_of != self._number:
                return
            self._drop(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > settings.KEPT_PAGES_MB * 1024 * 1024:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._empty(-1)

    def _come_to(self, number: int) -> None:
        # Not back: a slow request knows of less than a quick one.
        if number > self._number:
            self._empty(number)

    def _empty(self, number: int) -> None:
        self._pages.clear()
        self._bytes, self._number = 0, number

    def _drop(self, key: Hashable) -> None:
        if page := self._pages.pop(key, None):
            self._bytes -= page.size


store = Store()


def kept_for_visitors(view: View) -> View:
    """For views that show everybody who is not signed in the same under the same address."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            setattr(response, _MADE_FOR, True)
        return response

    return marked


def counted_as_read(response: HttpResponse, question: int) -> HttpResponse:
    """Each visit counts as a reading of the question with this number, also one to the kept page."""
    setattr(response, _READ, question)
    return response


class KeptPagesMiddleware:
    """Stands before all others: what it keeps has passed them, and has their headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        asked: Asked | None = request.META.get(ASKED)
        if asked and isinstance(response, HttpResponse) and _may_be_kept(response):
            headers, question = tuple(response.items()), getattr(response, _READ, None)
            store.add(asked.key, Page(asked.at, response.content, headers, question), asked.number)
        return response


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        getattr(response, _MADE_FOR, False)
        and response.status_code == 200
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        # A visitor who has the cookie of the token already is not given it again.
        and b"csrfmiddlewaretoken" not in response.content
        and len(response.content) <= LARGEST
    )
