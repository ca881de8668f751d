"""From the letter to the asker: their question stands behind an entry. May it be linked, and may they be named?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from forum.actions.faq_sources import allow_link, object_to_link, set_credit
from forum.faq_objections import source_behind
from forum.models import FaqEntry, FaqSource, Question

VERBS: dict[str, Callable[..., None]] = {
    "object": object_to_link,
    "allow": allow_link,
    "credit": partial(set_credit, on=True),
    "uncredit": partial(set_credit, on=False),
}


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
def faq_objection(request: HttpRequest, token: str) -> HttpResponse:
    """Without signing in. Looking changes nothing, for programs look at letters too; a button does."""
    source = source_behind(token)
    if source is None:
        raise Http404
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb:
        verb(source=source)
        return HttpResponseRedirect(request.path)
    return render(request, "forum/faq_objection.html", _shown(source), status=422 if request.method == "POST" else 200)


def _shown(source: FaqSource) -> dict[str, object]:
    """No more than everybody may read, for who has the letter need not be its reader."""
    asker = source.question.author if source.question else None
    asked = Question.objects.public().filter(faq_sources__entry=source.entry_id, author=asker)
    return {
        "source": source,
        "entry": FaqEntry.objects.public().filter(pk=source.entry_id).first(),
        "questions": list(asked.distinct()),
        "may_be_named": any(not question.is_unnamed for question in asked),
    }
