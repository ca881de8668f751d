"""What joins posts: acceptances, duplicates and the counters. All of it can be done again without effect."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from forum.actions.counters import counted, recount_demand
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.stackexchange.dump import moment
from forum.importing.stackexchange.posts import BATCH, batches
from forum.importing.stackexchange.workspace import Workspace
from forum.importing.xml_rows import Row
from forum.models import Acceptance, Answer, Question


class LinkImporter:
    def __init__(self, *, workspace: Workspace, records: Records, report: Report) -> None:
        self.workspace, self.records, self.report = workspace, records, report

    def acceptances(self, rows: Iterable[Row]) -> None:
        """`AcceptedAnswerId` of each question; the day stands in Votes, else it is the day of the answer."""
        for batch in batches(row for row in rows if row.get("AcceptedAnswerId")):
            self._accept(batch)

    @transaction.atomic
    def _accept(self, batch: list[Row]) -> None:
        accepted = {row["AcceptedAnswerId"]: row["Id"] for row in batch}
        known = self.records.known("accept", accepted)
        local = self.records.known("answer", accepted)
        questions = self.records.known("question", accepted.values())
        answers = Answer.objects.select_related("question__author").in_bulk(local.values())
        made = {}
        for foreign_id in accepted.keys() - known.keys():
            answer = answers.get(local.get(foreign_id, 0))
            if answer is None or answer.question_id != questions.get(accepted[foreign_id]):
                self.report.left_out["accepted answers that are not in the dump"] += 1
                continue
            made[foreign_id] = self._acceptance(foreign_id, answer)
        Acceptance.objects.bulk_create(made.values())
        self.records.remember("accept", dict(made))
        self.report.imported["acceptances"] += len(made)

    def _acceptance(self, foreign_id: str, answer: Answer) -> Acceptance:
        day = self.workspace.one("SELECT day FROM accepted WHERE post = ?", foreign_id)
        asker = answer.question.author
        return Acceptance(
            answer=answer,
            accepted_by=asker,
            accepted_by_name=asker.nickname if asker else answer.question.author_name,
            # The vote's day begins at midnight; an answer can not be accepted before it was written.
            accepted_at=max(moment(day[0] if day else None) or answer.created_at, answer.created_at),
        )

    def duplicates(self) -> None:
        rows = self.workspace.database.execute("SELECT post, original FROM duplicate")
        while pairs := rows.fetchmany(BATCH):
            self._mark_all(pairs)

    def _mark_all(self, pairs: list[tuple[str, str]]) -> None:
        local = self.records.known("question", {foreign_id for pair in pairs for foreign_id in pair})
        known = self.records.known("duplicate", {post for post, _ in pairs})
        for post, original in pairs:
            if post not in local or original not in local or post == original:
                self.report.left_out["duplicate marks between posts that are not both in the dump"] += 1
            elif post not in known:
                self._mark(post, local[post], local[original])

    @transaction.atomic
    def _mark(self, foreign_id: str, pk: int, original: int) -> None:
        question = Question.objects.get(pk=pk)
        question.duplicate_of_id = original
        question.save(update_fields=["duplicate_of"])
        recount_demand([original])
        self.records.remember("duplicate", {foreign_id: question})
        self.report.imported["duplicate marks"] += 1

    @transaction.atomic
    def counters(self) -> None:
        """Counts answers and acceptances of what was imported, in one statement each."""
        imported = Question.objects.filter(pk__in=self.records.all("question").values("local_id"))
        answers = Answer.objects.public().filter(question=OuterRef("pk"))
        staff = answers.exclude(posted_as_name="").order_by().values("question").annotate(first=Min("created_at"))
        imported.update(
            answer_count=Coalesce(Subquery(counted(answers, "question")), 0),
            accepted_count=Coalesce(
                Subquery(
                    counted(
                        Acceptance.objects.filter(undone_at=None, answer__question=OuterRef("pk")), "answer__question"
                    )
                ),
                0,
            ),
            first_staff_answer_at=Subquery(staff.values("first")),
        )
