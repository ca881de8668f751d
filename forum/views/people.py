"""The people: who answers here, and what a customer has said in public."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import FormerNickname, StaffCard, User, Verification
from accounts.nicknames import nickname_key
from forum.kept_pages import kept_for_visitors
from forum.models import Acceptance, Answer, Comment, Conversation, Question, Topic
from forum.paging import keyset_page
from forum.permissions import can_verify, is_staff
from forum.rows_beside import numbers_beside

if TYPE_CHECKING:
    from forum.querysets import Viewer

LATEST = 10


@require_safe
@kept_for_visitors
def team_list(request: HttpRequest) -> HttpResponse:
    return render(request, "forum/team_list.html", {"cards": StaffCard.objects.serving()})


@require_safe
@kept_for_visitors
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
@kept_for_visitors
def person_detail(request: HttpRequest, nickname: str) -> HttpResponse:
    """What this person said in public under this name. Who never did, or does not want it, is nobody here.

    Except to themselves and to the team. A name that was given up leads its former owner on, and the team.
    """
    person = person_called(nickname, request.user)
    if card := person.serving_card:
        return redirect(card)
    questions, answers = Question.objects.under_the_name_of(person), Answer.objects.under_the_name_of(person)
    figures = _figures(person, questions, answers)
    if not is_found_by(person, request.user, has_said=any(figures.values())):
        raise Http404
    if person.nickname != nickname:
        return redirect("forum:person_detail", person.nickname)
    context = {
        "person": person,
        "figures": figures,
        "questions": questions.listed().order_by("-created_at")[:LATEST] if figures["questions"] else [],
        "answers": answers.select_related("question__topic").order_by("-created_at")[:LATEST],
        "may_verify": can_verify(request.user, person),
        "verification": _verification(person, request.user),
    }
    return render(request, "forum/person_detail.html", context)


def person_called(nickname: str, reader: Viewer) -> User:
    """Who bears the name; for some readers also who bore it. Raises Http404 for nobody."""
    people = User.objects.filter(erased_at=None).select_related("staff_card")
    key = nickname_key(nickname) if nickname.isprintable() else ""
    person = people.filter(nickname_key=key).first() or _known_as(nickname, reader)
    if person is None:
        raise Http404
    return person


def _known_as(nickname: str, reader: Viewer) -> User | None:
    """Who was called so. Nobody else is led on: a name may have been changed to shake somebody off."""
    if not reader.is_authenticated or not nickname.isprintable():
        return None
    former = FormerNickname.objects.named(nickname).select_related("owner__staff_card").first()
    owner: User | None = former.owner if former else None
    return owner if owner and (owner.pk == reader.pk or is_staff(reader)) else None


def is_found_by(person: User, reader: Viewer, *, has_said: bool = False) -> bool:
    """Whether there is a page of this person for this reader; `has_said` saves looking for something they said."""
    if person.pk == reader.pk:
        return True
    if is_staff(reader):
        # Also what stands as "a customer", on a page that is switched off, or between them alone: wherever the team
        # reads a post, it knows who wrote it.
        kinds = (Question, Answer, Comment)
        posts: list[Any] = [kind.objects.visible_to(reader).filter(author=person, posted_as_name="") for kind in kinds]
        posts.append(Conversation.objects.visible_to(reader).served_by(reader).filter(customer=person))
        return has_said or _is_any_there(person, posts)
    return person.has_public_page and (has_said or _has_said(person))


def _has_said(person: User) -> bool:
    kinds = (Question, Answer, Comment)
    return _is_any_there(person, [kind.objects.under_the_name_of(person) for kind in kinds])


def _is_any_there(person: User, lists: list[Any]) -> bool:
    """Whether one of the person's lists has a row, asked in one query."""
    return User.objects.filter(reduce(or_, map(Exists, lists)), pk=person.pk).exists()


def _figures(person: User, questions: Any, answers: Any) -> dict[str, int]:
    """Counts of what is public; no points, no place in any list."""
    accepted = Exists(Acceptance.objects.current().filter(answer=OuterRef("pk")).values("pk"))
    given = numbers_beside(
        answers, answers=Count("pk"), accepted=Count("pk", filter=Q(accepted)), helpful=Sum("helpful_count", default=0)
    )
    asked = numbers_beside(questions, questions=Count("pk"))
    asked_and_given: tuple[dict[str, int], ...] = User.objects.filter(pk=person.pk).values_list(asked, given)[0]
    return {name: number for numbers in asked_and_given for name, number in numbers.items()}


def _verification(person: User, reader: Viewer) -> Verification | None:
    """Who of the team confirmed it, for the team."""
    if not (person.verified_at and is_staff(reader)):
        return None
    return Verification.objects.current().filter(user=person).first()
