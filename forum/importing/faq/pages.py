"""A FAQ page in Markdown or MDX: `##` begins a topic, `###` a question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forum.importing.faq.source import SourceEntry, SourceFile, SourceTopic
from forum.markdown import plain_text
from forum.models.identifiers import slug_of

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{2,3})\s+(.*?)\s*#*\s*$")
_ANCHOR = re.compile(r"<a\s+(?:id|name)=[\"']([^\"']+)[\"']\s*(?:/>|>\s*</a>)")
_NOTE = re.compile(r":::\s*([a-z]+)(?:\[(.*)\])?\s*$")
_NOTE_END = re.compile(r":::\s*$")
_BREAK = re.compile(r"<br\s*/?>")


def read_page(file: SourceFile) -> Iterator[SourceEntry]:
    """Entries of a page. Raises ImportFailed when it has no `###` heading."""
    reader = _Reader(file)
    text = _HEAD.sub(lambda head: "\n" * head[0].count("\n"), file.text().replace("\r\n", "\n"))
    for line in text.split("\n"):
        yield from reader.take(line)
    yield from reader.finish()
    if not reader.count:
        raise file.failure(1, "has no heading of the third level (###) that would be a question.")


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.file, self.count = file, 0
        self.topic: SourceTopic | None = None
        self.question, self.fence = "", ""
        self.lines: list[str] = []
        self.anchors: list[str] = []
        self.next_anchors: list[str] = []
        self.in_note = False

    def take(self, line: str) -> Iterator[SourceEntry]:
        fence = _FENCE.match(line)
        if self.fence or fence:
            self._code(line, fence[1] if fence else "")
        elif heading := _HEADING.match(line):
            yield from self.finish()
            self._head(heading[1], heading[2])
        else:
            self._text(line)

    def finish(self) -> Iterator[SourceEntry]:
        """The question whose end is reached."""
        text = "\n".join(self.lines).strip("\n")
        if self.question:
            self.count += 1
            anchors = (*self.anchors, slug_of(self.question))
            yield SourceEntry(self.question, text, is_html=False, topic=self.topic, anchors=anchors)
        elif text.strip():
            self.file.report.left_out["introductions before the first question of a topic"] += 1
        self.question, self.lines, self.anchors = "", [], []

    def _code(self, line: str, fence: str) -> None:
        self.lines.append(self._in_place(line))
        if not self.fence:
            self.fence = fence
        elif fence.startswith(self.fence) and not line.strip().strip(fence[0]):
            self.fence = ""

    def _head(self, marks: str, title: str) -> None:
        anchors, self.next_anchors = self.next_anchors, []
        title = plain_text(_BREAK.sub(" ", title))
        if len(marks) == len("##"):
            self.topic = SourceTopic(title, anchors=(*anchors, slug_of(title)))
        else:
            self.question, self.anchors = title, anchors

    def _text(self, line: str) -> None:
        # An anchor on a line of its own stands before the heading that it names.
        self.next_anchors = [*_ANCHOR.findall(line)] or (self.next_anchors if not line.strip() else [])
        line = _ANCHOR.sub("", line)
        if note := _NOTE.match(line):
            self.in_note = True
            self.lines += ["", f"> **{note[2] or note[1].capitalize()}**", ">"]
        elif _NOTE_END.match(line) and self.in_note:
            self.in_note = False
            self.lines.append("")
        else:
            self.lines.append(self._in_place(line))

    def _in_place(self, line: str) -> str:
        return f"> {line}" if self.in_note else line
