"""FAQs as a table: with a header, or the nine columns that phpMyFAQ reads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from forum.importing.faq.source import MAX_VALUE, SourceEntry, SourceFile, SourceTopic, truth
from forum.importing.markdown_source import is_html

_QUESTION, _ANSWER = ("question", "title", "frage"), ("answer_html", "answer", "text", "antwort")
_TOPIC, _LANGUAGE = ("topic", "category", "thema", "kategorie"), ("language", "lang", "sprache")
_NAMES = (_QUESTION, _ANSWER, _TOPIC, _LANGUAGE)
_FLAGS = {"true", "false", "0", "1", "yes", "no"}
PHPMYFAQ_COLUMNS = 9

Record = tuple[int, list[str]]


def read_table(file: SourceFile) -> Iterator[SourceEntry]:
    """Entries of a CSV or TSV file. Raises ImportFailed."""
    text = file.text()
    records = _records(file, text, _delimiter(text))
    first = next(records, None)
    if first is None:
        raise file.failure(None, "is empty.")
    line, cells = first
    names = [cell.strip().lower() for cell in cells]
    if _place(names, _QUESTION) is not None and _place(names, _ANSWER) is not None:
        yield from _with_header(file, names, records)
    elif _is_phpmyfaq(cells):
        yield _from_phpmyfaq(file, cells)
        for line, cells in records:
            if not _is_phpmyfaq(cells):
                raise file.failure(line, "has not the nine columns of phpMyFAQ; is the file cut off?")
            yield _from_phpmyfaq(file, cells)
    else:
        raise file.failure(line, "has neither a header with question and answer nor the nine columns of phpMyFAQ.")


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever parts the first line into most columns."""
    line = text.partition("\n")[0]
    return max(",;\t", key=lambda sign: len(next(csv.reader([line], delimiter=sign), [])))


def _records(file: SourceFile, text: str, delimiter: str) -> Iterator[Record]:
    """Line and cells of each record that is not empty."""
    csv.field_size_limit(MAX_VALUE)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if any(cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        raise file.failure(begin, f"is no proper table ({error}).") from error


def _place(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _with_header(file: SourceFile, names: list[str], records: Iterator[Record]) -> Iterator[SourceEntry]:
    places = [_place(names, wanted) for wanted in _NAMES]
    for line, cells in records:
        if len(cells) != len(names):
            raise file.failure(line, f"has {len(cells)} columns instead of {len(names)}; is the file cut off?")
        question, answer, topic, language = (cells[place].strip() if place is not None else "" for place in places)
        yield SourceEntry(
            question=question,
            answer=answer,
            is_html=file.is_html(answer, is_html(answer)),
            topic=SourceTopic(topic) if topic else None,
            language=language,
        )


def _is_phpmyfaq(cells: list[str]) -> bool:
    return len(cells) == PHPMYFAQ_COLUMNS and {cell.strip().lower() for cell in cells[7:]} <= _FLAGS


def _from_phpmyfaq(file: SourceFile, cells: list[str]) -> SourceEntry:
    category, question, answer, _keywords, language, author, _email, active, _sticky = (cell.strip() for cell in cells)
    file.report.left_out["keywords, addresses and marks of phpMyFAQ"] += 1
    return SourceEntry(
        question=question,
        answer=answer,
        is_html=file.is_html(answer, True),
        topic=SourceTopic(f"{file.path.stem} {category}", key=f"category {category}"),
        language=language,
        author=author,
        is_active=truth(active),
    )
