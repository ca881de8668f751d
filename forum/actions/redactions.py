"""Take personal data out of a thread, for good and at once. Moderation calls this and records its decision.

Every page, list, feed, letter and search reads these rows and keeps nothing of its own, so what is gone from them is
gone everywhere at the next request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.holdings import Holding, holdings
from accounts.mentions import changed_texts, replace_in
from accounts.models import User
from forum.actions.faq import new_address
from forum.actions.faq_drift import note_drift
from forum.actions.threads import thread_of
from forum.actions.uploads import delete_upload
from forum.models import (
    Answer,
    Comment,
    Conversation,
    Draft,
    FaqEntry,
    FaqFeedback,
    FaqRevision,
    FaqSource,
    InternalNote,
    Post,
    PublicDraft,
    PublicWords,
    Question,
    RecheckReason,
    Repetition,
    Revision,
    Upload,
)
from forum.redaction import blacken, stub_in
from forum.search.documents import index_question
from forum.search.tables import let_go


@dataclass(frozen=True)
class Removed:
    """What a removal took: the original of the post it began at, and every post that is changed by it."""

    original: str
    posts: list[Post]


@transaction.atomic
def remove_words(*, post: Post, by: User, words: Iterable[str] = (), whole: bool = False) -> Removed:
    """Takes the words out of the post and of all that hangs on its thread; with `whole` all that the post says.

    The thread is held until the end: who edits or quotes at this moment waits, and then reads what is left.
    """
    question = thread_of(post)
    list(_posts(question))
    post.refresh_from_db()
    original = post.words if isinstance(post, Question) else post.text
    gone = [*words, *([post.text] if whole else [])]
    pictures = list(Upload.objects.filter(_of_thread(question)).values_list("pk", flat=True))
    if whole:
        _empty(post, question.language)
    replace = _replacer(gone, question.language)
    changed = [row for row in _posts(question) if _changes(row, replace) or (whole and row == post)]
    for rows in _rows(question, pictures):
        _replace_in(rows, replace)
    _replace_in_drafts(question, replace)
    _replace_in_offers(question, replace)
    for row in changed:
        _mark(row, by)
    note_drift(posts=[row for row in changed if isinstance(row, Answer)], reason=RecheckReason.EDITED)
    index_question(question)
    let_go(connection)
    # Files go last: should this not come to pass, they are still there.
    transaction.on_commit(partial(_delete_unseen, pictures), robust=True)
    return Removed(original, changed)


def _delete_unseen(pictures: list[int]) -> None:
    """Those that no text shows any more."""
    for key in Upload.objects.filter(pk__in=pictures).shown_nowhere().values_list("pk", flat=True):
        delete_upload(key)


def thread_addresses(post: Post) -> list[tuple[str, str]]:
    """Kind and public id of everything in its thread, by which others refer to it."""
    return [(row.kind, row.public_id) for row in _posts(thread_of(post))]


def replace_words(rows: Iterable[Any], words: Iterable[str], language: str) -> None:
    """For those above: the same in rows of theirs that quote the thread."""
    _replace_in(rows, _replacer(words, language))


def _replacer(words: Iterable[str], language: str) -> Callable[[str], str]:
    gone = list(words)
    return lambda text: blacken(text, gone, language)


def _empty(post: Any, language: str) -> None:
    """The post and all its versions say only that something was removed."""
    stub = stub_in(language)
    post.write(stub)
    fields = {"text": stub, "html": post.html}
    type(post)._base_manager.filter(pk=post.pk).update(**fields)
    Revision.objects.filter(**{post.kind: post}).update(text=stub, hidden_at=timezone.now())


def _posts(question: Question) -> Iterator[Any]:
    """Everything in the thread, held until the end: who edits one of them reads what is left, or comes first."""
    yield Question._base_manager.select_for_update(no_key=True).get(pk=question.pk)
    held: dict[str, Any] = {"no_key": True, "of": ("self",)}
    yield from Answer.objects.of_thread(question.pk).select_related("question").select_for_update(**held)
    comments = Comment.objects.of_thread(question.pk).select_related("question", "answer__question")
    yield from comments.select_for_update(**held)


def _rows(question: Question, pictures: list[int]) -> Iterator[Iterable[Any]]:
    """All that hangs on the thread in clear. Private rooms and the notes in them are sealed, and stay as they are."""
    yield from (_posts(question), _versions(question), _notes(question), _reasons(question))
    entries = _entries(question)
    yield FaqRevision.objects.filter(entry__in=entries.values("pk"))
    yield FaqFeedback.objects.filter(entry__in=entries.values("pk"))
    yield from (entries, _pictures(pictures))


def _of_thread(question: Question) -> Q:
    return (
        Q(question=question) | Q(answer__question=question) | Q(comment__question=question)
        | Q(comment__answer__question=question) | Q(entry__sources__question=question)
        | Q(entry__former_sources__question=question)
    )  # fmt: skip


def _versions(question: Question) -> Iterable[Revision]:
    return Revision.objects.filter(
        Q(question=question) | Q(answer__question=question) | Q(comment__question=question)
        | Q(comment__answer__question=question)
    )  # fmt: skip


def _notes(question: Question) -> Iterable[InternalNote]:
    return InternalNote.objects.filter(question=question)


def _reasons(question: Question) -> Iterable[Repetition]:
    return Repetition.objects.filter(Q(question=question) | Q(original=question))


def _pictures(keys: list[int]) -> Iterable[Upload]:
    return Upload.objects.filter(pk__in=keys)


def _entries(question: Question) -> QuerySet[FaqEntry]:
    """Published or not, also merged since: made of the thread, or of a private room that began at it."""
    rooms = _rooms(question).values("pk")
    sources = FaqSource.objects.filter(Q(question=question) | Q(consent__conversation__in=rooms))
    return FaqEntry.objects.filter(Q(pk__in=sources.values("entry")) | Q(pk__in=sources.values("first_entry")))


def _rooms(question: Question) -> QuerySet[Conversation]:
    return Conversation.objects.filter(Q(origin_question=question) | Q(door__question=question))


def _changes(row: Any, replace: Callable[[str], str]) -> bool:
    return bool(changed_texts(row, _holding(row), replace))


def _replace_in(rows: Iterable[Any], replace: Callable[[str], str]) -> None:
    """By what each table declares of its texts (accounts.holdings), with all that follows from them."""
    for row in list(rows):
        holding = _holding(row)
        changed = changed_texts(row, holding, replace)
        if not changed:
            continue
        replace_in(row, holding, replace)
        if isinstance(row, Revision):
            # The difference to its neighbours would say at which place something stood, and how long it was.
            Revision.objects.filter(pk=row.pk, hidden_at=None).update(hidden_at=timezone.now())
        elif isinstance(row, FaqEntry) and "title" in changed:
            FaqEntry.objects.filter(pk=row.pk).update(slug=new_address(row.title, but=row.pk))


def _replace_in_drafts(question: Question, replace: Callable[[str], str]) -> None:
    """What somebody is writing in this thread may quote it; sealed, so each is opened."""
    targets = [row.public_id for row in _posts(question)]
    targets += [str(entry.pk) for entry in _entries(question)]
    for draft in Draft.objects.filter(target__in=targets).select_for_update():
        words = draft.legible_words
        left = {name: replace(said) if isinstance(said, str) else said for name, said in words.items()}
        if left != words:
            draft.words, draft.version = left, draft.version + 1
            draft.save(update_fields=["sealed_words", "version"])


def _replace_in_offers(question: Question, replace: Callable[[str], str]) -> None:
    """What a customer is asked to let us publish; they see the new text before they decide."""
    undecided = PublicDraft.objects.undecided().filter(conversation__in=_rooms(question).values("pk"))
    for draft in undecided.select_related("conversation").select_for_update(of=("self",), no_key=True):
        words = draft.legible_words
        left = PublicWords(*(replace(said) for said in words)) if words else words
        if left and left != words:
            draft.words, draft.version = left, draft.version + 1
            draft.save(update_fields=["sealed_words", "version"])


def _mark(post: Post, by: User) -> None:
    """The trace that everybody reads; and a new version for those who have the former one before them."""
    now = timezone.now()
    type(post)._base_manager.filter(pk=post.pk).update(
        redacted_at=now, redacted_by=by, redacted_by_name=by.public_name, edited_at=now
    )


def _holding(row: Any) -> Holding:
    return next(holding for holding in holdings() if holding.table is type(row))
