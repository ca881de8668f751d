"""The settings of a site that runs on somebody's own machine.

What the person has set, in the environment or in `.env`, always wins.
"""

import base64
import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from launch.checks import check_folder

PROJECT = Path(__file__).resolve().parent.parent
EVERY_ADDRESS = {"0.0.0.0", "::", "[::]"}  # noqa: S104


def own_settings(dotenv: Path = PROJECT / ".env") -> dict[str, str]:
    """The environment, completed by `.env` (`NAME=value` lines, # for comments)."""
    lines = dotenv.read_text().splitlines() if dotenv.is_file() else []
    pairs = [line.split("=", 1) for line in map(str.strip, lines) if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs} | os.environ


def data_dir(settings: dict[str, str]) -> Path:
    """Where database, uploads and keys live, as an absolute path."""
    return PROJECT / settings.get("DATA_DIR", "var")


def local_environment(host: str = "127.0.0.1", port: int = 8000) -> dict[str, str]:
    """Everything `config/settings.py` needs for a demonstration on this machine."""
    settings = own_settings()
    folder = data_dir(settings)
    check_folder(folder)
    local = {
        "DEMO": "true",
        # Everybody knows the demonstration's passwords; whoever tries it out should not need an app for it.
        "STAFF_SECOND_FACTOR_REQUIRED": "false",
        "BASE_URL": f"http://{public_host(host)}:{port}",
        "ALLOWED_HOSTS": ",".join(names_of(host)),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }
    if not settings.keys() & {"SECRET_KEY", "SECRET_KEY_FILE"}:
        local["SECRET_KEY_FILE"] = str(kept_secret(folder / "secret_key", lambda: secrets.token_urlsafe(64)))
    if not settings.keys() & {"ENCRYPTION_KEYS", "ENCRYPTION_KEYS_FILE"}:
        local["ENCRYPTION_KEYS_FILE"] = str(kept_secret(folder / "encryption_key", encryption_key))
    if settings.get("DEMO", "true").lower() not in {"true", "1", "yes", "on", "y", "t"}:
        del local["STAFF_SECOND_FACTOR_REQUIRED"]
    return local | settings | {"DATA_DIR": str(folder)}


def url_host(host: str) -> str:
    """`host` as it is written in an address that a browser on this machine understands."""
    if host in EVERY_ADDRESS:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def public_host(host: str) -> str:
    """The same for people, by a name where this machine has one: a passkey belongs to a name and never to a number."""
    return "localhost" if url_host(host) == "127.0.0.1" else url_host(host)


def names_of(host: str) -> list[str]:
    """The names under which the site may be asked for; all of this machine's when it listens everywhere."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host not in EVERY_ADDRESS:
        return [*names, *({url_host(host)} - set(names))]
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return [*names, name, *addresses]


def encryption_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def kept_secret(path: Path, make: Callable[[], str]) -> Path:
    """Make the secret once, readable by its owner alone, and never touch it again."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(descriptor, "w") as file:
        file.write(make() + "\n")
    return path
