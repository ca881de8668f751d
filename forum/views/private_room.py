"""The door of the private rooms: what is said inside stays inside."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters

from forum.models import Topic
from forum.views.rescue import View, sign_in_required


def private_room(view: View) -> View:
    """For people who are signed in; nothing is kept by a browser or a proxy, nor written into an error report."""
    unreported = sensitive_post_parameters("subject", "text")(sign_in_required(view))
    return cache_control(no_store=True, private=True)(unreported)


def unnamed_address(view: View) -> View:
    """An address with the name of a discreet topic leads to one with its number, before anything else.

    So the name stands neither in the browser's history nor in the address of the sign-in page.
    """

    @wraps(view)
    def unnamed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        topic = Topic.objects.public().filter(discreet=True, slug=request.GET.get("topic", "")).first()
        if topic is None:
            return view(request, *args, **kwargs)
        query = QueryDict(mutable=True)
        query.update(request.GET.dict() | {"topic": str(topic.pk)})
        return redirect(f"{request.path}?{query.urlencode()}")

    return unnamed
