"""What stands on a question's page, read in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language

from forum.middleware import written_language
from forum.models import Answer, Comment, Door, FaqEntry, InternalNote, Question, Suggestion
from forum.rows_beside import rows_of

if TYPE_CHECKING:
    from forum.querysets import Viewer


class AnswerInThread(NamedTuple):
    answer: Answer
    comments: list[Comment]


@dataclass
class Thread:
    question: Question
    comments: list[Comment] = field(default_factory=list)
    accepted: list[AnswerInThread] = field(default_factory=list)
    others: list[AnswerInThread] = field(default_factory=list)
    faq_entries: list[FaqEntry] = field(default_factory=list)
    # Where it leads into private, and what the asker is asked about that.
    doors: list[Door] = field(default_factory=list)
    # What was asked again and leads here.
    repeats: list[Question] = field(default_factory=list)
    # For the team alone.
    suggestions: list[Suggestion] = field(default_factory=list)
    notes: list[InternalNote] = field(default_factory=list)


def load_thread(question: Question, reader: Viewer) -> Thread:
    """The thread as this person may read it: accepted answers apart, all else in order of time.

    `question` comes from `visible_to(reader).with_faq_entries().with_doors().with_repeats()`, for the team also
    `with_team_room(reader)`.
    """
    thread = Thread(question, faq_entries=_faq_entries(question))
    # What `with_faq_mark()` would ask once more: one of its statuses.
    question.in_faq = bool(thread.faq_entries)  # type: ignore[attr-defined]
    below = _comments(question, reader)
    thread.comments = below[None]
    for answer in _answers(question, reader):
        place = thread.accepted if answer.current_acceptance else thread.others  # type: ignore[attr-defined]
        place.append(AnswerInThread(answer, below[answer.pk]))
    if question.has_door:  # type: ignore[attr-defined]
        doors = Door.objects.visible_to(reader).beside(question.pk)
        thread.doors = list(doors.select_related("conversation"))
    if question.has_repeats:  # type: ignore[attr-defined]
        repeats = Question.objects.visible_to(reader).repeating(question.pk)
        thread.repeats = list(repeats.with_author().select_related("topic"))
    if reader.is_authenticated and reader.is_staff:
        suggestions: list[Suggestion] = rows_of(Suggestion, question.suggestions_beside)  # type: ignore[attr-defined]
        notes: list[InternalNote] = rows_of(InternalNote, question.notes_beside)  # type: ignore[attr-defined]
        thread.suggestions = sorted(suggestions, key=lambda one: one.pk)
        thread.notes = sorted(notes, key=lambda note: (note.created_at, note.pk))
    return thread


def _faq_entries(question: Question) -> list[FaqEntry]:
    """In the reader's language; where there are none, in whatever language there are some."""
    found: list[FaqEntry] = rows_of(FaqEntry, question.entries_beside)  # type: ignore[attr-defined]
    entries = sorted(found, key=lambda entry: (entry.topic.position, entry.position, entry.pk))
    language = written_language(get_language() or "")
    return [entry for entry in entries if entry.language == language] or entries


def _answers(question: Question, reader: Viewer) -> list[Answer]:
    answers = Answer.objects.of_thread(question.pk).with_author().with_acceptance().with_marks_of(reader)
    found = answers.in_thread_for(reader)
    for answer in found:
        # The predicates ask an answer for its question; without this each would fetch it again.
        answer.question = question
        # Where a joined row is missing, Django sets nothing.
        accepted: Any = getattr(answer, "acceptance", None)
        answer.current_acceptance = [accepted] if accepted else []  # type: ignore[attr-defined]
        if accepted:
            accepted.answer = answer
    return found


def _comments(question: Question, reader: Viewer) -> defaultdict[int | None, list[Comment]]:
    """By the answer they stand under; those under the question itself by None."""
    below: defaultdict[int | None, list[Comment]] = defaultdict(list)
    for comment in Comment.objects.of_thread(question.pk).with_author().in_thread_for(reader):
        below[comment.answer_id].append(comment)
    return below
