"""When tries can not be counted, nobody is let in: the rest of the site goes on."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.limits import limits_work


class LimitsMiddleware:
    """Answers 503 to what failed because the cache, in which the limits are counted, does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None leaves any other fault of ours to be what it is."""
        if request.method != "POST" or limits_work():
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "120"
        return response
