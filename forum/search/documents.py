"""Writes the documents of the search, in the transaction that changes what they are made of.

Whoever changes a title, a text, a topic, a language, who may read it or how it stands calls `index_questions` or
`index_entries` afterwards, as the last thing that is written: whoever writes at the same time waits for the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import transaction

from forum.models import Answer, FaqDocument, FaqEntry, Question, QuestionDocument
from forum.querysets import standing
from forum.search.analyser import stems
from forum.search.blocks import block_token
from forum.search.vocabulary import forget, learn

MOST = 3_000  # different stems of a document; a thread of many thousand words is found by these
READ = (
    "pk", "title", "text", "language", "topic_id", "hidden_at", "held_at", "deleted_at", "merged_into_id",
    "first_staff_answer_at", "accepted_count", "closed_at",
)  # fmt: skip
_WRITTEN = ["head", "tokens"]
PUBLIC, OTHER = "vpublic", "vother"


def index_question(question: Question) -> None:
    index_questions([question.pk])


@transaction.atomic
def index_questions(keys: Sequence[int]) -> None:
    """Brings the documents of these questions to what their threads say now. Deleted ones lose theirs."""
    former = _former(QuestionDocument, keys)
    # Read after the documents are held. All rows, whoever may see them: the tokens say who finds them.
    questions = Question._base_manager.filter(pk__in=keys, deleted_at=None).values(*READ)
    _store(QuestionDocument, former, documents_of(list(questions), _answers(keys)))


def index_new_questions(questions: Iterable[dict[str, Any]], answers: dict[int, list[str]]) -> None:
    """For who has just written them in this transaction, and knows the columns READ and the texts of the answers."""
    _store(QuestionDocument, {}, documents_of(questions, answers))


def index_entry(entry: FaqEntry) -> None:
    index_entries([entry.pk])


@transaction.atomic
def index_entries(keys: Sequence[int]) -> None:
    """The same for FAQ entries; only published ones have a document."""
    former = _former(FaqDocument, keys)
    entries = FaqEntry.objects.public().filter(pk__in=keys)
    rows: list[Any] = list(entries.values("pk", "title", "text", "language", "topic_id"))
    _store(FaqDocument, former, entry_documents_of(rows))


def documents_of(
    questions: Iterable[dict[str, Any]], answers: dict[int, list[str]]
) -> dict[int, tuple[QuestionDocument, dict[str, str]]]:
    """Each question's document, and its stems with the words they come from."""
    made = {}
    # What comes in bulk repeats itself; kept for no longer than this.
    read = cache(stems)
    for row in questions:
        head, words = _stems(row, answers.get(row["pk"], ()), read)
        tokens = " ".join([block_token(row["pk"]), *_facets(row), *(f"x{stem}" for stem in words)])
        made[row["pk"]] = (QuestionDocument(question_id=row["pk"], head=head, tokens=tokens), words)
    return made


def entry_documents_of(entries: Iterable[dict[str, Any]]) -> dict[int, tuple[FaqDocument, dict[str, str]]]:
    made = {}
    for row in entries:
        head, words = _stems(row, (), stems)
        tokens = " ".join([PUBLIC, *_place(row), *(f"x{stem}" for stem in words)])
        made[row["pk"]] = (FaqDocument(entry_id=row["pk"], head=head, tokens=tokens), words)
    return made


def place_tokens(*, topic: int | None, language: str) -> list[str]:
    """By which a search is narrowed: o and the number of the topic, l and the language."""
    return [*([f"o{topic}"] if topic else []), *([f"l{language}"] if language else [])]


def _place(row: dict[str, Any]) -> list[str]:
    return place_tokens(topic=row["topic_id"], language=row["language"])


def _facets(row: dict[str, Any]) -> list[str]:
    stands = not (row["hidden_at"] or row["held_at"] or row["merged_into_id"])
    answered, accepted = row["first_staff_answer_at"], row["accepted_count"]
    states = {
        "sopen": not (answered or accepted or row["closed_at"]),
        "sanswered": bool(answered and not accepted),
        "saccepted": bool(accepted),
    }
    return [PUBLIC if stands else OTHER, *_place(row), *(state for state, holds in states.items() if holds)]


def _stems(
    row: dict[str, Any], answers: Iterable[str], read: Callable[[str, str], dict[str, str]]
) -> tuple[str, dict[str, str]]:
    """The title's stems as they stand in the document, and all of the whole text."""
    head = read(row["title"], row["language"])
    words = dict(head)
    for text in (row["text"], *answers):
        words = read(text, row["language"]) | words
    kept = words if len(words) <= MOST else dict(list(words.items())[-MOST:])
    return " ".join(f"t{stem}" for stem in head), kept


def _answers(keys: Sequence[int]) -> dict[int, list[str]]:
    """Texts that everybody may read, as far as the answer itself goes: of the question its own tokens tell."""
    found: dict[int, list[str]] = {}
    rows = Answer._base_manager.filter(standing(), question__in=keys).order_by("pk")
    for key, text in rows.values_list("question_id", "text"):
        found.setdefault(key, []).append(text)
    return found


def _former(model: Any, keys: Sequence[int]) -> dict[int, Any]:
    """The documents as they are, held until the end of the transaction."""
    return {row.pk: row for row in model.objects.select_for_update().filter(pk__in=keys).order_by("pk")}


def _store(model: Any, former: dict[int, Any], made: dict[int, tuple[Any, dict[str, str]]]) -> None:
    fresh = [made[pk][0] for pk in made if pk not in former]
    changed = [doc for pk, (doc, _words) in made.items() if pk in former and not _is_same(doc, former[pk])]
    gone = [pk for pk in former if pk not in made]
    # Two who index the same old question for the first time write the same.
    model.objects.bulk_create(
        fresh,
        batch_size=500,
        update_conflicts=True,
        unique_fields=[model._meta.pk.name],
        update_fields=_WRITTEN,
    )
    model.objects.bulk_update(changed, _WRITTEN, batch_size=200)
    model.objects.filter(pk__in=gone).delete()
    before = {stem for pk in [*gone, *(doc.pk for doc in changed)] for stem in _words_in(former[pk])}
    now = {stem: word for doc in [*fresh, *changed] for stem, word in made[doc.pk][1].items()}
    learn({stem: word for stem, word in now.items() if stem not in before})
    forget(before - now.keys())


def _is_same(one: Any, other: Any) -> bool:
    return (one.head, one.tokens) == (other.head, other.tokens)


def _words_in(document: Any) -> list[str]:
    return [token[1:] for token in document.tokens.split() if token.startswith("x")]


def remove_questions(keys: Sequence[int]) -> None:
    """Before questions are deleted: with their documents go the words that stand nowhere else."""
    _store(QuestionDocument, _former(QuestionDocument, keys), {})
