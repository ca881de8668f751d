"""Questions, answers and comments, in batches: each batch and the memory of it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from forum.importing.markdown_source import from_html, needs_html
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.stackexchange.dump import has_id, moment
from forum.importing.stackexchange.people import People
from forum.importing.stackexchange.topics import Topics
from forum.importing.stackexchange.workspace import Workspace
from forum.importing.titles import fitting_title
from forum.importing.words import first_faithful, words_of
from forum.importing.xml_rows import Row
from forum.markdown import MAX_LENGTH
from forum.models import Answer, Comment, Post, Question, WaitingOn

BATCH = 200


class PostImporter:
    def __init__(
        self, *, workspace: Workspace, records: Records, report: Report, people: People, topics: Topics, language: str
    ) -> None:
        self.workspace, self.records, self.report = workspace, records, report
        self.people, self.topics, self.language = people, topics, language
        with translation.override(language):
            self.closed_reason = gettext("Closed before it was imported.")

    def questions(self, rows: Iterable[Row]) -> None:
        for batch in batches(rows):
            self._store("question", Question, batch, self._question_maker)

    def answers(self, rows: Iterable[Row]) -> None:
        for batch in batches(rows):
            self._store("answer", Answer, batch, self._answer_maker)

    def comments(self, rows: Iterable[Row]) -> None:
        for batch in batches(row for row in rows if has_id(row)):
            self._store("comment", Comment, batch, self._comment_maker)

    def _store(
        self, kind: str, model: Any, batch: list[Row], maker: Callable[[list[Row]], Callable[[Row], Post | None]]
    ) -> None:
        known = self.records.known(kind, (row["Id"] for row in batch))
        fresh = list({row["Id"]: row for row in reversed(batch) if row["Id"] not in known}.values())[::-1]
        self.report.known[f"{kind}s"] += len(known)
        self.report.left_out[f"{kind}s whose number came before"] += len(batch) - len(known) - len(fresh)
        make = maker(fresh)
        with transaction.atomic():
            self.people.look_up(row.get("OwnerUserId") or row.get("UserId", "") for row in fresh)
            made = {row["Id"]: post for row in fresh if (post := make(row))}
            model.objects.bulk_create(made.values())
            self.records.remember(kind, dict(made))
            self.people.remember()
        self.report.imported[f"{kind}s"] += len(made)

    def _question_maker(self, _rows: list[Row]) -> Callable[[Row], Question]:
        return self._question

    def _question(self, row: Row) -> Question:
        question = Question(topic=self.topics.of(row.get("Tags")), language=self.language)
        self._fill(question, row)
        title, whole = fitting_title(row.get("Title", "") or question.text[:80])
        question.write_title(title)
        if whole:
            question.write(f"{whole}\n\n{question.text}")
        question.last_activity_at = moment(row.get("LastActivityDate")) or question.created_at
        question.closed_at = moment(row.get("ClosedDate"))
        question.closed_reason = self.closed_reason if question.closed_at else ""
        # What nobody answered there waits for an answer here, after everything that has a promise.
        question.waiting_on = WaitingOn.NOBODY if row.get("AnswerCount", "0").strip("0 ") else WaitingOn.US
        question.waiting_since = None
        return question

    def _answer_maker(self, rows: list[Row]) -> Callable[[Row], Answer | None]:
        parents = self.records.known("question", {row.get("ParentId", "") for row in rows})

        def make(row: Row) -> Answer | None:
            if row.get("ParentId") not in parents:
                self.report.left_out["answers to questions that are not in the dump"] += 1
                return None
            answer = Answer(question_id=parents[row["ParentId"]])
            self._fill(answer, row)
            return answer

        return make

    def _comment_maker(self, rows: list[Row]) -> Callable[[Row], Comment | None]:
        targets = {row.get("PostId", "") for row in rows}
        questions, answers = self.records.known("question", targets), self.records.known("answer", targets)

        def make(row: Row) -> Comment | None:
            post = row.get("PostId")
            if post not in questions and post not in answers:
                self.report.left_out["comments on posts that were not imported"] += 1
                return None
            comment = Comment(question_id=questions.get(post), answer_id=answers.get(post))
            comment.created_at = moment(row.get("CreationDate")) or timezone.now()
            self.people.sign(comment, row, owner="")
            comment.write(row.get("Text", ""))
            return comment

        return make

    def _fill(self, post: Question | Answer, row: Row) -> None:
        post.created_at = moment(row.get("CreationDate")) or timezone.now()
        post.edited_at = moment(row.get("LastEditDate"))
        self.people.sign(post, row)
        self._write(post, row)

    def _write(self, post: Question | Answer, row: Row) -> None:
        """The author's Markdown where the dump has it and it reads here as it did there, else the HTML converted."""

        def read(source: str) -> str:
            post.write(source)
            return post.html

        source, is_faithful = first_faithful(self._sources(row), words_of(row.get("Body", "")), read)
        if source != post.text:
            post.write(source)
        self.report.noted["texts that read a little differently here"] += not is_faithful
        self.report.noted["texts too long for this site, shown without their form"] += len(post.text) > MAX_LENGTH

    def _sources(self, row: Row) -> Iterator[str]:
        markdown, body = self.workspace.markdown_of(row["Id"]), row.get("Body", "")
        if markdown and not needs_html(markdown):
            yield markdown
        yield from_html(body)
        yield from_html(body, emphasis=False)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
