"""Headings of another system as topics here: found again on the next run, never mixed with what they are not."""

from __future__ import annotations

from django.utils.text import slugify

from forum.importing.records import Records
from forum.markdown.characters import readable
from forum.models import Topic
from forum.models.identifiers import slug_of


class ImportedTopics:
    """One topic for each heading of a source. A public topic that has the name already is used."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._topics: dict[str, Topic] = {}

    def called(self, name: str, *, key: str = "", description: str = "") -> Topic:
        """The topic for a heading; `key` tells headings apart, where their names may repeat or change."""
        foreign_id = (key or name)[:80]
        if foreign_id not in self._topics:
            self._topics[foreign_id] = self._known(foreign_id) or self._made(name, foreign_id, description)
        return self._topics[foreign_id]

    def _known(self, foreign_id: str) -> Topic | None:
        known = self.records.known("topic", [foreign_id])
        return Topic.objects.filter(pk=known[foreign_id]).first() if known else None

    def _made(self, name: str, foreign_id: str, description: str) -> Topic:
        name = " ".join(readable(name).split())[:60] or "?"
        # What was public elsewhere never lands in a private topic.
        topic = Topic.objects.taking_questions().filter(name__iexact=name).first()
        if topic is None:
            topic = Topic.objects.create(name=name, slug=_free_slug(name), description=description[:300])
        self.records.forget("topic", foreign_id)
        self.records.remember("topic", {foreign_id: topic})
        return topic


def _free_slug(name: str) -> str:
    slug, number = slugify(slug_of(name))[:55] or "topic", 1
    candidate = slug
    while Topic.objects.filter(slug=candidate).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
