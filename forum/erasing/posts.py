"""What somebody wrote in public: kept without the name, or removed. What was said for the company stays."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Erasure
from forum.actions.counters import recount
from forum.actions.questions import steer
from forum.middleware import mail_language
from forum.models import Acceptance, Answer, Comment, Message, Question, Revision, WaitingOn

BATCH = 100  # rows
_POSTS: tuple[Any, ...] = (Comment, Answer, Question)
_EMPTIED = ["text", "html", "author", "author_name", "edited_at", "held_reason"]
_TURN = ["waiting_on", "waiting_since", "asker_replied_at", "promised_at"]


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
    below = Q(Exists(Answer.objects.filter(question=OuterRef("pk")))) | Q(
        Exists(Comment.objects.filter(question=OuterRef("pk")))
    )
    led_here = Exists(Question.objects.filter(Q(merged_into=OuterRef("pk")) | Q(duplicate_of=OuterRef("pk"))))
    kept = set(questions.filter(below | Q(led_here)).values_list("pk", flat=True))
    for question in questions.filter(pk__in=kept):
        with translation.override(mail_language(question.language)):
            question.write_title(_("Removed question"))
            _empty(question, _("Whoever asked this has removed it. What others answered stays."))
        question.waiting_on, question.waiting_since, question.asker_replied_at = WaitingOn.NOBODY, None, None
        question.promised_at = None
        question.save(update_fields=[*_EMPTIED, "title", "slug", *_TURN])
    questions.exclude(pk__in=kept).delete()


def _remove_answers(answers: Any) -> None:
    kept = set(answers.filter(Exists(Comment.objects.filter(answer=OuterRef("pk")))).values_list("pk", flat=True))
    threads = set(answers.values_list("question_id", flat=True))
    settled = set(Acceptance.objects.current().filter(answer__in=answers).values_list("answer__question_id", flat=True))
    Acceptance.objects.filter(answer__in=kept).delete()
    for answer in answers.filter(pk__in=kept).select_related("question"):
        with translation.override(mail_language(answer.question.language)):
            _empty(answer, _("Whoever wrote this has removed it."))
        answer.save(update_fields=_EMPTIED)
    answers.exclude(pk__in=kept).delete()
    for question in Question.objects.filter(pk__in=threads):
        recount(question)
        if question.pk in settled and not (question.accepted_count or question.awaits_staff):
            # What settled it is gone: it waits for us, or nobody would look at it again.
            steer(question=question, waiting_on=WaitingOn.US)


def _empty(post: Any, text: str) -> None:
    """A stub without author, former versions or a trace of what it said. Does not save."""
    Revision.objects.filter(**{post.kind: post}).delete()
    post.write(text)
    post.author, post.author_name, post.edited_at, post.held_reason = None, "", None, ""
