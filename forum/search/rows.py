"""What a page of finds shows of questions and of FAQ entries, read in one query: a search asks the database enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BigIntegerField, BooleanField, QuerySet, TextField, Value
from django.db.models.base import Model

from forum.models import FaqEntry, Question, Topic
from forum.search.answers import with_answers

# What both have, what only a question has, and what comes with a question besides its own columns.
_BOTH = ("id", "slug", "title", "html", "language")
_OF_QUESTIONS = (
    "public_id", "created_at", "answer_count", "accepted_count", "waiting_on", "first_staff_answer_at",
    "asker_replied_at", "promised_at", "closed_at", "hidden_at", "held_at", "deleted_at", "duplicate_of_id",
)  # fmt: skip
_BESIDE: dict[str, Value] = {
    "in_faq": Value(False, output_field=BooleanField()),
    "said": Value("", output_field=TextField()),
}
_OF_TOPICS = ("id", "slug", "name", "discreet")

Row = Question | FaqEntry


def columns(questions: Any, entries: Any, *, said_of: Sequence[int]) -> QuerySet[Any, Any]:
    """Two querysets, one of which may be None, as the columns of which `made` makes rows with their topics.

    Other columns than those of a list are not loaded. Questions come with `in_faq`, and with `said`: of those with one
    of the keys what their answers say, of others nothing.
    """
    parts = []
    if questions is not None:
        rows = with_answers(questions.with_faq_mark(), said_of)
        parts.append(_columns(rows, False, [*_OF_QUESTIONS, *_BESIDE]))
    if entries is not None:
        parts.append(_columns(entries, True, [*map(_nothing, _OF_QUESTIONS), *_BESIDE.values()]))
    return parts[0].union(*parts[1:], all=True)


def made(found: Iterable[Sequence[Any]]) -> dict[tuple[bool, int], Row]:
    """By whether it is an entry and by key."""
    topics: dict[Sequence[Any], Model] = {}  # the same few again and again
    return dict(_made(values, topics) for values in found)


def _columns(rows: QuerySet[Any], is_entry: bool, own: Sequence[str | Value]) -> QuerySet[Any, Any]:
    topic = [f"topic__{name}" for name in _OF_TOPICS]
    return rows.order_by().values_list(Value(int(is_entry)), *topic, *_BOTH, *own)


def _nothing(name: str) -> Value:
    """In the place of a column that an entry does not have."""
    field: Any = Question._meta.get_field(name)
    return Value(None, output_field=BigIntegerField() if field.is_relation else field)


def _made(values: Sequence[Any], topics: dict[Sequence[Any], Model]) -> tuple[tuple[bool, int], Row]:
    is_entry, topic, own = bool(values[0]), values[1 : 1 + len(_OF_TOPICS)], values[1 + len(_OF_TOPICS) :]
    row: Any
    if is_entry:
        row = _loaded(FaqEntry, _BOTH, own)
    else:
        names = (*_BOTH, *_OF_QUESTIONS)
        row = _loaded(Question, names, own)
        row.in_faq, row.said = own[len(names) :]
    row.topic = topics.get(topic) or topics.setdefault(topic, _loaded(Topic, _OF_TOPICS, topic))
    return (is_entry, row.pk), row


def _loaded(model: type[Model], names: tuple[str, ...], values: Sequence[Any]) -> Model:
    """As if it had been read with `only()` these."""
    columns, places = _in_order(model, names)
    return model.from_db(DEFAULT_DB_ALIAS, columns, [values[place] for place in places])


@cache
def _in_order(model: type[Model], names: tuple[str, ...]) -> tuple[frozenset[str], list[int]]:
    """The names, and where the value of each stands, in the order of the model's columns."""
    columns = [field.attname for field in model._meta.concrete_fields if field.attname in names]
    return frozenset(columns), [names.index(name) for name in columns]
