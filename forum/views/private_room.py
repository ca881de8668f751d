"""The door of the private rooms: what is said inside stays inside."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters

from forum.models import Topic
from forum.views.receipt_cookie import expired, holder_in, stay, was_here
from forum.views.rescue import View, sign_in_required


def private_room(view: View) -> View:
    """For people who are signed in, and in the room of a receipt for who came in with its code.

    Nothing is kept by a browser or a proxy, nor written into an error report.
    """
    return unkept(by_receipt(view, else_view=sign_in_required(view)))


def unkept(view: View) -> View:
    """For everybody: a page with private words, of which nothing is kept and nothing is reported."""
    unreported = sensitive_post_parameters("subject", "text", "code", "email")(view)
    return cache_control(no_store=True, private=True)(unreported)


def by_receipt(view: View, *, else_view: View) -> View:
    """In the room of their receipt people are its holders and nobody else; everywhere else, who they are."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        uuid: UUID | None = kwargs.get("uuid")
        holder = holder_in(request, uuid) if uuid else None
        if holder is None or not uuid:
            return expired(request) if uuid and was_here(request) else else_view(request, *args, **kwargs)
        request.user = holder
        response = view(request, *args, **kwargs)
        # Unless this very page has shown them out.
        if settings.RECEIPT_COOKIE_NAME not in response.cookies:
            stay(response, holder)
        return response

    return entered


def unnamed_address(view: View) -> View:
    """An address with the name of a discreet topic leads to one with its number, before anything else.

    So the name stands neither in the browser's history nor in the address of the sign-in page.
    """

    @wraps(view)
    def unnamed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        slug = request.GET.get("topic", "")
        topic = Topic.objects.public().filter(discreet=True, slug=slug).first() if slug else None
        if topic is None:
            return view(request, *args, **kwargs)
        query = QueryDict(mutable=True)
        query.update(request.GET.dict() | {"topic": str(topic.pk)})
        return redirect(f"{request.path}?{query.urlencode()}")

    return unnamed
