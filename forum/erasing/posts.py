"""What somebody wrote in public: kept without the name, or removed. What was said for the company stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Erasure
from forum.actions.counters import recount_all, recount_demand
from forum.actions.faq_drift import note_drift_of
from forum.actions.questions import steer
from forum.markdown import render
from forum.middleware import mail_language
from forum.models import (
    Acceptance,
    Answer,
    Comment,
    InternalNote,
    Message,
    Question,
    RecheckReason,
    Revision,
    Suggestion,
    WaitingOn,
)
from forum.models.identifiers import slug_of
from forum.search.documents import index_questions, remove_questions

BATCH = 40  # rows
_POSTS: tuple[Any, ...] = (Comment, Answer, Question)


def note_threads(erasure: Erasure) -> bool:
    """Remembers where this person took part, before nothing says so any more: there their bare name means them."""
    who = erasure.account_id
    own = Question.objects.filter(author=who).values_list("pk", flat=True)
    answered = Answer.objects.filter(author=who).values_list("question_id", flat=True)
    said = Comment.objects.filter(author=who).values_list("question_id", "answer__question_id")
    threads = {*own, *answered, *(pk for pair in said for pk in pair if pk)}
    erasure.note(threads=sorted(threads))
    return True


def erase_badges(erasure: Erasure) -> bool:
    """The name under what was said with the badge; the role stays, so that everybody sees that the team spoke."""
    former = {} if not erasure.keep_name else {"posted_as_name": erasure.nickname}
    for model in (*_POSTS, Message):
        signed = model.objects.filter(author=erasure.account_id, **former)
        signed = signed.exclude(posted_as_name__in=("", erasure.label))
        keys = list(signed.values_list("pk", flat=True)[:BATCH])
        if keys:
            model.objects.filter(pk__in=keys).update(posted_as_name=erasure.label, posted_as_sign_off="")
            return False
    return True


def erase_posts(erasure: Erasure) -> bool:
    """Comments first, so that fewer answers and questions have something below them that is not one's own."""
    for model in _POSTS:
        posts = model.objects.filter(author=erasure.account_id, posted_as_name="")
        if erasure.keep_posts:
            # What its author had deleted already is nobody's to keep.
            posts = posts.exclude(deleted_at=None)
        batch = list(posts.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if batch:
            with transaction.atomic():
                _remove(model, batch)
            return False
    return True


def _remove(model: Any, keys: list[int]) -> None:
    posts = model.objects.filter(pk__in=keys)
    if model is Question:
        _remove_questions(posts)
    elif model is Answer:
        _remove_answers(posts)
    else:
        posts.delete()


def _remove_questions(questions: Any) -> None:
    """Those on which something of others hangs become stubs; that the others wrote is not the asker's to remove."""
    below = Exists(Answer.objects.filter(question=OuterRef("pk"))) | Exists(
        Comment.objects.filter(question=OuterRef("pk"))
    )
    led_here = Exists(Question.objects.filter(Q(merged_into=OuterRef("pk")) | Q(duplicate_of=OuterRef("pk"))))
    note_drift_of(questions=list(questions.values_list("pk", flat=True)), reason=RecheckReason.ERASED)
    kept = dict(questions.filter(below | led_here).values_list("pk", "language"))
    repeated = set(questions.exclude(duplicate_of=None).values_list("duplicate_of", flat=True))
    Revision.objects.filter(question__in=kept).delete()
    Suggestion.objects.filter(question__in=kept).delete()
    # What the team noted was about what stood there.
    InternalNote.objects.filter(question__in=kept).delete()
    for language, keys in _by_language(kept):
        with translation.override(language):
            title, stub = (
                _("Removed question"),
                _stub(_("Whoever asked this has removed it. What others answered stays.")),
            )
        # Nobody is there any more for whom an answer would be due.
        turn = {"waiting_on": WaitingOn.NOBODY, "waiting_since": None, "asker_replied_at": None, "promised_at": None}
        questions.filter(pk__in=keys).update(title=title, slug=slug_of(title), **stub, **turn)
    index_questions(list(kept))
    gone = questions.exclude(pk__in=kept)
    remove_questions(list(gone.values_list("pk", flat=True)))
    gone.delete()
    recount_demand(repeated)


def _remove_answers(answers: Any) -> None:
    note_drift_of(answers=list(answers.values_list("pk", flat=True)), reason=RecheckReason.ERASED)
    commented = Exists(Comment.objects.filter(answer=OuterRef("pk")))
    kept = dict(answers.filter(commented).values_list("pk", "question__language"))
    threads = list(answers.values_list("question_id", flat=True).distinct())
    settled = set(Acceptance.objects.current().filter(answer__in=answers).values_list("answer__question_id", flat=True))
    Acceptance.objects.filter(answer__in=kept).delete()
    Revision.objects.filter(answer__in=kept).delete()
    for language, keys in _by_language(kept):
        with translation.override(language):
            stub = _stub(_("Whoever wrote this has removed it."))
        answers.filter(pk__in=keys).update(**stub)
    answers.exclude(pk__in=kept).delete()
    recount_all(threads)
    for question in Question.objects.filter(pk__in=settled, accepted_count=0):
        if not question.awaits_staff:
            # What settled it is gone: it waits for us, or nobody would look at it again.
            steer(question=question, waiting_on=WaitingOn.US)
    index_questions(threads)


def _by_language(kept: dict[int, str]) -> Iterator[tuple[str, list[int]]]:
    """The posts that become stubs, by the catalogue to speak from."""
    for language in set(kept.values()):
        yield mail_language(language), [key for key, spoken in kept.items() if spoken == language]


def _stub(text: str) -> dict[str, Any]:
    """Without author or a trace of what stood there."""
    post = {
        "author": None,
        "author_name": "",
        "edited_at": None,
        "held_at": None,
        "held_edit": False,
        "held_reason": "",
    }
    return {"text": text, "html": render(text), **post}
