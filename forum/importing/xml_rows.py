"""Rows of a Stack Exchange dump file: `<row attribute="value" …/>`, one after the other, in constant memory.

Entities are never resolved: a document that declares one is refused (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from forum.importing.failure import ImportFailed

Row = dict[str, str]

CHUNK = 1 << 16
# The longest text a post can have on Stack Exchange is 30,000 characters; its HTML stays far below this.
MAX_ATTRIBUTE = 1_000_000
# A tag is kept in memory until it ends; one of so many bytes is no row of a dump.
MAX_TAG = 8_000_000


def read_rows(path: Path) -> Iterator[Row]:
    """Yields the attributes of each row of `path` (.xml or .xml.xz).

    Raises ImportFailed, naming file and line, when the file is cut off, malformed, wrongly encoded or hostile.
    """
    rows: list[Row] = []
    parser = _parser(path, rows)
    try:
        with _open(path) as file:
            read = 0
            while chunk := file.read(CHUNK):
                read += len(chunk)
                parser.Parse(chunk, False)
                if read - parser.CurrentByteIndex > MAX_TAG:
                    raise ImportFailed(path, parser.CurrentLineNumber, "a tag is too long to be a row of a dump.")
                yield from rows
                rows.clear()
            parser.Parse(b"", True)
        yield from rows
    except expat.ExpatError as error:
        raise ImportFailed(path, error.lineno, f"not well-formed XML ({expat.errors.messages[error.code]}).") from error
    except (LookupError, ValueError) as error:
        raise ImportFailed(path, 1, "names an encoding that can not be read; save the file as UTF-8.") from error
    except (lzma.LZMAError, EOFError) as error:
        raise ImportFailed(path, parser.CurrentLineNumber, "the compressed file is damaged or cut off.") from error
    except OSError as error:
        raise ImportFailed(path, None, f"can not be read ({error.strerror}).") from error


def _open(path: Path) -> IO[bytes]:
    return lzma.open(path) if path.suffix == ".xz" else path.open("rb")


def _parser(path: Path, rows: list[Row]) -> Any:
    parser = expat.ParserCreate()

    def start(name: str, attributes: Row) -> None:
        if name != "row":
            return
        if any(len(value) > MAX_ATTRIBUTE for value in attributes.values()):
            raise ImportFailed(path, parser.CurrentLineNumber, "a value is too long to be a text somebody wrote.")
        rows.append(attributes)

    def entity(*_: Any) -> None:
        raise ImportFailed(path, parser.CurrentLineNumber, "declares an entity; such files are refused.")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = entity
    parser.buffer_text = True
    return parser
