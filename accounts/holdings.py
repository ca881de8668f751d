"""What each table holds of people: declared by every app in its `personal.py`, named in settings.PERSONAL_DATA.

Export and erasure read these declarations and know no table by name. Every column of every table of ours and of the
libraries that keep people's data stands in exactly one of the lists; a column that stands in none fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

Names: TypeAlias = tuple[str, ...]
# Who did something, and the column with the name kept beside it ("" when there is none).
Actor: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Holding:
    model: str
    # Columns that say nothing about a person; that are in no copy (keys, hashes, sealed text, another form of what is
    # shown, what is about somebody else); and that are in the copy a person gets.
    plain: Names = ()
    left_out: Names = ()
    shown: Names = ()
    # Whose row it is; who else acted on it; whom it is about without their knowing.
    owner: Actor | None = None
    actors: tuple[Actor, ...] = ()
    links: Names = ()
    # What the others did, in words for the copy they get: by column, for every one of `actors`.
    acts: Mapping[str, StrOrPromise] = field(default_factory=dict)
    # Under which name and heading the rows stand in the copy, and which they are when not simply the owner's.
    section: str = ""
    title: StrOrPromise = ""
    of: Callable[[User], Iterable[Any]] | None = None
    # What is shown beside the columns, by name: things read through them, such as sealed text.
    derived: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    files: Names = ()
    # A file that is sealed: its name in the copy and what is in it, or None when it can not be opened.
    enclosed: Callable[[Any], tuple[str, Iterable[bytes]] | None] | None = None
    # Text in which somebody may be named; what follows from it once it is changed; the thread it stands in.
    texts: Names = ()
    renew: Callable[[Any], Names] | None = None
    # What must hear of it, in the same transaction, once such a text is changed: the index of the search.
    tell: Callable[[Any], None] | None = None
    thread: Callable[[Any], int | None] | None = None
    # Network addresses, and the column that says when each was last seen.
    addresses: tuple[tuple[str, str], ...] = ()

    @cached_property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def objects(self) -> Any:
        """All rows: neither export nor erasure asks what may be seen."""
        return self.table._base_manager

    @property
    def people(self) -> tuple[Actor, ...]:
        """Every column that points to a person, with the name kept beside it."""
        owner = (self.owner,) if self.owner else ()
        return (*owner, *self.actors, *((link, "") for link in self.links))

    @property
    def marked(self) -> list[str]:
        """Every column that is declared, once for each time."""
        people = [name for actor in self.people for name in actor if name]
        return [*self.plain, *self.left_out, *self.shown, *people]

    def rows_of(self, user: User) -> Iterable[Any]:
        if self.of:
            return self.of(user)
        rows: QuerySet[Any] = self.objects.filter(**{self.owner[0]: user} if self.owner else {"pk": None})
        return rows.order_by("pk").iterator(chunk_size=200)


def holdings() -> Iterator[Holding]:
    """Those of installed apps."""
    for path in settings.PERSONAL_DATA:
        for holding in import_string(path):
            if _is_installed(holding.model):
                yield holding


def _is_installed(model: str) -> bool:
    try:
        apps.get_model(model)
    except LookupError:
        return False
    return True
