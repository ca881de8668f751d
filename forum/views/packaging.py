"""From a package to the answer: the short link of a topic, and what the team prints."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.actions.packaging import give_codes
from forum.models import Topic
from forum.qr import FORMS
from forum.requests import SignedInRequest
from forum.site import absolute_url
from forum.views.staff import staff_required


@require_safe
@cache_control(no_store=True)
def topic_short(request: HttpRequest, code: str) -> HttpResponse:
    """On to the topic's own page, with its FAQ and the way to ask.

    Nobody keeps where it leads: the topic may get another address, and of a discreet one no trace should stay.
    """
    return redirect(get_object_or_404(Topic.objects.public(), code=code))


@require_safe
@staff_required
def desk_packaging(request: SignedInRequest) -> HttpResponse:
    """The short link of every topic; one that has none gets it here, before anybody could have printed it."""
    topics = list(Topic.objects.visible_to(request.user))
    if any(topic.code is None for topic in topics):
        give_codes()
        topics = list(Topic.objects.visible_to(request.user))
    links = [(topic, absolute_url(topic.short_address)) for topic in topics]
    return render(request, "forum/desk_packaging.html", {"links": links})


@require_safe
@staff_required
def topic_qr(request: SignedInRequest, code: str, form: str) -> HttpResponse:
    """The short link to be printed, as `svg` or `pdf`; the file is named after the code, as discreet topics ask for."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), code=code)
    if form not in FORMS:
        raise Http404
    content_type, draw = FORMS[form]
    response = HttpResponse(draw(absolute_url(topic.short_address)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="qr-{topic.code}.{form}"'
    return response
