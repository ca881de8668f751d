"""FAQs as JSON: a plain list, phpMyFAQ's export and sample data, and sections that fold open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

from forum.importing.faq.source import MAX_VALUE, SourceEntry, SourceFile, SourceTopic
from forum.importing.markdown_source import is_html

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def read_json(file: SourceFile) -> Iterator[SourceEntry]:
    """Entries of a JSON file of any known shape. Raises ImportFailed."""
    content = _load(file, file.text())
    if isinstance(content, dict) and isinstance(content.get("section-main"), dict):
        yield from _sections(file, _of(file, content["section-main"], "sections", list))
        return
    if not isinstance(content, list):
        raise file.failure(1, "is not a list of questions.")
    for number, item in enumerate(content, start=1):
        if not isinstance(item, dict):
            raise file.failure(None, f"entry {number} is no object.")
        if "translations" in item:
            yield from _translations(file, item)
        elif isinstance(item.get("faq"), dict):
            yield _exported(file, item["faq"])
        else:
            yield _plain(file, item, number)


def _load(file: SourceFile, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise file.failure(error.lineno, f"is no proper JSON ({error.msg}).") from error
    except (RecursionError, ValueError) as error:
        raise file.failure(None, "is no proper JSON (nested too deep, or a number too large).") from error


def _of(file: SourceFile, item: dict[str, Any], name: str, kind: type) -> Any:
    if not isinstance(item.get(name), kind):
        raise file.failure(None, f"an entry has no {name!r} of the expected kind.")
    return item[name]


def _word(file: SourceFile, item: dict[str, Any], *names: str) -> str:
    """The first of these values that is there, as text."""
    value = next((item[name] for name in names if item.get(name) is not None), "")
    if not isinstance(value, (str, int)):
        raise file.failure(None, f"{names[0]!r} of an entry is no text.")
    if len(str(value)) > MAX_VALUE:
        raise file.failure(None, f"{names[0]!r} of an entry is too long to be a text somebody wrote.")
    return str(value).strip()


def _plain(file: SourceFile, item: dict[str, Any], number: int) -> SourceEntry:
    if not ({"question", "title"} & item.keys() and {"answer", "answer_html", "text"} & item.keys()):
        raise file.failure(None, f"entry {number} has no question or no answer.")
    answer, topic = _word(file, item, "answer_html", "answer", "text"), _word(file, item, "topic", "category")
    return SourceEntry(
        question=_word(file, item, "question", "title"),
        answer=answer,
        is_html=file.is_html(answer, is_html(answer)),
        topic=SourceTopic(topic) if topic else None,
        language=_word(file, item, "language", "lang"),
        key=_word(file, item, "id"),
        anchors=tuple(filter(None, [_word(file, item, "anchor"), _word(file, item, "id")])),
    )


def _exported(file: SourceFile, faq: dict[str, Any]) -> SourceEntry:
    """phpMyFAQ's export: the answer is HTML, escaped once more; a category is a path."""
    answer, path = _word(file, faq, "answer"), _word(file, faq, "category").split(" >> ")
    language = _word(file, faq, "language")
    file.report.left_out["keywords of phpMyFAQ"] += bool(faq.get("keywords"))
    return SourceEntry(
        question=unescape(_word(file, faq, "question")),
        answer=answer if "<" in answer else unescape(answer),
        is_html=file.is_html(answer, True),
        topic=SourceTopic(" – ".join(path)) if path[0] else None,
        language=language,
        key=f"{_word(file, faq, 'id')} {language}".strip(),
        author=_word(file, faq, "author"),
    )


def _translations(file: SourceFile, item: dict[str, Any]) -> Iterator[SourceEntry]:
    """phpMyFAQ's sample data: both languages in one entry; the names of categories lie beside it."""
    names = _category_names(file)
    category = _word(file, item, "category")
    file.report.left_out["keywords of phpMyFAQ"] += 1
    for language, texts in _of(file, item, "translations", dict).items():
        if not isinstance(texts, dict):
            raise file.failure(None, f"the translation {language!r} of an entry is no object.")
        yield SourceEntry(
            question=_word(file, texts, "question"),
            answer=_word(file, texts, "answer"),
            is_html=file.is_html("", True),
            topic=SourceTopic(names.get(category, category), key=category) if category else None,
            language=language,
        )


def _category_names(file: SourceFile) -> dict[str, str]:
    path = file.path.with_name("categories.json")
    if not path.is_file():
        return {}
    beside = SourceFile(path)
    rows = _load(beside, beside.text())
    try:
        return {row["slug"]: _in_language(row["translations"], file.language)["name"] for row in rows}
    except (KeyError, TypeError, StopIteration) as error:
        raise beside.failure(None, "a category has no slug or no name.") from error


def _in_language(translations: dict[str, Any], language: str) -> Any:
    return translations.get(language) or next(iter(translations.values()))


def _sections(file: SourceFile, sections: list[Any]) -> Iterator[SourceEntry]:
    """Sections of a page that folds open; their texts are HTML, in paragraphs that may be nested lists."""
    for section in sections:
        title, name = _title(file, section), _word(file, section, "id")
        topic = SourceTopic(title, key=name, anchors=(name,) if name else ())
        for item in _of(file, section, "accordion", list):
            anchor = _word(file, item, "anchor")
            yield SourceEntry(
                question=_title(file, item),
                answer="".join(f"<div>{text}</div>\n" for text in _paragraphs(file, item.get("textblock"))),
                is_html=True,
                topic=topic,
                key=anchor,
                anchors=(anchor,) if anchor else (),
                is_active=item.get("active", True) is not False,
            )


def _title(file: SourceFile, item: Any) -> str:
    if not isinstance(item, dict):
        raise file.failure(None, "a section or an entry is no object.")
    return unescape(_word(file, item, "title")).replace(_SOFT_HYPHEN, "")


def _paragraphs(file: SourceFile, block: Any) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif isinstance(block, list):
        for part in block:
            yield from _paragraphs(file, part)
    elif block is not None:
        raise file.failure(None, "'textblock' of an entry is neither text nor a list.")
