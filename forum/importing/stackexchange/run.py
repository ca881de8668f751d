"""The whole import, one pass after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from accounts.models import User
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.stackexchange.dump import ANSWER, QUESTION, Dump
from forum.importing.stackexchange.links import LinkImporter
from forum.importing.stackexchange.people import People, staff_ids
from forum.importing.stackexchange.posts import PostImporter
from forum.importing.stackexchange.topics import Topics
from forum.importing.stackexchange.workspace import Workspace
from forum.importing.statistics import analyze
from forum.importing.xml_rows import Row
from forum.models import Acceptance, Answer, Comment, ImportedRecord, Question, QuestionDocument, SearchWord
from forum.search.reindexing import index_imported

Progress = Callable[[str, Iterable[Row]], Iterator[Row]]


@dataclass(frozen=True)
class Options:
    source: str
    staff: frozenset[str]
    language: str
    topics: int


def import_dump(folder: Path, options: Options, progress: Progress) -> Report:
    """Imports a dump folder and says what came of it.

    Every batch is a transaction, and what is here already is left alone: an import that was stopped, or that
    ended in ImportFailed, continues where it was.
    """
    dump, report, records = Dump(folder), Report(), Records(options.source)
    with Workspace() as workspace:
        workspace.gather(dump, report)
        staff = staff_ids(workspace, options.staff, dump)
        people = People(workspace, records, report, staff)
        topics = Topics(workspace, dump, records, report, general=options.source, count=options.topics)
        posts = PostImporter(
            workspace=workspace, records=records, report=report, people=people, topics=topics, language=options.language
        )
        posts.questions(progress("questions", dump.posts(QUESTION)))
        analyze(Question, ImportedRecord)
        posts.answers(progress("answers", dump.posts(ANSWER)))
        analyze(Answer, ImportedRecord)
        posts.comments(progress("comments", dump.rows("Comments")))
        links = LinkImporter(workspace=workspace, records=records, report=report)
        links.acceptances(dump.posts(QUESTION))
        links.duplicates()
        analyze(User, Comment, Acceptance, ImportedRecord)
        links.counters()
        index_imported(records.all("question").order_by("local_id").values_list("local_id", flat=True).iterator())
        analyze(QuestionDocument, SearchWord)
    _note_other_posts(dump, report)
    return report


def _note_other_posts(dump: Dump, report: Report) -> None:
    for row in dump.rows("Posts"):
        if row.get("PostTypeId") not in (QUESTION, ANSWER):
            report.left_out["pages about tags and the like"] += 1
