"""Answer, comment, accept and find helpful."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.actions.counters import recount, recount_helpful
from forum.actions.faq_drift import note_drift
from forum.actions.questions import note_asker_reply, steer, unnamed_since
from forum.actions.revisions import EDITED, PostRemoved, record_edit, refuse_overtaken, take_in_hand
from forum.actions.threads import hold_thread
from forum.actions.uploads import claim_uploads
from forum.checks import hold_if_doubtful
from forum.models import Acceptance, Answer, Comment, Helpful, Question, RecheckReason, WaitingOn
from forum.search.documents import index_question


@transaction.atomic
def answer_question(*, question: Question, author: User, text: str, waiting_on: str = WaitingOn.NOBODY) -> Answer:
    """Adds an answer. Staff say with `waiting_on` whether it settles the matter; others leave that as it is.

    Raises PostRemoved where the question was merged meanwhile: nobody would find it there.
    """
    _refuse_merged(question)
    answer = Answer(question=question)
    answer.sign(author, badge=True)
    answer.unnamed_at = unnamed_since(question, author)
    answer.write(text)
    hold_if_doubtful(answer, author)
    answer.save()
    claim_uploads(post=answer, writer=author)
    if author.is_staff:
        steer(question=question, waiting_on=waiting_on)
    elif author.pk == question.author_id:
        note_asker_reply(question=question)
    if not answer.is_held:
        announce_answer(answer=answer)
    return answer


def _refuse_merged(question: Question) -> None:
    """Held until the end: who merges it at this moment waits, and takes along what is written here."""
    hold_thread(question)
    if Question._base_manager.filter(pk=question.pk).exclude(merged_into=None).exists():
        raise PostRemoved


@transaction.atomic
def announce_answer(*, answer: Answer) -> None:
    """What follows once an answer is public: counters, place in lists, mail to those who follow."""
    _touch(answer.question)
    recount(answer.question)
    index_question(answer.question)
    notifications.tell_of_answer(answer)


@transaction.atomic
def edit_answer(*, answer: Answer, editor: User, text: str, reason: str = "", version: str = "") -> Answer:
    """Changes the words, and holds them when a check has doubts. Raises PostRemoved and Overtaken.

    `version` is that of the answer when the form was opened. What was accepted stays accepted, and the page says that
    it was changed since.
    """
    take_in_hand(answer)
    refuse_overtaken(answer, version, words=text)
    before = answer.words
    if text != before:
        record_edit(post=answer, editor=editor, text=text, reason=reason)
        hold_if_doubtful(answer, editor, before=before)
        answer.save(update_fields=EDITED)
        claim_uploads(post=answer, writer=editor)
        note_drift(posts=[answer], reason=RecheckReason.EDITED)
        if answer.is_held:
            recount(answer.question)
        index_question(answer.question)
    return answer


@transaction.atomic
def comment_on(*, target: Question | Answer, author: User, text: str) -> Comment:
    """Adds a comment under a question or an answer. Raises PostRemoved where the question was merged meanwhile."""
    if isinstance(target, Question):
        _refuse_merged(target)
    comment = Comment(question=target) if isinstance(target, Question) else Comment(answer=target)
    comment.sign(author, badge=True)
    comment.unnamed_at = unnamed_since(comment.thread, author)
    comment.write(text)
    hold_if_doubtful(comment, author)
    comment.save()
    claim_uploads(post=comment, writer=author)
    if author.pk == comment.thread.author_id:
        note_asker_reply(question=comment.thread)
    if not comment.is_held:
        announce_comment(comment=comment)
    return comment


@transaction.atomic
def announce_comment(*, comment: Comment) -> None:
    _touch(comment.thread)
    notifications.tell_of_comment(comment)


@transaction.atomic
def edit_comment(*, comment: Comment, editor: User, text: str, reason: str = "", version: str = "") -> Comment:
    """Changes the words, and holds them when a check has doubts. Raises PostRemoved and Overtaken."""
    take_in_hand(comment)
    refuse_overtaken(comment, version, words=text)
    before = comment.words
    if text != before:
        record_edit(post=comment, editor=editor, text=text, reason=reason)
        hold_if_doubtful(comment, editor, before=before)
        comment.save(update_fields=EDITED)
        claim_uploads(post=comment, writer=editor)
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment) -> None:
    """By its author; the text is not shown to anybody any more."""
    comment.deleted_at = timezone.now()
    comment.save(update_fields=["deleted_at"])


@transaction.atomic
def accept_answer(*, answer: Answer, by: User) -> None:
    """The asker or staff say that this settles it; a second click changes nothing, nor does one that comes too late."""
    hold_thread(answer)
    # In our hands until the end: what a moderator takes away at this moment settles nothing.
    if not Answer.objects.public().select_for_update(of=("self",), no_key=True).filter(pk=answer.pk).first():
        return
    try:
        with transaction.atomic():
            Acceptance.objects.create(
                answer=answer, accepted_by=by, accepted_by_name=by.public_name, by_staff=by.is_staff
            )
    except IntegrityError:
        return
    steer(question=answer.question, waiting_on=WaitingOn.NOBODY)
    recount(answer.question)
    index_question(answer.question)
    notifications.tell_of_acceptance(answer, by)


@transaction.atomic
def undo_acceptance(*, answer: Answer, by: User) -> None:
    """Takes an acceptance back; a question that nothing settles any more waits for us again."""
    hold_thread(answer)
    undone = Acceptance.objects.filter(answer=answer, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by, undone_by_name=by.public_name
    )
    if not undone:
        return
    note_drift(posts=[answer], reason=RecheckReason.UNACCEPTED)
    recount(answer.question)
    if not (answer.question.accepted_count or answer.question.awaits_staff):
        steer(question=answer.question, waiting_on=WaitingOn.US)
    index_question(answer.question)


@transaction.atomic
def set_helpful(*, answer: Answer, user: User, on: bool) -> None:
    if on:
        Helpful.objects.get_or_create(answer=answer, user=user)
    else:
        Helpful.objects.filter(answer=answer, user=user).delete()
    recount_helpful(answer)


def _touch(question: Question) -> None:
    question.last_activity_at = timezone.now()
    question.save(update_fields=["last_activity_at"])
