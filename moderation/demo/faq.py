"""The FAQ: published, drafted and retired entries, linked to the questions they came from."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from forum.models import Answer, FaqEntry, FaqFeedback, FaqSource, Question
from moderation.demo.clock import duration
from moderation.demo.records import Record, read
from moderation.demo.stage import Stage


def load_faq(stage: Stage) -> None:
    positions: Counter[str] = Counter()
    for record in read("faq.toml")["entry"]:
        entry = _entry(stage, record, position=positions[record["topic"]])
        positions[record["topic"]] += 1
        for key in record.get("sources", []):
            _source(stage, entry, key)
        _feedback(stage, entry, record)


def _entry(stage: Stage, record: Record, position: int) -> FaqEntry:
    author = stage.people[record["author"]]
    entry = FaqEntry(
        slug=record["slug"],
        language=record.get("language", "de"),
        topic=stage.topics[record["topic"]],
        title=record["title"],
        position=position,
        author=author,
        author_name=author.public_name,
    )
    entry.write(record["text"].strip())
    entry.published_at, entry.retired_at = _when(stage, record, "published"), _when(stage, record, "retired")
    entry.created_at = entry.published_at or _when(stage, record, "created") or stage.clock.now
    if entry.published_at:
        entry.checked_at = _when(stage, record, "checked") or entry.published_at
        entry.checked_by, entry.checked_by_name = author, author.public_name
    if "review_due" in record:
        entry.review_due_on = (stage.clock.now - duration(record["review_due"])).date()
    if "translation_of" in record:
        entry.translation_of = FaqEntry.objects.get(slug=record["translation_of"])
    entry.full_clean()
    entry.save()
    return entry


def _when(stage: Stage, record: Record, fact: str) -> datetime | None:
    if fact not in record:
        return None
    return stage.clock.moment(stage.people[record["author"]], stage.clock.ago(record[fact]))


def _source(stage: Stage, entry: FaqEntry, key: str) -> None:
    question = stage.posts[key]
    assert isinstance(question, Question), key  # noqa: S101
    FaqSource.objects.create(
        entry=entry,
        question=question,
        answer=_best_answer(question),
        added_by=entry.author,
        added_at=max(entry.created_at, question.closed_at or question.created_at),
        # Long ago: the letters of a demonstration are those that somebody sets off in it.
        told_at=entry.published_at,
    )


def _feedback(stage: Stage, entry: FaqEntry, record: Record) -> None:
    """Of nobody known; some were helped, some say what is missing."""
    said = [(True, "")] * record.get("helpful", 0) + [(False, text) for text in record.get("missing", [])]
    FaqFeedback.objects.bulk_create(
        FaqFeedback(entry=entry, is_helpful=is_helpful, text=text, created_at=stage.clock.now)
        for is_helpful, text in said
    )


def _best_answer(question: Question) -> Answer | None:
    answers = Answer.objects.public().filter(question=question).order_by("created_at")
    accepted = answers.filter(acceptances__undone_at=None, acceptances__isnull=False)
    return accepted.exclude(posted_as_name="").first() or accepted.first() or answers.first()
