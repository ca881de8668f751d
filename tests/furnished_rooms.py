"""Much of what is private: rooms in every state, what stands in and beside them, and the doors to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.actions.holds import place_hold
from forum.actions.rooms import hand_over, note_for_team
from forum.models import (
    AccessLog,
    Attachment,
    Conversation,
    Door,
    Draft,
    Message,
    PublicDraft,
    PublicWords,
    Purpose,
    Question,
)
from tests.factories import make_receipt, make_topic
from tests.site_map import Site

SEVERAL = 6
WORDS = PublicWords("Does it help dry hands?", "", "Yes, with oat.")


def furnish_rooms(site: Site, people: dict[str, User], questions: list[Question]) -> None:
    rooms = [room for who in ("ann", "ben") for room in _rooms(site, people[who])]
    _in_the_room(site, people)
    _doors(people["stella"], questions, rooms)
    _drafts(site, people)
    for number in range(SEVERAL):
        make_receipt(site.conversation.topic, code=f"482173009615483{number}")
    for room in rooms[:SEVERAL]:
        place_hold(number=room.pk, by=people["olga"], reason="A claim is before the court.")


def _rooms(site: Site, customer: User) -> list[Conversation]:
    """In two topics that Stella serves, waiting for us or for the customer, or closed; more than a page shows."""
    now = timezone.now()
    both = make_topic("Hands", "hands", channel="both", staff=list(site.conversation.topic.staff.all()))
    states: list[dict[str, Any]] = [
        {"waiting_on": "us", "promised_at": now - timedelta(days=1)},
        {"waiting_on": "asker"},
        {"waiting_on": "", "closed_at": now, "closed_by_name": "Stella", "delete_after": now + timedelta(days=90)},
        {"waiting_on": "", "closed_at": now, "closed_by_name": "Stella", "is_rated": True},
    ]
    rows = []
    for number, state in enumerate(states * SEVERAL):
        row = Conversation(topic=both if number % 3 else site.conversation.topic, customer=customer, **state)
        row.subject = f"My order number {number}"
        rows.append(row)
    Conversation.objects.bulk_create(rows)
    Message.objects.bulk_create(_message(row, customer) for row in rows)
    return rows


def _message(room: Conversation, author: User) -> Message:
    message = Message(conversation=room, author=author, author_name=author.nickname)
    if author.is_staff:
        message.posted_as_name, message.staff_card = author.public_name, author.staff_card  # type: ignore[attr-defined]
    message.text = "It is **dry**."
    return message


def _in_the_room(site: Site, people: dict[str, User]) -> None:
    """Much was said by both, with files, often opened, and noted beside."""
    room, stella = site.conversation, people["stella"]
    said = [_message(room, people[who]) for who in ("ann", "stella") * 20]
    Message.objects.bulk_create(said)
    files = []
    for message in said:
        file = Attachment(conversation=room, message=message, is_sent=True, author=message.author, kind="text", size=9)
        file.name = "receipt.txt"
        files.append(file)
    Attachment.objects.bulk_create(files)
    AccessLog.objects.bulk_create(AccessLog(conversation=room, staff=stella, staff_name="Stella") for _message in said)
    for _number in range(SEVERAL):
        note_for_team(conversation=room, by=stella, text="She rang as well.")
        hand_over(conversation=room, by=stella, to=stella, text="Please go on.")


def _doors(stella: User, questions: list[Question], rooms: list[Conversation]) -> None:
    """Asked in, declined, settled without a sentence, and asked about one; and texts that wait for either side."""
    now = timezone.now()
    closed = [room for room in rooms if room.closed_at]
    opened = {"opened_by": stella, "opened_by_name": "Stella", "reason": "health"}
    doors = []
    for number, question in enumerate(questions[: 4 * SEVERAL]):
        room = closed[number]
        doors += [
            Door(question=question, **opened),
            Door(question=question, declined_at=now, **opened),
            Door(question=question, conversation=room, agreed_at=now, **opened),
        ]
        if number % 2:
            doors[-1].proposed_outcome = "It was exchanged."
            doors[-1].outcome_proposed_at, doors[-1].outcome_by = now, stella
    Door.objects.bulk_create(doors)
    drafts = [
        PublicDraft(conversation=room, kind="faq", language="en", drafted_by=stella, returned_at=now if n % 2 else None)
        for n, room in enumerate(closed)
    ]
    for draft in drafts:
        draft.words = WORDS
    PublicDraft.objects.bulk_create(drafts)


def _drafts(site: Site, people: dict[str, User]) -> None:
    """Of everybody on every form."""
    targets = {
        Purpose.EDIT_QUESTION: site.question.public_id,
        Purpose.ANSWER: site.question.public_id,
        Purpose.EDIT_ANSWER: site.answer.public_id,
        Purpose.COMMENT: site.question.public_id,
        Purpose.COMMENT_ON_ANSWER: site.answer.public_id,
        Purpose.EDIT_COMMENT: site.comment.public_id,
        Purpose.MESSAGE: str(site.conversation.pk),
        Purpose.EDIT_FAQ: str(site.entry.pk),
    }
    drafts = [
        Draft(owner=person, purpose=purpose, target=targets.get(purpose, ""))
        for person in people.values()
        for purpose in Purpose
    ]
    for draft in drafts:
        draft.words = {"title": "How long", "subject": "My order", "text": "What I meant to say"}
    Draft.objects.bulk_create(drafts)
