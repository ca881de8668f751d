"""How a private conversation becomes a public text, for the tests of it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.models import User
from forum.actions.going_public import offer
from forum.models import Conversation, FaqEntry, PublicDraft, PublicWords, Question
from tests.factories import make_conversation, make_topic

TITLE, TEXT, ANSWER = "Does it help dry hands?", "My hands are dry in winter.", "Yes: oat, and cream at night."
WORDS = PublicWords(TITLE, TEXT, ANSWER)
FAQ_WORDS = PublicWords(TITLE, "", ANSWER)


def make_room(customer: User, staff: User) -> Conversation:
    topic = make_topic("Skin", "skin", channel="both", staff=[staff])
    return make_conversation(customer, topic, "About my hands", "They itch.")


def offered(room: Conversation, by: User, kind: str = "faq") -> PublicDraft:
    words = WORDS if kind == "question" else FAQ_WORDS
    return offer(conversation=room, by=by, kind=kind, language="en", words=words, version=0)


def form(**changed: Any) -> dict[str, Any]:
    return {"title": TITLE, "text": TEXT, "answer": ANSWER, "version": 1, "under": "customer", **changed}


def decide(client: Client, room: Conversation, **changed: Any) -> Any:
    return client.post(f"/private/{room.pk}/public/", form(**changed))


def propose(client: Client, room: Conversation, **changed: Any) -> Any:
    said = {"kind": "faq", "title": TITLE, "text": "", "answer": ANSWER, "version": 0, **changed}
    return client.post(f"/private/{room.pk}/offer/", said)


def public(client: Client) -> str:
    """All that everybody finds."""
    paths = ["/faq/", "/q/", "/search/?q=hands", "/feeds/faq.atom", "/feeds/questions.atom", "/sitemap.xml", "/t/skin/"]
    paths += [entry.get_absolute_url() for entry in FaqEntry.objects.all()]
    paths += [question.get_absolute_url() for question in Question.objects.all()]
    return "".join(client.get(path).text for path in paths)


def read(room: Conversation) -> PublicDraft:
    return PublicDraft.objects.select_related("conversation__customer", "conversation__topic").get(conversation=room)
