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
from forum.actions.threads import hold_page, thread_of
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
from forum.search.documents import index_questions
from forum.search.tables import let_go


@dataclass(frozen=True)
class Removed:
    """What a removal took: the original of the post it began at, and every post that is changed by it."""

    original: str
    posts: list[Post]


@transaction.atomic
def remove_words(*, post: Post, by: User, words: Iterable[str] = (), whole: bool = False) -> Removed:
    """Takes the words out of the post and of all that hangs on its page; with `whole` all that the post says.

    On one page stand a question and those that were merged into it. All of them are held until the end: who edits or
    quotes at this moment waits, and then reads what is left.
    """
    page, language = hold_page(post), thread_of(post).language
    list(_posts(page))
    post.refresh_from_db()
    original = post.words if isinstance(post, Question) else post.text
    gone = [*words, *([post.text] if whole else [])]
    pictures = list(Upload.objects.filter(_on_page(page)).values_list("pk", flat=True))
    if whole:
        _empty(post, language)
    replace = _replacer(gone, language)
    changed = [row for row in _posts(page) if _changes(row, replace) or (whole and row == post)]
    for rows in _rows(page, pictures):
        _replace_in(rows, replace)
    _replace_in_drafts(page, replace)
    _replace_in_offers(page, replace)
    for row in changed:
        _mark(row, by)
    note_drift(posts=[row for row in changed if isinstance(row, Answer)], reason=RecheckReason.EDITED)
    index_questions(page)
    let_go(connection)
    # Files go last: should this not come to pass, they are still there.
    transaction.on_commit(partial(_delete_unseen, pictures), robust=True)
    return Removed(original, changed)


def _delete_unseen(pictures: list[int]) -> None:
    """Those that no text shows any more."""
    for key in Upload.objects.filter(pk__in=pictures).shown_nowhere().values_list("pk", flat=True):
        delete_upload(key)


def thread_addresses(post: Post) -> list[tuple[str, str]]:
    """Kind and public id of everything on its page, by which others refer to it."""
    return [(row.kind, row.public_id) for row in _posts(hold_page(post))]


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


def _posts(page: list[int]) -> Iterator[Any]:
    """Everything on the page, held until the end: who edits one of them reads what is left, or comes first."""
    yield from Question._base_manager.filter(pk__in=page).order_by("pk").select_for_update(no_key=True)
    held: dict[str, Any] = {"no_key": True, "of": ("self",)}
    yield from Answer.objects.filter(question__in=page).select_related("question").select_for_update(**held)
    comments = Comment.objects.of_threads(page).select_related("question", "answer__question")
    yield from comments.select_for_update(**held)


def _rows(page: list[int], pictures: list[int]) -> Iterator[Iterable[Any]]:
    """All that hangs on the page in clear. Private rooms and the notes in them are sealed, and stay as they are."""
    yield from (_posts(page), _versions(page), _notes(page), _reasons(page))
    entries = _entries(page)
    yield FaqRevision.objects.filter(entry__in=entries.values("pk"))
    yield FaqFeedback.objects.filter(entry__in=entries.values("pk"))
    yield from (entries, _pictures(pictures))


def _on_page(page: list[int]) -> Q:
    return (
        Q(question__in=page) | Q(answer__question__in=page) | Q(comment__question__in=page)
        | Q(comment__answer__question__in=page) | Q(entry__sources__question__in=page)
        | Q(entry__former_sources__question__in=page)
    )  # fmt: skip


def _versions(page: list[int]) -> Iterable[Revision]:
    return Revision.objects.filter(
        Q(question__in=page) | Q(answer__question__in=page) | Q(comment__question__in=page)
        | Q(comment__answer__question__in=page)
    )  # fmt: skip


def _notes(page: list[int]) -> Iterable[InternalNote]:
    return InternalNote.objects.filter(question__in=page)


def _reasons(page: list[int]) -> Iterable[Repetition]:
    return Repetition.objects.filter(Q(question__in=page) | Q(original__in=page))


def _pictures(keys: list[int]) -> Iterable[Upload]:
    return Upload.objects.filter(pk__in=keys)


def _entries(page: list[int]) -> QuerySet[FaqEntry]:
    """Published or not, also merged since: made of the page, or of a private room that began at it."""
    rooms = _rooms(page).values("pk")
    sources = FaqSource.objects.filter(Q(question__in=page) | Q(consent__conversation__in=rooms))
    return FaqEntry.objects.filter(Q(pk__in=sources.values("entry")) | Q(pk__in=sources.values("first_entry")))


def _rooms(page: list[int]) -> QuerySet[Conversation]:
    return Conversation.objects.filter(Q(origin_question__in=page) | Q(door__question__in=page))


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


def _replace_in_drafts(page: list[int], replace: Callable[[str], str]) -> None:
    """What somebody is writing on this page may quote it; sealed, so each is opened."""
    targets = [row.public_id for row in _posts(page)]
    targets += [str(entry.pk) for entry in _entries(page)]
    for draft in Draft.objects.filter(target__in=targets).select_for_update():
        words = draft.legible_words
        left = {name: replace(said) if isinstance(said, str) else said for name, said in words.items()}
        if left != words:
            draft.words, draft.version = left, draft.version + 1
            draft.save(update_fields=["sealed_words", "version"])


def _replace_in_offers(page: list[int], replace: Callable[[str], str]) -> None:
    """What a customer is asked to let us publish; they see the new text before they decide."""
    undecided = PublicDraft.objects.undecided().filter(conversation__in=_rooms(page).values("pk"))
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
