"""Read: the list of questions, and one question with everything public about it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.forms.answers import AnswerForm, answer_form_for
from forum.kept_pages import counted_as_read, kept_for_visitors
from forum.markdown import excerpt
from forum.models import Draft, Question, Topic
from forum.paging import ORDERS, keyset_page
from forum.permissions import can_answer, is_asker, is_staff
from forum.readings import note_reading
from forum.requests import SiteRequest
from forum.threads import load_thread
from forum.views.sheet import Sheet, sheet_for
from forum.views.writing import form_for


@require_safe
@kept_for_visitors
def question_list(request: SiteRequest) -> HttpResponse:
    topics = list(Topic.objects.visible_to(request.user).taking_questions())
    topic = _chosen_topic(request, topics)
    state, sort = request.GET.get("state", ""), request.GET.get("sort", "")
    questions = Question.objects.public().listed().in_state(state)
    if topic:
        questions = questions.filter(topic=topic)
    context = {
        "page": keyset_page(questions, order=sort, after=request.GET.get("after", "")),
        "topics": topics,
        "topic": topic,
        "states": _states(),
        "state": state if state in _states() else "",
        "sorts": _sorts(),
        "sort": sort if sort in ORDERS else "activity",
    }
    return render(request, "forum/question_list.html", context)


@require_safe
@kept_for_visitors
def question_detail(request: SiteRequest, public_id: str, slug: str = "") -> HttpResponse:
    visible = Question.objects.visible_to(request.user).with_author().select_related("topic")
    visible = visible.with_duplicate_for(request.user).with_marks_of(request.user)
    visible = visible.with_faq_entries().with_doors().with_repeats()
    if request.user.is_authenticated:
        visible = visible.annotate(**Draft.objects.visible_to(request.user).on("question_answer", public_id).beside())
    if is_staff(request.user):
        visible = visible.with_team_room(request.user)
    question = visible.with_private_channel().filter(public_id=public_id).first()
    if question is None:
        return _question_gone(request, public_id)
    if question.merged_into:
        # Without its words: the other question may be hidden.
        return _for_now(redirect("forum:question_detail", question.merged_into.public_id, permanent=True))
    if slug != question.slug:
        return _to_canonical(question)
    form, sheet = _answer_form(request, question)
    context = {
        "question": question,
        "thread": load_thread(question, request.user),
        "description": excerpt(question.text, 160),
        "mine": is_asker(request.user, question),
        "form": form,
        "sheet": sheet,
    }
    note_reading(request, question)
    response = render(request, "forum/question_detail.html", context)
    if question.topic.discreet:
        response["Cache-Control"] = "private, no-store"
        return response
    return counted_as_read(response, question.pk)


def _answer_form(request: SiteRequest, question: Question) -> tuple[AnswerForm | None, Sheet | None]:
    """With the draft of the answer, if there is one."""
    if not can_answer(request.user, question):
        return None, None
    if is_asker(request.user, question):
        return answer_form_for(request.user)(), None
    sheet = sheet_for(request, "question_answer", question.public_id, beside=question)
    return form_for(request, answer_form_for(request.user), sheet=sheet), sheet


def _question_gone(request: SiteRequest, public_id: str) -> HttpResponse:
    """410 with the reason where a decision removed the question, else 404 whatever else it may be.

    The 404 says so when a question that everybody knew is reviewed after an edit: it did not vanish.
    """
    removed = Question.objects.removed().filter(public_id=public_id).first()
    if removed:
        return render(request, "forum/question_gone.html", {"post": removed}, status=410)
    reviewed = Question.objects.held().filter(public_id=public_id, held_edit=True).first()
    if reviewed is None:
        raise Http404
    return render(request, "forum/question_gone.html", {"post": reviewed}, status=404)


def _to_canonical(question: Question) -> HttpResponse:
    return _for_now(redirect(question, permanent=True))


def _for_now(response: HttpResponse) -> HttpResponse:
    """Titles are changed back and questions taken apart: a browser that kept it for ever would run in a circle."""
    response["Cache-Control"] = "no-cache"
    return response


def _chosen_topic(request: SiteRequest, topics: list[Topic]) -> Topic | None:
    slug = request.GET.get("topic", "")
    topic = next((topic for topic in topics if topic.slug == slug), None)
    if slug and not topic:
        raise Http404
    return topic


def _states() -> dict[str, str]:
    return {"": _("All"), "open": _("Open"), "answered": _("Answered by staff"), "accepted": _("Answer accepted")}


def _sorts() -> dict[str, str]:
    return {"activity": _("Latest activity"), "new": _("Newest"), "wanted": _("Most wanted")}
