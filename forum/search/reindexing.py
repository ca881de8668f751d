"""All documents anew, while the site is used: batch by batch, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from forum.models import FaqDocument, FaqEntry, Question, QuestionDocument, SearchWord
from forum.search.documents import index_entries, index_questions
from forum.search.vocabulary import recount

BATCH = 500  # rows

Progress = Callable[[int], object]


def index_all(progress: Progress = lambda _rows: None) -> None:
    """Whoever writes in the meantime writes the same documents: neither overtakes the other."""
    for model, index in ((FaqEntry, index_entries), (Question, index_questions)):
        for keys in _batches(model._base_manager.values_list("pk", flat=True)):
            index(keys)
            progress(len(keys))
    _remove_orphans(QuestionDocument, Question, index_questions)
    _remove_orphans(FaqDocument, FaqEntry, index_entries)
    recount(all_built=True)


def index_imported(questions: Iterable[int]) -> None:
    """Questions that came in bulk, by their keys; then the words weigh what they weigh now."""
    batch: list[int] = []
    for key in questions:
        batch.append(key)
        if len(batch) == BATCH:
            index_questions(batch)
            batch = []
    index_questions(batch)
    recount()


def is_due() -> bool:
    """Whether what was written before there was an index still waits for its documents."""
    return SearchWord.objects.filter(stem=SearchWord.ALL, documents=SearchWord.NOT_BUILT).exists()


def _batches(keys: Any) -> Iterator[list[int]]:
    after = 0
    while batch := list(keys.filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield batch
        after = batch[-1]


def _remove_orphans(model: Any, owner: Any, index: Callable[[list[int]], None]) -> None:
    """Documents of what a release deleted that did not know them."""
    orphans = model.objects.filter(~Exists(owner._base_manager.filter(pk=OuterRef("pk"))))
    while batch := list(orphans.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        index(batch)
