"""Canaries at the doors between public and private."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forum.actions.conversations import close_conversation
from forum.actions.doors import ask_into_private
from forum.actions.going_public import decline_publication, offer, publish, withdraw_publication
from forum.actions.outcomes import propose_outcome
from forum.actions.questions import edit_question
from forum.models import Door, PublicDraft, PublicWords, Topic
from moderation.actions.redactions import redact
from tests.factories import make_conversation, make_question, make_topic

if TYPE_CHECKING:
    from accounts.models import User
    from tests.canaries import Cast, Planted


def plant_doors(planted: Planted, cast: Cast) -> None:
    """What was taken out of a question, what is asked of its asker, and texts that did not become public."""
    topic = make_topic("Both ways", "both-ways", channel="both", staff=[cast.sami])
    parties = (cast.ann, cast.sami)
    said = planted.word("redacted", *parties)
    leaky = make_question(cast.ann, f"Where is {said}?", topic=topic, text=f"I mean {said}.")
    edit_question(question=leaky, editor=cast.ann, title=leaky.title, text=f"I do mean {said}.")
    room = redact(post=leaky, by=cast.sami, words=[said, said.split()[1]])
    assert room
    close_conversation(conversation=room, by=cast.sami)
    door = Door.objects.select_related("question__author", "conversation").get(conversation=room)
    propose_outcome(door=door, by=cast.sami, sentence=planted.word("outcome", *parties))
    asked = make_question(cast.ann, "May we ask you in?", topic=topic)
    ask_into_private(question=asked, by=cast.sami, reason="health", text=planted.word("doorword", *parties))
    planted.posts(leaky, asked)
    declined = _offered(planted, cast, topic, "declined")
    decline_publication(draft=declined)
    _offered(planted, cast, topic, "offered", *parties)
    for kind in ("faq", "question"):
        draft = _offered(planted, cast, topic, f"takenback{kind}", *parties, kind=kind)
        consent = publish(draft=draft, words=draft.words, version=1, under="nickname")
        withdraw_publication(consent=consent)
        planted.address("consent", consent.pk)
        for name in ("title", "answer"):
            # The entry stays on the Desk, retired, as every entry does; the question is gone for all.
            readers = {cast.ann.nickname, *(user.nickname for user in cast.team)} if kind == "faq" else set()
            planted.words[f"canarytakenback{kind}{name}"] = readers | {user.nickname for user in parties}


def _offered(planted: Planted, cast: Cast, topic: Topic, name: str, *readers: User, kind: str = "faq") -> PublicDraft:
    room = make_conversation(cast.ann, topic, "About this", "It is so.")
    words = PublicWords(*(planted.word(f"{name}{part}", *readers) for part in ("title", "text", "answer")))
    planted.address("uuid", room.pk)
    return offer(conversation=room, by=cast.sami, kind=kind, language="en", words=words, version=0)
