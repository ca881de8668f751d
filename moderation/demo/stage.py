"""What the loaders hand on to each other: the clock, the people, the topics, and the posts that have a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from forum.models import Answer, Comment, Question, Topic
from moderation.demo.clock import Clock, duration

DemoPost = Question | Answer | Comment


@dataclass
class Stage:
    clock: Clock
    people: dict[str, User]
    topics: dict[str, Topic] = field(default_factory=dict)
    posts: dict[str, DemoPost] = field(default_factory=dict)

    def later(self, nickname: str, start: datetime, text: str, after: datetime | None = None) -> datetime:
        """When this person acted: `text` after the start, and not before `after`."""
        return self.clock.moment(self.people[nickname], start + duration(text), after)
