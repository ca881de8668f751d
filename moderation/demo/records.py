"""What the demonstration says, read from its files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

CONTENT = Path(__file__).parent / "content"

Record = dict[str, Any]


class LegalText(NamedTuple):
    kind: str
    language: str
    text: str


def read(name: str) -> Record:
    """The records of one file of `content/`, such as "faq.toml"."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def questions() -> Iterator[tuple[str, Record]]:
    """Every question with the slug of its topic, which is the name of its file."""
    for path in sorted((CONTENT / "questions").glob("*.toml")):
        for record in read(f"questions/{path.name}")["question"]:
            yield path.stem, record


def legal_texts() -> Iterator[LegalText]:
    """The files of `legal/`, named `<kind>.<language>.md`."""
    for path in sorted((CONTENT / "legal").glob("*.md")):
        kind, language, _suffix = path.name.split(".")
        yield LegalText(kind, language, path.read_text(encoding="utf-8"))
