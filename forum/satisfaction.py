"""How many of a topic's private conversations helped, for those who serve it."""

from __future__ import annotations

from typing import NamedTuple

from accounts.models import User
from forum.models import Satisfaction

# Of fewer answers, one could be told from who was there last.
FEWEST = 5


class Helped(NamedTuple):
    topic: str
    yes: int
    partly: int
    no: int


def helped(reader: User) -> list[Helped]:
    """By topic, those with enough answers."""
    counts: dict[str, dict[str, int]] = {}
    rows = Satisfaction.objects.filter(topic__staff=reader).order_by("topic__position", "topic__name")
    for topic, answer, count in rows.values_list("topic__name", "answer", "count"):
        counts.setdefault(topic, dict.fromkeys(Satisfaction.Answer.values, 0))[answer] = count
    return [Helped(topic, **said) for topic, said in counts.items() if sum(said.values()) >= FEWEST]
