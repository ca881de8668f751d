"""The versions of a post, newest first, each with what it changed."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forum.diff import Line, as_written, compare
from forum.models import Answer, Comment, FaqEntry, FaqRevision, Post, Question, Revision
from forum.permissions import can_write
from forum.requests import SignedInRequest, SiteRequest
from forum.views.staff import staff_required

VERSIONS_A_PAGE = 5


class Version(NamedTuple):
    revision: Revision | FaqRevision
    title: list[Line]
    text: list[Line]
    is_newest: bool = False
    """What stands there today."""


class History(NamedTuple):
    versions: list[Version]
    older: int | None
    """The number below which the next page begins."""


@require_safe
def question_history(request: SiteRequest, public_id: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.user).with_author(), public_id=public_id)
    context = {"question": question, "post": question, **_history(request, question)}
    return render(request, "forum/question_history.html", context)


@require_safe
def answer_history(request: SiteRequest, public_id: str) -> HttpResponse:
    visible = Answer.objects.visible_to(request.user).with_author().select_related("question")
    answer = get_object_or_404(visible, public_id=public_id)
    context = {"question": answer.question, "post": answer, **_history(request, answer)}
    return render(request, "forum/answer_history.html", context)


@require_safe
def comment_history(request: SiteRequest, public_id: str) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).with_author().select_related("question", "answer__question")
    comment = get_object_or_404(visible, public_id=public_id)
    context = {"question": comment.thread, "post": comment, **_history(request, comment)}
    return render(request, "forum/comment_history.html", context)


@require_safe
@staff_required
def faq_history(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(FaqEntry.objects.visible_to(request.user), pk=pk)
    revisions = FaqRevision.objects.visible_to(request.user).filter(entry=entry)
    context = {"question": entry, "post": entry, "history": _pages(request, revisions, "entry", entry)}
    return render(request, "forum/faq_history.html", context)


def _history(request: SiteRequest, post: Post) -> dict[str, Any]:
    revisions = Revision.objects.visible_to(request.user).filter(**{post.kind: post})
    moderates = request.user.is_authenticated and request.user.is_moderator and can_write(request.user)
    return {"history": _pages(request, revisions, post.kind, post), "moderates": moderates}


def _pages(request: SiteRequest, revisions: QuerySet[Any], kind: str, post: Post | FaqEntry) -> History:
    revisions = revisions.order_by("-number")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 10:
        revisions = revisions.filter(number__lt=int(before))
    # One more than is shown, for the last one to be compared with.
    found = list(revisions[: VERSIONS_A_PAGE + 1])
    for revision in found:
        # Who is named depends on the post; without this each version would fetch it again.
        setattr(revision, kind, post)
    shown = found[:VERSIONS_A_PAGE]
    versions = [_version(new, old) for new, old in zip(shown, [*found[1:], None], strict=False)]
    if versions and not before:
        versions[0] = versions[0]._replace(is_newest=True)
    return History(versions, shown[-1].number if len(found) > VERSIONS_A_PAGE else None)


def _version(new: Revision | FaqRevision, old: Revision | FaqRevision | None) -> Version:
    if old is None:
        return Version(new, as_written(new.title), as_written(new.text))
    return Version(new, compare(old.title, new.title), compare(old.text, new.text))
