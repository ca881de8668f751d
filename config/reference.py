"""Writes docs/settings.md: `make reference`.

Names, types and defaults are read from the code of config/settings.py; only what a variable is for stands here.
tests/test_settings.py holds the two together.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SETTINGS = Path(__file__).with_name("settings.py")
DOCUMENT = Path(__file__).parent.parent / "docs" / "settings.md"

# In the order of the table.
MEANINGS = {
    "SECRET_KEY": "Signs cookies and codes. 50 or more random characters. Required.",
    "SECRET_KEY_FALLBACKS": "Former secret keys that still count, newest first; former nicknames are known by them.",
    "ENCRYPTION_KEYS": (
        "Encrypt private conversations and the secrets of second factors: 32 random bytes in base64 each, newest "
        "first. Required. Who loses them loses the conversations; keep a copy away from the database."
    ),
    "ALLOWED_HOSTS": "The host names the site answers to, parted by commas. Required unless DEBUG is on.",
    "BASE_URL": (
        "The public address, without a path: used in letters, feeds and the site map. With https, cookies, "
        "redirects and HSTS become strict."
    ),
    "TRUSTED_PROXY_COUNT": (
        "How many web servers stand in front and tell the visitor's address and scheme (X-Forwarded-For, "
        "X-Forwarded-Proto). Too few: everybody shares one limit. Too many: addresses can be forged."
    ),
    "ADDRESS_DAYS": "Days that network addresses are kept.",
    "FAILED_SIGN_IN_DAYS": "Days that a failed try to sign in is kept, for the owner of the account to see.",
    "UNVERIFIED_ACCOUNT_DAYS": "Days until a sign-up goes whose address nobody confirmed.",
    "INACTIVE_ACCOUNT_DAYS": "Days without signing in until a customer's account is erased; 90 or more.",
    "INACTIVE_NOTICE_DAYS": "Days before that on which a letter says so; 7 to 60.",
    "MAIL_LOG_DAYS": "Days that kind and time of a letter are kept, and that a job was done.",
    "EXPORT_DAYS": "Days that a person can fetch the copy of their data.",
    "REPORTER_DAYS": "Days after the decision that name and address of who reported are kept.",
    "SEARCH_MISS_DAYS": "Days that is kept which words the search did not find, without a trace of who looked.",
    "LOG_NAME_DAYS": "Days that is kept who of the team decided, opened a conversation or changed a setting.",
    "ROLE_LOG_DAYS": "Days that is kept who gave or took which role of the team; 30 or more.",
    "DRAFT_DAYS": "Days that a draft is kept after it was saved last.",
    "BACKUP_DAYS": "Days that you keep backups. Nothing is done with it: the privacy page says it.",
    "DATABASE_URL": "sqlite:///path or postgresql://name:password@host/database.",
    "DATABASE_POOL_SIZE": "Connections to PostgreSQL of each web process, beside one for kept pages. SQLite has none.",
    "REDIS_URL": "Cache and limits in Redis (redis://host:6379/0); without it, in the database.",
    "DATA_DIR": "The folder of everything the site writes, unless one of the next two says otherwise.",
    "MEDIA_ROOT": "The folder of pictures, portraits and logos.",
    "STATIC_ROOT": "The folder `collectstatic` fills.",
    "MEDIA_STORAGE": (
        "Keeps them in an S3-compatible store instead: s3://key:secret@host/bucket?region=eu-central-1, the parts "
        "percent-encoded; s3+http:// without encryption, for a store on the same machine. The bucket stays private: "
        "every picture goes through the site, which looks who asks."
    ),
    "PRIVATE_FILE_MB": "Megabytes that one file in a private conversation may have; 10 at most.",
    "PRIVATE_FILES_PER_MESSAGE": "Files that one private message may have; 20 at most.",
    "PRIVATE_FILES_PER_ROOM": "Files that one private conversation may hold.",
    "KEPT_PAGES_MB": "Megabytes of visitors' pages that a web process keeps until something is written; 0 keeps none.",
    "DISK_FREE_MB": "With fewer megabytes free, `/readyz` and the Desk of owners say that the disk is getting full.",
    "UPLOAD_MB_PER_DAY": "Megabytes of pictures that a customer may send in a day.",
    "EMAIL_URL": "Where letters leave: submission://name:password@host:587, smtp://host:25, console: prints them.",
    "DEFAULT_FROM_EMAIL": "The sender of letters.",
    "DISCREET_FROM_EMAIL": (
        "The sender of letters about discreet topics and receipts, best at a domain that says nothing of what you "
        "sell; without it the bare address of DEFAULT_FROM_EMAIL. A name in it is left out."
    ),
    "SECURITY_CONTACT": "Address or link in /.well-known/security.txt (RFC 9116); without it there is no such file.",
    "HSTS_SECONDS": "How long browsers insist on https. A year, as search lists ask; 0 turns it off.",
    "STAFF_SECOND_FACTOR_REQUIRED": (
        "Whoever has a role signs in with a passkey or an app's code besides the password. Only a demonstration can "
        "do without."
    ),
    "SESSION_HOURS": "After so many hours everybody signs in again, however much they did meanwhile.",
    "SESSION_IDLE_HOURS": "After so many hours without a visit, customers sign in again.",
    "STAFF_SESSION_IDLE_HOURS": "The same for whoever has a role.",
    "GUNICORN_CMD_ARGS": "Gunicorn's own; `check --deploy` looks whether it fits TRUSTED_PROXY_COUNT.",
    "WEB_CONCURRENCY": "Web processes. Gunicorn reads it too.",
    "TIME_ZONE": "Of the log and of dates without a company; the company sets its own in the site's settings.",
    "LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR or CRITICAL.",
    "DEMO": "A demonstration: letters are kept as files and shown under /dev/mail/. Never on a public site.",
    "DEBUG": "Error pages with details, for development. Never on a public site.",
}

# Methods of environs and what they read; the other two readers are our own.
_KINDS = {
    "bool": "true or false",
    "int": "number",
    "str": "text",
    "list": "list",
    "path": "path",
    "dj_email_url": "address",
    "file_or_value": "secret",
    "secret_lines": "secrets",
}

_HEAD = """# Settings

Every setting is an environment variable. What is wrong is refused at the start, all of it at once and by name.
The secrets may also stand in files of their own: `SECRET_KEY_FILE=/path` names the file instead of the value, and
so for every secret below (systemd credentials, mounted files).

What a company decides about itself, its name, hours, topics and people, is not here but on the site, under `/admin/`.
`make run` also reads `HOST` and `PORT`, the address to listen at.

Written by `make reference` from `config/settings.py`; a test keeps it true.

| variable | type | default | for |
|---|---|---|---|
"""


class Variable(NamedTuple):
    name: str
    kind: str
    default: str


def variables(source: str) -> Iterator[Variable]:
    """What the code of settings.py reads, in its order."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        reader = _reader(node.func)
        if reader in _KINDS:
            own = reader in {"file_or_value", "secret_lines"}
            yield Variable(str(node.args[0].value), _KINDS[reader], "" if own else _default(node.args[1]))


def _reader(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "env":
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _default(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        value = node.value
        return str(value).lower() if isinstance(value, bool) else str(value)
    return "" if isinstance(node, ast.List) else _path(ast.unparse(node))


def _path(code: str) -> str:
    """`DATA_DIR / 'media'` as a person would write it."""
    for before, after in (("f'", ""), ('f"', ""), ("{", ""), ("}", ""), ("'", ""), ('"', ""), (" / ", "/")):
        code = code.replace(before, after)
    return code.replace("BASE_DIR/", "")


def document() -> str:
    """The text of docs/settings.md. Raises KeyError for a variable that nobody explained."""
    found = {variable.name: variable for variable in variables(SETTINGS.read_text())}
    order = [*MEANINGS, *(name for name in found if name not in MEANINGS)]
    rows = [f"| `{name}` | {found[name].kind} | {_code(found[name].default)} | {MEANINGS[name]} |" for name in order]
    return _HEAD + "\n".join(rows) + "\n"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    DOCUMENT.write_text(document())
    sys.stdout.write(f"Wrote {DOCUMENT.name}\n")
