"""Ask, edit, close and steer a question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import notifications
from forum.actions.counters import recount, recount_demand
from forum.actions.duplicates import hold_joined, link, unlink
from forum.actions.revisions import EDITED, record_edit, refuse_overtaken, take_in_hand
from forum.actions.suggestions import keep_suggestions
from forum.actions.threads import hold_threads
from forum.actions.uploads import claim_uploads
from forum.checks import hold_if_doubtful
from forum.models import Answer, Comment, FaqEntry, MeToo, Question, Subscription, Topic, WaitingOn
from forum.promises import promise_from_now
from forum.search.documents import index_question


@transaction.atomic
def ask(
    *,
    author: User,
    topic: Topic,
    title: str,
    text: str,
    language: str,
    unnamed: bool = False,
    shown: Iterable[Question | FaqEntry] = (),
    read: Iterable[str] = (),
) -> Question:
    """Publishes a question, or holds it when a check has doubts; the asker follows it.

    With `unnamed`, everybody but the team reads "A customer" where the asker's nickname would stand. `shown` is what
    was suggested before, and `read` the keys of what the asker has read of it.
    """
    question = Question(topic=topic, language=language)
    question.sign(author, badge=True)
    question.write_title(title)
    question.write(text)
    question.unnamed_at = timezone.now() if unnamed else None
    question.wait_on(WaitingOn.US)
    question.promised_at, question.promised_with = promise_from_now()
    hold_if_doubtful(question, author)
    question.save()
    claim_uploads(post=question, writer=author)
    Subscription.objects.create(question=question, user=author)
    index_question(question)
    keep_suggestions(question=question, shown=shown, read=read)
    return question


@transaction.atomic
def edit_question(
    *,
    question: Question,
    editor: User,
    title: str,
    text: str,
    topic: Topic | None = None,
    reason: str = "",
    unnamed: bool | None = None,
    version: str = "",
) -> Question:
    """Changes the words and keeps the former ones as a revision; words that stay the same make none.

    Who was asked something back may well answer by adding it to the question: that is a reply like any other.
    What a check doubts is held. `version` is that of the question when the form was opened.
    Raises PostRemoved and Overtaken.
    """
    take_in_hand(question)
    refuse_overtaken(question, version, words=f"{title}\n{text}")
    before = question.words
    if (title, text) != (question.title, question.text):
        record_edit(post=question, editor=editor, title=title, text=text, reason=reason)
        question.write_title(title)
        hold_if_doubtful(question, editor, before=before)
        if question.waiting_on == WaitingOn.ASKER:
            note_asker_reply(question=question)
    question.topic = topic or question.topic
    question.save(update_fields=[*EDITED, "title", "slug", "topic"])
    claim_uploads(post=question, writer=editor)
    if unnamed is not None:
        set_unnamed(question=question, on=unnamed)
    index_question(question)
    return question


@transaction.atomic
def set_unnamed(*, question: Question, on: bool) -> None:
    """Hides or shows the asker's nickname, on the question and on all that the asker said under it."""
    # Held until the end: what the asker is writing there at this moment waits, and then asks what holds.
    asked = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if on != (asked.unnamed_at is not None):
        asked.unnamed_at = timezone.now() if on else None
        asked.save(update_fields=["unnamed_at"])
        for said in (Answer.objects.of_thread(asked.pk), Comment.objects.of_thread(asked.pk)):
            said.filter(author=asked.author_id).update(unnamed_at=asked.unnamed_at)
    question.unnamed_at = asked.unnamed_at


def unnamed_since(question: Question, author: User) -> datetime | None:
    """Since when this author is "a customer" in the thread; None for all but an asker who wants to be."""
    if author.pk != question.author_id:
        return None
    return Question.objects.select_for_update(no_key=True).get(pk=question.pk).unnamed_at


@transaction.atomic
def set_metoo(*, question: Question, user: User, on: bool) -> None:
    """I have this too: counted once a person, who then hears of the answer; also for the question that this repeats."""
    hold_threads(question.pk, question.duplicate_of_id)
    if on:
        MeToo.objects.get_or_create(question=question, user=user)
        Subscription.objects.get_or_create(question=question, user=user)
    else:
        MeToo.objects.filter(question=question, user=user).delete()
    recount(question)
    if question.duplicate_of_id:
        recount_demand([question.duplicate_of_id])


@transaction.atomic
def set_subscription(*, question: Question, user: User, on: bool) -> None:
    if on:
        Subscription.objects.get_or_create(question=question, user=user)
    else:
        Subscription.objects.filter(question=question, user=user).delete()


@transaction.atomic
def steer(*, question: Question, waiting_on: str) -> None:
    """A new wait for us is a new promise."""
    question.wait_on(waiting_on)
    if waiting_on == WaitingOn.US:
        question.promised_at, question.promised_with = promise_from_now()
    question.save(update_fields=["waiting_on", "waiting_since", "asker_replied_at", "promised_at", "promised_with"])


@transaction.atomic
def say_whose_turn(*, question: Question, waiting_on: str) -> None:
    """Staff say whose turn it is without answering, which puts off no reply that was promised."""
    is_owed = question.awaits_staff or question.first_staff_answer_at is None
    kept = (question.promised_at, question.promised_with) if is_owed and question.promised_at else None
    steer(question=question, waiting_on=waiting_on)
    if kept:
        question.promised_at, question.promised_with = kept
        question.save(update_fields=["promised_at", "promised_with"])


@transaction.atomic
def note_asker_reply(*, question: Question) -> None:
    """The asker wrote again: the question stands on the Desk until staff say otherwise."""
    # Asked of the database, not of the row at hand: staff may settle it while the asker is still writing.
    off_the_desk = Question.objects.filter(pk=question.pk, asker_replied_at=None).exclude(waiting_on=WaitingOn.US)
    replied_at, promise = timezone.now(), promise_from_now()
    if off_the_desk.update(asker_replied_at=replied_at, **promise._asdict()):
        question.asker_replied_at = replied_at
        question.promised_at, question.promised_with = promise


@transaction.atomic
def close_question(*, question: Question, by: User, reason: str, duplicate_of: Question | None = None) -> None:
    """No more answers, for a reason that everybody can read; never a way to make criticism vanish.

    The same once more, by a second click, changes nothing and is told to nobody. Raises CanNotJoin.
    """
    hold_joined(question, duplicate_of)
    _take_in_hand(question)
    if question.is_closed and (question.closed_reason, question.duplicate_of) == (reason, duplicate_of):
        return
    question.closed_at, question.closed_by, question.closed_by_name = timezone.now(), by, by.public_name
    question.closed_reason = reason
    question.save(update_fields=["closed_at", "closed_by", "closed_by_name", "closed_reason"])
    if duplicate_of and question.duplicate_of != duplicate_of:
        # Its letter says that as well.
        link(question=question, original=duplicate_of, by=by, reason=reason)
        index_question(question)
        return
    if duplicate_of is None:
        unlink(question=question, by=by, reason=reason)
    index_question(question)
    notifications.tell_of_closing(question, by)


@transaction.atomic
def reopen_question(*, question: Question, by: User | None = None, reason: str = "") -> None:
    """Takes answers again. What is open keeps its promise: opening it is no way to put that off.

    What was asked before is asked anew with it.
    """
    unlink(question=question, by=by, reason=reason)
    _take_in_hand(question)
    if not question.is_closed:
        return
    question.closed_at, question.closed_by, question.closed_by_name = None, None, ""
    question.closed_reason = ""
    if question.awaits_staff:
        # The promise from before was ended by the closing; a new wait is a new promise.
        question.promised_at, question.promised_with = promise_from_now()
    question.save(
        update_fields=["closed_at", "closed_by", "closed_by_name", "closed_reason", "promised_at", "promised_with"]
    )
    index_question(question)


def _take_in_hand(question: Question) -> None:
    """Whether it is closed now; until the end of the transaction nobody else closes or opens it."""
    rows = Question.objects.select_for_update(no_key=True)
    question.refresh_from_db(fields=["closed_at", "closed_reason", "duplicate_of"], from_queryset=rows)
