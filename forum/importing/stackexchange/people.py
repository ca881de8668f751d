"""Who wrote a row of the dump: an account made on first sight, or only a name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from accounts.models import User
from forum.importing.authors import create_author
from forum.importing.failure import ImportFailed
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.stackexchange.dump import Dump, moment
from forum.importing.stackexchange.workspace import Workspace
from forum.importing.xml_rows import Row
from forum.models import Post

# The robot that owns community posts; nobody's account.
COMMUNITY = "-1"


def staff_ids(workspace: Workspace, wanted: Iterable[str], dump: Dump) -> frozenset[str]:
    """The Ids of those who shall be staff, given by Id or by display name.

    Raises ImportFailed for nobody and for a name that several bear: a stranger must not speak for the company.
    """
    return frozenset(_staff_id(workspace, name, dump) for name in wanted)


def _staff_id(workspace: Workspace, name: str, dump: Dump) -> str:
    found = workspace.database.execute("SELECT id FROM person WHERE id = ? OR name = ?", (name, name)).fetchall()
    ids = sorted(row[0] for row in found if row[0] != COMMUNITY)
    if len(ids) > 1 and name not in ids:
        raise ImportFailed(_users(dump), None, f"several people are called {name!r}: name one of {', '.join(ids)}.")
    if not ids:
        raise ImportFailed(_users(dump), None, f"nobody is called {name!r}.")
    return name if name in ids else ids[0]


def _users(dump: Dump) -> Path:
    return dump.path("Users") or dump.folder / "Users.xml"


class People:
    """Only people who wrote something get an account: most of a dump's users never did.

    Used batch by batch, each in one transaction: `look_up` before its posts are signed, `remember` after them.
    """

    def __init__(self, workspace: Workspace, records: Records, report: Report, staff: frozenset[str]) -> None:
        self.workspace, self.records, self.report, self.staff = workspace, records, report, staff
        self.author = lru_cache(maxsize=2000)(self._author)
        self.here: dict[str, User] = {}
        self.new: dict[str, User] = {}

    def look_up(self, foreign_ids: Iterable[str]) -> None:
        """Finds in one go who of them has an account already."""
        known = self.records.known("user", set(foreign_ids) - {COMMUNITY, ""})
        users = User.objects.in_bulk(known.values())
        self.here = {foreign_id: users[pk] for foreign_id, pk in known.items()}

    def remember(self) -> None:
        """Notes the accounts made since the last time."""
        self.records.remember("user", dict(self.new))
        self.report.imported["people"] += len(self.new)
        self.new = {}

    def sign(self, post: Post, row: Row, owner: str = "Owner") -> None:
        """Puts the author of the row under the post; of deleted users only the name is left."""
        user = self.author(row.get(f"{owner}UserId", ""))
        if user:
            post.sign(user, badge=True)
        else:
            post.author_name = row.get(f"{owner}DisplayName", "")[:60]

    def _author(self, foreign_id: str) -> User | None:
        if not foreign_id or foreign_id == COMMUNITY:
            return None
        return self.here.get(foreign_id) or self._create(foreign_id)

    def _create(self, foreign_id: str) -> User:
        person = self.workspace.one("SELECT name, joined FROM person WHERE id = ?", foreign_id)
        shown_name, joined = person or (f"user{foreign_id}", None)
        self.new[foreign_id] = create_author(
            shown_name=shown_name,
            source=self.records.source,
            foreign_id=foreign_id,
            joined_at=moment(joined) or timezone.now(),
            is_staff=foreign_id in self.staff,
        )
        return self.new[foreign_id]
