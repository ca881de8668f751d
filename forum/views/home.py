"""The front door."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import StaffCard
from forum.kept_pages import kept_for_visitors
from forum.middleware import company_of, written_language
from forum.models import FaqEntry, LegalPage, Question, Topic
from forum.opening import opening_at

LATEST, WANTED = 8, 6


@require_safe
@kept_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    topics = list(Topic.objects.public())
    cards = list(StaffCard.objects.serving())
    context = {
        "opening": opening_at(company_of(request), timezone.now()),
        "topics": topics,
        "cards": cards,
        "questions": Question.objects.public().listed().order_by("-last_activity_at", "-public_id")[:LATEST],
        "entries": most_wanted(request.LANGUAGE_CODE)[:WANTED],
        "to_set_up": _to_set_up(request, topics, cards),
    }
    return render(request, "forum/home.html", context)


def most_wanted(language: str) -> QuerySet[FaqEntry]:
    """Entries in the reader's language first, then by how many people had the questions they came from."""
    spoken = Case(When(language=written_language(language), then=0), default=1, output_field=IntegerField())
    entries = FaqEntry.objects.public().exclude(topic__discreet=True).select_related("topic").defer("text", "html")
    wanted = Coalesce(Sum("sources__question__metoo_count"), Value(0))
    return entries.annotate(spoken=spoken, wanted=wanted).order_by(
        "spoken", "-wanted", "topic__position", "position", "pk"
    )


def _to_set_up(request: HttpRequest, topics: list[Topic], cards: list[StaffCard]) -> list[str]:
    """What the owner of a fresh site still has to do; nobody else is bothered with it."""
    if not (request.user.is_authenticated and request.user.is_owner):
        return []
    steps = {
        "company": company_of(request)._state.adding,
        "topic": not topics,
        "card": not cards,
        "imprint": not LegalPage.objects.filter(kind=LegalPage.Kind.IMPRINT).exists(),
    }
    return [name for name, missing in steps.items() if missing]
