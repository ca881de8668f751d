"""What every reader of a FAQ file hands over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from forum.importing.failure import ImportFailed
from forum.importing.report import Report

MAX_FILE = 50_000_000  # bytes
MAX_VALUE = 1_000_000  # characters: no question and no answer is longer

_LANGUAGES = {"german": "de", "deutsch": "de", "english": "en", "englisch": "en"}


@dataclass(frozen=True)
class SourceTopic:
    """A heading. `anchors` are the names under which links of the same file know it."""

    name: str
    key: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceEntry:
    """One question with its answer. An empty `language` or `topic` is that of the whole file."""

    question: str
    answer: str
    is_html: bool
    language: str = ""
    topic: SourceTopic | None = None
    key: str = ""
    anchors: tuple[str, ...] = ()
    author: str = ""
    is_active: bool = True


@dataclass
class SourceFile:
    """A file to read, with what the command was told about it; `report` takes what a reader leaves out."""

    path: Path
    form: str = "auto"
    language: str = "de"
    report: Report = field(default_factory=Report)

    def bytes(self) -> bytes:
        try:
            if self.path.stat().st_size > MAX_FILE:
                raise self.failure(None, f"is larger than {MAX_FILE // 1_000_000} MB; split it.")
            return self.path.read_bytes()
        except OSError as error:
            raise self.failure(None, f"can not be read ({error.strerror}).") from error

    def text(self) -> str:
        """The text of the file, which has to be UTF-8, with or without a mark at its beginning."""
        content = self.bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self.failure(line, "is not UTF-8; save the file in this encoding.") from error

    def failure(self, line: int | None, problem: str) -> ImportFailed:
        return ImportFailed(self.path, line, problem)

    def is_html(self, answer: str, looks_like_html: bool) -> bool:
        return looks_like_html if self.form == "auto" else self.form == "html"


def language_code(text: str) -> str:
    """de-DE → de, Deutsch → de; any other word in lower case."""
    word = re.split(r"[-_]", text.strip().lower())[0]
    return _LANGUAGES.get(word, word)


def truth(text: str) -> bool:
    return text.strip().lower() in {"true", "1", "yes", "y", "ja", "active"}
