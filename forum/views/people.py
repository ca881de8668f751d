"""The people: who answers here, and what a customer has said in public."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import StaffCard, User
from accounts.nicknames import nickname_key
from forum.models import Acceptance, Answer, Comment, Question, Topic
from forum.paging import keyset_page

LATEST = 10


@require_safe
def team_list(request: HttpRequest) -> HttpResponse:
    return render(request, "forum/team_list.html", {"cards": StaffCard.objects.serving()})


@require_safe
def team_detail(request: HttpRequest, slug: str) -> HttpResponse:
    card = get_object_or_404(StaffCard.objects.select_related("user"), slug=slug)
    answers = Answer.objects.public().filter(staff_card=card).select_related("question__topic")
    context = {
        "card": card,
        "topics": Topic.objects.public().filter(staff=card.user) if card.is_serving else [],
        "page": keyset_page(answers, order="new", after=request.GET.get("after", ""), size=LATEST),
    }
    return render(request, "forum/team_detail.html", context)


@require_safe
def person_detail(request: HttpRequest, nickname: str) -> HttpResponse:
    """What this person said in public. Who never did, or only in private, is nobody here but to themselves."""
    if not nickname.isprintable():
        raise Http404
    person = get_object_or_404(User.objects.select_related("staff_card"), nickname_key=nickname_key(nickname))
    if card := person.serving_card:
        return redirect(card)
    # What they said with the badge stands under the name on their card, also when they left the team.
    questions = Question.objects.public().filter(author=person, posted_as_name="")
    answers = Answer.objects.public().filter(author=person, posted_as_name="")
    figures = _figures(person, questions.count(), answers)
    if not any(figures.values()) and person != request.user:
        raise Http404
    if person.nickname != nickname:
        return redirect("forum:person_detail", person.nickname)
    context = {
        "person": person,
        "figures": figures,
        "questions": questions.listed().order_by("-created_at")[:LATEST],
        "answers": answers.select_related("question__topic").order_by("-created_at")[:LATEST],
    }
    return render(request, "forum/person_detail.html", context)


def _figures(person: User, questions: int, answers: Any) -> dict[str, int]:
    """Counts of what is public; no points, no place in any list."""
    accepted = Exists(Acceptance.objects.current().filter(answer=OuterRef("pk")).values("pk"))
    figures = answers.aggregate(
        answers=Count("pk"), accepted=Count("pk", filter=Q(accepted)), helpful=Sum("helpful_count", default=0)
    )
    if not (questions or figures["answers"]):
        figures["comments"] = Comment.objects.public().filter(author=person, posted_as_name="").count()
    return {"questions": questions, **figures}
