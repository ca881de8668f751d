"""Small dumps for tests, and a look at everything an import leaves behind."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import quoteattr

from django.apps import apps

from forum.importing.report import Report
from forum.importing.stackexchange.run import Options, import_dump
from forum.models import Change

QUESTION = {"Id": "1", "PostTypeId": "1", "CreationDate": "2016-08-02T15:39:14.947", "Title": "How long?",
            "Body": "<p>Dry.</p>", "Tags": "<soap>", "OwnerUserId": "7"}  # fmt: skip
ANSWER = {"Id": "2", "PostTypeId": "2", "ParentId": "1", "CreationDate": "2016-08-03T10:00:00.000",
          "Body": "<p>Two years.</p>", "OwnerUserId": "8"}  # fmt: skip
USERS = [
    {"Id": "7", "DisplayName": "Ann", "CreationDate": "2016-01-01T00:00:00.000"},
    {"Id": "8", "DisplayName": "Ben"},
]


def write_dump(folder: Path, **files: list[dict[str, str]]) -> Path:
    """Writes Posts=[…], Users=[…] as the dump has them."""
    for name, rows in files.items():
        lines = [
            "  <row " + " ".join(f"{key}={quoteattr(value)}" for key, value in row.items()) + " />" for row in rows
        ]
        text = f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<{name.lower()}>\n' + "\n".join(lines)
        (folder / f"{name}.xml").write_text(f"{text}\n</{name.lower()}>\n", encoding="utf-8")
    return folder


def bring_in(folder: Path, *staff: str, source: str = "", topics: int = 8) -> Report:
    options = Options(source=source or folder.name, staff=frozenset(staff), language="en", topics=topics)
    return import_dump(folder, options, lambda _what, rows: iter(rows))


def fingerprint() -> str:
    """A digest of every row of every table, but for the number of times that something was written."""
    models = sorted(set(apps.get_models()) - {Change}, key=lambda model: model._meta.label)
    rows = [(model.__name__, sorted(map(repr, model._default_manager.values_list()))) for model in models]
    return sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()
