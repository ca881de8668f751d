"""Canaries inside the private rooms."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forum import receipt_code
from forum.actions.attachments import attach
from forum.actions.conversations import send_message
from forum.actions.holds import place_hold
from forum.actions.rooms import hand_over, note_for_team
from forum.models import Conversation, Message
from forum.ratings import rating_address
from moderation.actions.messages import report_message
from tests.factories import CODE, make_attachment, make_conversation, make_receipt, make_topic

if TYPE_CHECKING:
    from tests.canaries import Cast, Planted


def plant_rooms(planted: Planted, cast: Cast) -> None:
    """Two of a discreet topic: Ann's, and one without an account behind it."""
    topic = make_topic("Quiet matters", "quiet", channel="private", discreet=True, staff=[cast.sami])
    parties = (cast.ann, cast.sami)
    conversation = make_conversation(
        cast.ann, topic, planted.word("subject", *parties), planted.word("message", *parties)
    )
    send_message(conversation=conversation, author=cast.sami, text=planted.word("reply", *parties), waiting_on="asker")
    said = conversation.messages.get(author=cast.ann)
    _plant_beside(planted, cast, conversation, said)
    planted.conversation = conversation
    # Whoever wrote it has no account: of those who walk through the house only Sami reads it, and nobody the address.
    without_account = make_receipt(
        topic,
        planted.word("receiptsubject", cast.sami),
        planted.word("receiptmessage", cast.sami),
        email="canaryping@example.org",
    ).conversation
    send_message(conversation=without_account, author=cast.sami, text=planted.word("receiptreply", cast.sami))
    planted.words["canaryping"] = set()
    for written in (CODE, receipt_code.grouped(CODE)):
        planted.words[written] = set()
    planted.address("uuid", conversation.pk, without_account.pk)
    planted.address("message", said.pk)
    planted.address("topic", topic.slug)
    planted.address("topic_pk", topic.pk)


def _plant_beside(planted: Planted, cast: Cast, conversation: Conversation, said: Message) -> None:
    """Files, sent and waiting; a note of the staff; a report that shows one message; and a hold with its reason."""
    parties = (cast.ann, cast.sami)
    name, text = planted.word("filename", *parties), planted.word("filecontent", *parties)
    sent = make_attachment(conversation, cast.ann, f"{name}.txt", text.encode())
    name, text = planted.word("waitingname", cast.ann), planted.word("waitingcontent", cast.ann)
    waiting = attach(
        conversation=conversation, author=cast.ann, file=BytesIO(text.encode()), name=f"{name}.txt", size=len(text)
    )
    planted.address("file", sent.pk, waiting.pk)
    hand_over(conversation=conversation, by=cast.sami, to=cast.sami, text=planted.word("handingover", cast.sami))
    note_for_team(conversation=conversation, by=cast.sami, text=planted.word("roomnote", cast.sami))
    shown = send_message(
        conversation=conversation, author=cast.ann, text=planted.word("disclosed", *parties, *cast.judges)
    )
    notice = report_message(message=shown, reporter=cast.sami, rule="insult", reason="It is an insult to us.")
    planted.address("notice", notice.public_id)
    hold = place_hold(number=conversation.pk, by=cast.olga, reason=planted.word("holdreason", cast.olga))
    planted.address("hold", hold.pk)
    # A letter box may be read by others: the link says nothing, and shows nothing.
    planted.address("rating", rating_address(conversation).rstrip("/").rpartition("/")[2])
