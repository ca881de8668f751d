"""A FAQ as a packed tree: `<category>/category.xml`, `<category>/<alias>/faq.xml` and `answer.html` beside it."""

from __future__ import annotations

import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forum.importing.faq.source import MAX_FILE, MAX_VALUE, SourceEntry, SourceFile, SourceTopic

_NAMES = {"category.xml", "faq.xml", "answer.html"}
_DATE_BEHIND_NAME = re.compile(r"\s+am \d.*$")

Files = dict[PurePosixPath, bytes]


def read_archive(file: SourceFile) -> Iterator[SourceEntry]:
    """Entries of a .tar.xz or .tar.gz, by category in the order of its list. Raises ImportFailed."""
    files = _unpacked(file)
    categories = sorted(path for path in files if path.name == "category.xml")
    if not categories:
        raise file.failure(None, "has no category.xml in it.")
    for path in categories:
        category = _xml(file, path, files[path])
        alias = category.get("alias", path.parent.name)
        topic = SourceTopic(category.get("name", alias), key=alias, anchors=(alias,))
        for folder in _in_order(path.parent, category, files):
            yield _entry(file, folder, files, topic)


def _unpacked(file: SourceFile) -> Files:
    """The files we know, in memory: nothing is written to disk, so no name in the archive can lead astray."""
    found: Files = {}
    total = 0
    try:
        with tarfile.open(fileobj=BytesIO(file.bytes()), mode="r|*") as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                total += member.size
                if total > MAX_FILE or len(found) > MAX_FILE // 1000:
                    raise file.failure(None, "unpacks to more than a FAQ can be.")
                if member.isfile() and path.name in _NAMES and member.size <= MAX_VALUE:
                    content = archive.extractfile(member)
                    found[path] = content.read() if content else b""
    except (tarfile.TarError, lzma.LZMAError, EOFError, OSError, zlib.error, ValueError) as error:
        raise file.failure(None, "is no archive, or it is damaged or cut off.") from error
    return found


def _in_order(place: PurePosixPath, category: Any, files: Files) -> list[PurePosixPath]:
    listed = [place / item.get("alias", "") for item in category.iter("Faq")]
    present = sorted(path.parent for path in files if path.name == "faq.xml" and path.parent.parent == place)
    in_list = [folder for folder in dict.fromkeys(listed) if folder in present]
    return in_list + [folder for folder in present if folder not in in_list]


def _entry(file: SourceFile, folder: PurePosixPath, files: Files, topic: SourceTopic) -> SourceEntry:
    faq = _xml(file, folder / "faq.xml", files[folder / "faq.xml"])
    alias = faq.get("alias", folder.name)
    return SourceEntry(
        question=(faq.findtext("Question") or "").strip(),
        answer=_text(file, folder / "answer.html", files.get(folder / "answer.html", b"")),
        is_html=True,
        topic=topic,
        key=alias,
        anchors=(alias,),
        author=_DATE_BEHIND_NAME.sub("", faq.get("author", "")),
    )


def _xml(file: SourceFile, path: PurePosixPath, content: bytes) -> Any:
    try:
        return fromstring(content)
    except ParseError as error:
        raise file.failure(None, f"{path}, line {error.position[0]}: not well-formed XML.") from error
    except (DefusedXmlException, ValueError) as error:
        raise file.failure(None, f"{path}: declares an entity; such files are refused.") from error


def _text(file: SourceFile, path: PurePosixPath, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise file.failure(None, f"{path}, line {line}: is not UTF-8.") from error
