"""The public log: what was decided, by which rule and why; never what stood there or who wrote or reported it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.paging import queue_page
from moderation.figures import figures
from moderation.models import LogEntry


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    page = queue_page(LogEntry.objects.all(), by="created_at", after=request.GET.get("after", ""), newest_first=True)
    context = {"page": page, "figures": figures() if page.is_first else None}
    return render(request, "moderation/transparency.html", context)
