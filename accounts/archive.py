"""The file of a copy: `data.json` for machines, `index.html` for people, `media/` with pictures. One row in memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.holdings import Holding, holdings
from accounts.models import User
from accounts.wording import heading

Row = dict[str, Any]


def write_archive(path: Path, user: User) -> None:
    """Writes the ZIP, in the active language. What is there is overwritten."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        with archive.open("data.json", "w", force_zip64=True) as file:
            _write_json(_Text(file), user)
        with archive.open("index.html", "w", force_zip64=True) as file:
            _write_page(_Text(file), user)
        # The same picture may stand in two posts.
        for name in dict.fromkeys(_pictures(user)):
            if default_storage.exists(name):
                with default_storage.open(name) as picture, archive.open(f"media/{_plain(name)}", "w") as file:
                    shutil.copyfileobj(picture, file)
        for name, content in _enclosed(user):
            with archive.open(f"media/{name}", "w") as file:
                for chunk in content:
                    file.write(chunk)


def sections(user: User, *, in_words: bool = False) -> Iterator[tuple[Holding, Iterable[Row]]]:
    """Every part of the copy with its rows, which are read while one goes through them."""
    for holding in holdings():
        if holding.section:
            yield holding, (_row(holding, row, in_words) for row in holding.rows_of(user))


def acts(user: User, *, in_words: bool = False) -> Iterator[Row]:
    """What this person did to what is not theirs, such as closing a question: what, when, under which name.

    For machines it is told by table and column.
    """
    for holding in holdings():
        for who, name in holding.actors:
            moment = f"{who.removesuffix('_by')}_at"
            has_moment = moment in holding.marked
            for row in holding.objects.filter(**{who: user}).order_by("pk").iterator(chunk_size=200):
                yield {
                    **({"what": holding.acts[who]} if in_words else {"what": holding.model, "as": who}),
                    "number": str(getattr(row, "public_id", row.pk)),
                    "name": getattr(row, name) if name else "",
                    "at": getattr(row, moment) if has_moment else None,
                }


def _row(holding: Holding, row: Any, in_words: bool) -> Row:
    names = (*holding.shown, *((holding.owner[1],) if holding.owner and holding.owner[1] else ()))
    shown = {name: _value(row, name, in_words) for name in names}
    return shown | {name: read(row) for name, read in holding.derived.items()}


def _value(row: Any, name: str, in_words: bool) -> Any:
    """One of several choices in the words of a page."""
    said = getattr(row, f"get_{name}_display", None) if in_words else None
    return said() if said else getattr(row, name)


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_json(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _write_json(file: _Text, user: User) -> None:
    head = {"site": settings.BASE_URL, "made_at": _json(timezone.now()), "language": user.language}
    file.write(f'{{\n"about": {_dumped(head)}')
    for holding, rows in sections(user):
        _write_list(file, holding.section, rows)
    _write_list(file, "acts", acts(user))
    file.write("\n}\n")


def _write_list(file: _Text, name: str, rows: Iterable[Row]) -> None:
    file.write(f',\n"{name}": [')
    for number, row in enumerate(rows):
        file.write(f"{',' if number else ''}\n{_dumped(_json(row))}")
    file.write("]")


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_page(file: _Text, user: User) -> None:
    """Complete in itself: no script, nothing from anywhere."""
    letterhead = import_string(settings.MAIL_LETTERHEAD)()
    parts = [(holding.section, holding.title) for holding in holdings() if holding.section]
    context = {**letterhead, "user": user, "now": timezone.now(), "parts": [*parts, ("acts", _("What you did"))]}
    file.write(get_template("accounts/copy/head.html").render(context))
    for holding, rows in sections(user, in_words=True):
        _write_part(file, holding.section, str(holding.title), rows)
    _write_part(file, "acts", _("What you did"), acts(user, in_words=True))
    file.write(get_template("accounts/copy/foot.html").render({}))


def _write_part(file: _Text, section: str, title: str, rows: Iterable[Row]) -> None:
    """Without templates: for thousands of rows these would take most of the time."""
    headings: dict[str, str] = {}
    file.write(format_html('<h2 id="{}">{}</h2>\n', section, title))
    row: Row | None = None
    for row in rows:
        facts = [
            (headings.get(name) or headings.setdefault(name, str(heading(name))), _read_out(value))
            for name, value in row.items()
            if value not in (None, "", [])
        ]
        file.write(format_html("<dl>{}</dl>\n", format_html_join("", "<dt>{}</dt><dd>{}</dd>", facts)))
    if row is None:
        file.write(format_html("<p>{}</p>\n", _("Nothing.")))


def _read_out(value: Any) -> Any:
    """As people read it: lists as lines, instants as days and hours."""
    if isinstance(value, list):
        return "\n".join(str(_read_out(inner)) for inner in value)
    if isinstance(value, dict):
        return " · ".join(str(_read_out(inner)) for inner in value.values())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), pgettext("date format", "j F Y, H:i"))
    return value


def _pictures(user: User) -> Iterator[str]:
    for holding in holdings():
        if holding.files:
            for row in holding.rows_of(user):
                yield from (name for field in holding.files if (name := getattr(row, field).name))


def _enclosed(user: User) -> Iterator[tuple[str, Iterable[bytes]]]:
    for holding in holdings():
        if holding.enclosed:
            yield from (found for row in holding.rows_of(user) if (found := holding.enclosed(row)))


def _plain(name: str) -> str:
    return PurePosixPath(name).name


class _Text:
    """Writes text into a file of a ZIP, which takes bytes."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def write(self, text: str) -> None:
        # Whatever a text holds, the file is valid UTF-8.
        self.file.write(text.encode("utf-8", "replace"))
