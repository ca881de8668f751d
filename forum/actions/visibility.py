"""Hide, restore and release posts. Moderation calls these and records its decision in the same transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import announce_answer, announce_comment
from forum.actions.counters import recount
from forum.actions.faq_drift import note_drift
from forum.actions.questions import steer
from forum.models import Acceptance, Answer, Comment, Post, Question, RecheckReason, Revision, WaitingOn
from forum.search.documents import index_question


@transaction.atomic
def hide_post(*, post: Post, by: User, rule: str, reason: str) -> None:
    """Takes a post from public view; an acceptance of a hidden answer ends with it."""
    post.hide(by=by, rule=rule, reason=reason, at=timezone.now())
    note_drift(posts=[post], reason=RecheckReason.HIDDEN)
    if isinstance(post, Answer):
        settled = Acceptance.objects.filter(answer=post, undone_at=None).update(
            undone_at=timezone.now(), undone_by=by, undone_by_name=by.public_name
        )
        recount(post.question)
        if settled or not post.question.first_staff_answer_at:
            _wait_again_without_answer(post.question)
    _index(post)


def _index(post: Post) -> None:
    """What is not public any more is found by nobody who may not see it; comments are not searched."""
    if isinstance(post, Question):
        index_question(post)
    elif isinstance(post, Answer):
        index_question(post.question)


def _wait_again_without_answer(question: Question) -> None:
    """What settled the question was taken away: it waits for us, or nobody would look at it again."""
    if not (question.accepted_count or question.awaits_staff):
        steer(question=question, waiting_on=WaitingOn.US)


@transaction.atomic
def hide_version(*, version: Revision) -> None:
    """Takes one version out of the history for everybody but moderators; what the post says today stays."""
    version.hidden_at = timezone.now()
    version.save(update_fields=["hidden_at"])


@transaction.atomic
def restore_version(*, version: Revision) -> None:
    version.hidden_at = None
    version.save(update_fields=["hidden_at"])


@transaction.atomic
def restore_post(*, post: Post) -> None:
    """Shows a removed post again; one that was removed before anybody could read it comes out like a new one."""
    if post.was_never_public:
        post.restore()
        release_post(post=post)
        return
    post.restore()
    if isinstance(post, Answer):
        recount(post.question)
    _index(post)


@transaction.atomic
def release_post(*, post: Post) -> None:
    """Publishes a held post and does what publishing would have done, unless that was done before its edit."""
    is_known = post.held_edit
    post.release()
    if isinstance(post, Answer) and is_known:
        recount(post.question)
    elif isinstance(post, Answer):
        announce_answer(answer=post)
    elif isinstance(post, Comment) and not is_known:
        announce_comment(comment=post)
    elif isinstance(post, Question) and post.awaits_staff:
        # Nobody could answer what nobody saw: the promise counts from now.
        steer(question=post, waiting_on=WaitingOn.US)
    _index(post)
