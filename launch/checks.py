"""What the machine must offer, asked before anything is installed or started."""

import errno
import socket
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from launch.problem import Problem


def check_folder(folder: Path) -> None:
    """Raise Problem unless files can be made in `folder`, which is created when it is missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Problem(
            f"The folder {folder} can not be written to ({error.strerror}): give yourself the right to "
            "write there, or move the project to a folder that belongs to you."
        ) from None


def check_sqlite(connect: Callable[[str], sqlite3.Connection] = sqlite3.connect) -> None:
    """Raise Problem unless SQLite has the full-text search that the site's search needs."""
    connection = connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        raise Problem(
            f"SQLite {sqlite3.sqlite_version} of this Python lacks full-text search (FTS5): use a Python "
            "whose SQLite has it, such as your system's own, or set DATABASE_URL to a PostgreSQL database."
        ) from None
    finally:
        connection.close()


def read_port(text: str) -> int:
    """The port number in `text`."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise Problem(f"PORT must be a number from 1 to 65535, not {text!r}: try PORT=8000.")


def check_port(host: str, port: int) -> None:
    """Raise Problem unless a server could listen on this address now."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise Problem(f"HOST={host} is no address of this machine: try HOST=127.0.0.1.") from None
    with socket.socket(family, kind) as probe:
        # As the server does: the leavings of closed connections do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise Problem(port_problem(host, port, error.errno)) from None


def port_problem(host: str, port: int, number: int | None) -> str:
    if number == errno.EACCES:
        return f"Port {port} may only be used by root: choose one above 1023, such as PORT=8000."
    if number == errno.EADDRNOTAVAIL:
        return f"HOST={host} is no address of this machine: try HOST=127.0.0.1."
    return (
        f"Port {port} on {host} is taken: stop the program that uses it or choose another port, "
        f"for example PORT={port % 65535 + 1}."
    )
