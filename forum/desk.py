"""The Desk: how much waits, for whom, in which topic. Nothing here can be read of private conversations."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Value
from django.utils import timezone

from forum.models import Question, Topic
from forum.querysets import QuestionQuerySet

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Load:
    """What one topic, or several together, have on the Desk."""

    us: int = 0
    overdue: int = 0
    again: int = 0
    asker: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Share:
    """One topic's part of the Desk."""

    topic: Topic
    is_mine: bool
    load: Load


@dataclass(frozen=True)
class Tab:
    """A part of the Desk that can be chosen: a topic, one's own topics (`mine`), or else all."""

    count: int
    is_current: bool
    topic: Topic | None = None
    mine: str | None = None


@dataclass(frozen=True)
class Desk:
    """One of the two lists, and what of it was chosen: all topics, one's own, or a single one."""

    shares: list[Share]
    waiting: str
    slug: str
    wants_own: bool

    @property
    def topic(self) -> Topic | None:
        """The single topic; an unknown one shows all, so that nothing is hidden by a slip."""
        return next((share.topic for share in self.shares if share.topic.slug == self.slug), None)

    @property
    def shows_own(self) -> bool:
        return self.wants_own and self.topic is None

    @property
    def chosen(self) -> list[Share]:
        if self.topic:
            return [share for share in self.shares if share.topic == self.topic]
        return self._own if self.shows_own else self.shares

    @property
    def load(self) -> Load:
        return _sum(self.chosen)

    @property
    def length(self) -> int:
        """How many questions the chosen list has."""
        return self._count(self.chosen)

    @property
    def left_alone(self) -> list[Topic]:
        """For owners: topics whose private conversations nobody can answer."""
        return [share.topic for share in self.shares if getattr(share.topic, "waiting_count", None)]

    @property
    def tabs(self) -> list[Tab]:
        """All, one's own, and every topic with something on the list."""
        everything = Tab(self._count(self.shares), not (self.topic or self.shows_own))
        own = Tab(self._count(self._own), self.shows_own, mine="1")
        topics = [Tab(self._count([share]), share.topic == self.topic, share.topic) for share in self.shares]
        return [everything, own, *(tab for tab in topics if tab.count or tab.is_current)]

    @property
    def questions(self) -> QuestionQuerySet[Question]:
        standing = Question.objects.public().listed().with_newest_note()
        rows = standing.awaiting_asker() if self.waiting == "asker" else standing.awaiting_staff()
        if len(self.chosen) == len(self.shares):
            return rows
        return rows.filter(topic__in=[share.topic.pk for share in self.chosen])

    @property
    def _own(self) -> list[Share]:
        return [share for share in self.shares if share.is_mine]

    def _count(self, shares: list[Share]) -> int:
        load = _sum(shares)
        return load.asker if self.waiting == "asker" else load.us


def desk_of(user: User, *, waiting: str, slug: str, wants_own: bool) -> Desk:
    """The list `waiting` ("us" or "asker") as this person asked to see it."""
    loads = _loads()
    topics: Any = Topic.objects.public().with_service_of(user)
    if user.is_owner:
        topics = topics.with_waiting_alone()
    shares = [Share(topic, topic.is_served, loads.get(topic.pk, Load())) for topic in topics]
    return Desk(shares, waiting, slug, wants_own)


def _sum(shares: list[Share]) -> Load:
    return sum((share.load for share in shares), Load())


def _loads() -> dict[int, Load]:
    """By topic, counted by the same rules as the lists; each half of the one query has an index to itself."""
    rows = Question.objects.public().filter(merged_into=None)
    late, again = Q(promised_at__lt=timezone.now()), Q(asker_replied_at__isnull=False)
    ours = rows.awaiting_staff().order_by().values("topic_id")
    theirs = rows.awaiting_asker().order_by().values("topic_id")
    nothing, number = Value(0), Count("pk")
    both = ours.annotate(
        us=number, overdue=Count("pk", filter=late), again=Count("pk", filter=again), asker=nothing
    ).union(theirs.annotate(us=nothing, overdue=nothing, again=nothing, asker=number), all=True)
    loads: dict[int, Load] = {}
    for topic_id, *numbers in both.values_list("topic_id", "us", "overdue", "again", "asker"):
        loads[topic_id] = loads.get(topic_id, Load()) + Load(*numbers)
    return loads
