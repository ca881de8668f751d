"""The whole import of a FAQ: read the file, find an address for each entry, lead the links anew, store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from forum.importing.faq.archive import read_archive
from forum.importing.faq.json_files import read_json
from forum.importing.faq.links import LinkTargets
from forum.importing.faq.pages import read_page
from forum.importing.faq.source import SourceEntry, SourceFile, SourceTopic, language_code
from forum.importing.faq.tables import read_table
from forum.importing.markdown_source import source_of
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.statistics import analyze
from forum.importing.titles import fitting_title
from forum.importing.topics import ImportedTopics
from forum.markdown import MAX_LENGTH
from forum.markdown.characters import readable
from forum.models import FaqDocument, FaqEntry, ImportedRecord, SearchWord, Topic
from forum.models.identifiers import slug_of
from forum.search.documents import index_entries
from forum.search.vocabulary import recount

LANGUAGES = ("de", "en")
LAST_POSITION = 32_767

Reader = Callable[[SourceFile], Iterator[SourceEntry]]
READERS: dict[str, Reader] = {
    ".csv": read_table, ".tsv": read_table, ".json": read_json, ".md": read_page, ".mdx": read_page,
    ".xz": read_archive, ".gz": read_archive, ".tgz": read_archive, ".txz": read_archive,
}  # fmt: skip


@dataclass(frozen=True)
class Options:
    source: str
    topic: str = ""
    language: str = "de"
    form: str = "auto"
    base_url: str = ""
    publish: bool = False


@dataclass
class _Draft:
    """An entry on its way: the row, what it was made from, and whether it was here before."""

    source: SourceEntry
    row: FaqEntry
    is_known: bool
    title_in_full: str = field(default="")


@transaction.atomic
def import_faq(path: Path, options: Options) -> Report:
    """Imports one file and says what came of it; nothing when it raises ImportFailed."""
    return _FaqImport(path, options).run()


class _FaqImport:
    def __init__(self, path: Path, options: Options) -> None:
        self.options, self.report = options, Report()
        self.file = SourceFile(path, form=options.form, language=options.language, report=self.report)
        self.records = Records(options.source)
        self.topics = ImportedTopics(self.records)

    def run(self) -> Report:
        drafts = self._drafts(self._entries())
        links = LinkTargets(self._places(drafts), self.options.base_url, self.report.left_out)
        fresh = [draft for draft in drafts if not draft.is_known]
        for draft in fresh:
            self._write(draft, links)
        FaqEntry.objects.bulk_create([draft.row for draft in fresh], batch_size=200)
        self.records.remember("faq", {draft.source.key: draft.row for draft in fresh})
        index_entries([draft.row.pk for draft in fresh])
        recount()
        analyze(FaqEntry, ImportedRecord, FaqDocument, SearchWord)
        self.report.imported["entries"] += len(fresh)
        self.report.known["entries"] += len(drafts) - len(fresh)
        return self.report

    def _entries(self) -> list[SourceEntry]:
        """What can be imported, each with a key of its own that the next run finds again."""
        reader = READERS.get(self.file.path.suffix.lower())
        if reader is None:
            raise self.file.failure(None, f"is none of {', '.join(READERS)}.")
        seen: set[tuple[str, str, str]] = set()
        keys: set[str] = set()
        entries = list(reader(self.file))
        if not entries:
            raise self.file.failure(None, "has no questions in it.")
        sane = (self._sane(entry, seen) for entry in entries)
        return [_with_key(entry, keys) for entry in sane if entry]

    def _sane(self, entry: SourceEntry, seen: set[tuple[str, str, str]]) -> SourceEntry | None:
        language = language_code(entry.language) or self.options.language
        entry = replace(entry, language=language, question=readable(entry.question), answer=readable(entry.answer))
        words = (entry.language, entry.question, entry.answer)
        problem = ""
        if not entry.question.strip() or not entry.answer.strip():
            problem = "entries without a question or without an answer"
        elif entry.language not in LANGUAGES:
            problem = f"entries in a language that this site does not speak ({entry.language})"
        elif words in seen:
            problem = "entries that repeat another one word for word"
        seen.add(words)
        if problem:
            self.report.left_out[problem] += 1
        return None if problem else entry

    def _drafts(self, entries: list[SourceEntry]) -> list[_Draft]:
        known = self.records.known("faq", [entry.key for entry in entries])
        rows = FaqEntry.objects.in_bulk(known.values())
        slugs = set(FaqEntry.objects.values_list("slug", flat=True))
        drafts = []
        for position, entry in enumerate(entries):
            if entry.key in known:
                # One that was deleted here is not wanted here; it stays away.
                row = rows.get(known[entry.key])
                self.report.left_out["entries that were deleted here"] += row is None
                drafts += [_Draft(entry, row, is_known=True)] if row else []
            else:
                drafts.append(self._draft(entry, position, slugs))
        return drafts

    def _draft(self, entry: SourceEntry, position: int, slugs: set[str]) -> _Draft:
        title, in_full = fitting_title(entry.question)
        row = FaqEntry(
            title=title,
            slug=_free_slug(title, slugs),
            language=entry.language,
            topic=self._topic(entry.topic),
            position=min(position, LAST_POSITION),
            author_name=entry.author[:60],
        )
        if self.options.publish and entry.is_active:
            row.published_at = timezone.now()
        elif self.options.publish:
            self.report.noted["entries that were not active and stay drafts"] += 1
        return _Draft(entry, row, is_known=False, title_in_full=in_full)

    def _topic(self, topic: SourceTopic | None) -> Topic:
        if self.options.topic or topic is None:
            return self.topics.called(self.options.topic or self.file.path.stem, key=f"* {self.options.topic}")
        return self.topics.called(topic.name, key=topic.key)

    def _places(self, drafts: list[_Draft]) -> dict[str, str]:
        """Names in the file to addresses here; an entry goes before a topic of the same name."""
        places = {}
        for draft in reversed(drafts):
            if draft.source.topic:
                on_shelf = f"{reverse('forum:faq_list')}?topic={draft.row.topic.slug}"
                places.update(dict.fromkeys(draft.source.topic.anchors, on_shelf))
        for draft in reversed(drafts):
            places.update(dict.fromkeys(draft.source.anchors, draft.row.get_absolute_url()))
        return places

    def _write(self, draft: _Draft, links: LinkTargets) -> None:
        answer = draft.source.answer
        is_html = draft.source.is_html
        text, is_faithful = source_of(answer, links.target) if is_html else (links.in_markdown(answer), True)
        self.report.noted["texts that read a little differently here"] += not is_faithful
        draft.row.write(f"{draft.title_in_full}\n\n{text}" if draft.title_in_full else text)
        self.report.noted["questions too long for a title; they stand whole in the answer"] += bool(draft.title_in_full)
        self.report.noted["texts too long for this site, shown without their form"] += len(draft.row.text) > MAX_LENGTH


def _with_key(entry: SourceEntry, keys: set[str]) -> SourceEntry:
    """The entry with its number in the old system, else one made of its question; never one given before."""
    digest = sha256(f"{entry.language} {entry.question}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    base = entry.key if 0 < len(entry.key) <= 60 else digest
    key, number = f"{entry.language} {base}", 1
    while key in keys:
        number += 1
        key = f"{entry.language} {base} {number}"
    keys.add(key)
    return replace(entry, key=key)


def _free_slug(title: str, taken: set[str]) -> str:
    slug, number = slug_of(title)[:72], 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    taken.add(candidate)
    return candidate
