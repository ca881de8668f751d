"""What the editor offers after @ and #."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.limits import within_limit
from forum.completion import links, names

LONGEST = 60  # characters of what was typed


@require_safe
def complete(request: HttpRequest) -> JsonResponse:
    """`kind` (name or link), `q`, and for names the `thread` in which somebody writes: at most eight items.

    For people who are signed in: 401 for others, and 429 when it is asked too often.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"items": []}, status=401)
    if not within_limit(request, "complete", reads=True):
        return JsonResponse({"items": []}, status=429)
    q = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    if request.GET.get("kind") == "link":
        items = links(q, user=request.user)
    else:
        items = names(q, thread=request.GET.get("thread", "").removeprefix("q-"), user=request.user)
    return JsonResponse({"items": [item._asdict() for item in items]})
