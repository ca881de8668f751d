"""Rows for tests, through the same actions that the site uses."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from accounts.models import User
from forum.actions.answers import accept_answer, answer_question, comment_on
from forum.actions.attachments import attach
from forum.actions.conversations import open_conversation, send_message
from forum.actions.faq import new_entry, promote_to_faq, publish_entry
from forum.actions.questions import ask
from forum.actions.receipts import open_by_receipt
from forum.models import (
    Answer,
    Attachment,
    Comment,
    Conversation,
    FaqEntry,
    InternalNote,
    Question,
    Receipt,
    SavedReply,
    Topic,
)

PASSWORD = "correct-horse-battery"
APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def protect(user: User) -> Authenticator:
    """Sets up an app as this person's second factor, as staff must have one."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(user, APP_SECRET).instance


def make_topic(name: str = "Soap", slug: str = "soap", *, staff: list[User] | None = None, **fields: Any) -> Topic:
    topic, _ = Topic.objects.get_or_create(slug=slug, defaults={"name": name, **fields})
    topic.staff.add(*(staff or []))
    return topic


def make_question(author: User, title: str = "How long does soap last?", **fields: Any) -> Question:
    """Asked through the action; what else is given is set on the row afterwards (`held_at=…`)."""
    topic = fields.pop("topic", None) or make_topic()
    text = fields.pop("text", "Mine has been on the shelf since spring.")
    question = ask(author=author, topic=topic, title=title, text=text, language="en")
    return _changed(question, fields)


def make_answer(
    question: Question, author: User, text: str = "About two years, dry and dark.", **fields: Any
) -> Answer:
    waiting_on = fields.pop("waiting_on", "")
    answer = answer_question(question=question, author=author, text=text, waiting_on=waiting_on)
    return _changed(answer, fields)


def make_comment(target: Question | Answer, author: User, text: str = "Good to know.", **fields: Any) -> Comment:
    return _changed(comment_on(target=target, author=author, text=text), fields)


def make_accepted(question: Question, author: User, by: User) -> Answer:
    answer = make_answer(question, author)
    accept_answer(answer=answer, by=by)
    return answer


def make_faq(by: User, title: str = "How long does soap last?", *, published: bool = True, **fields: Any) -> FaqEntry:
    topic = fields.pop("topic", None) or make_topic()
    entry = new_entry(by=by, topic=topic, language="en", title=title, text=fields.pop("text", "Two years."))
    if published:
        publish_entry(entry=entry, by=by)
    return _changed(entry, fields)


def make_note(question: Question, by: User, text: str = "She rang about this too.") -> InternalNote:
    note = InternalNote(question=question)
    note.write(text, by=by)
    note.save()
    return note


def make_reply(by: User, title: str = "How long soap lasts", text: str = "Two years.", **fields: Any) -> SavedReply:
    reply = SavedReply(title=title, text=text, is_shared=fields.pop("is_shared", True), **fields)
    reply.sign(by)
    reply.save()
    return reply


def make_faq_from(answer: Answer, by: User) -> FaqEntry:
    entry = promote_to_faq(answer=answer, by=by)
    publish_entry(entry=entry, by=by)
    return entry


def make_conversation(
    customer: User, topic: Topic | None = None, subject: str = "My order", text: str = "It never came.", **fields: Any
) -> Conversation:
    topic = topic or make_topic("Private", "private", channel="private")
    said: dict[str, Any] = {"subject": subject, "text": text, "health_consent": topic.health_data}
    conversation = open_conversation(customer=customer, topic=topic, **said)
    return _changed(conversation, fields)


CODE = "4821730096154833"


def make_receipt(topic: Topic, subject: str = "My order", text: str = "It never came.", **more: Any) -> Receipt:
    """A room opened without an account, with CODE unless another `code` is given."""
    said = {"code": CODE, "subject": subject, "text": text, "health_consent": topic.health_data, **more}
    return open_by_receipt(topic=topic, **said)


def make_attachment(
    conversation: Conversation, author: User, name: str = "receipt.txt", content: bytes = b"Paid in cash."
) -> Attachment:
    """Sent along with a message of its own."""
    file, waiting_on = BytesIO(content), "asker" if author.is_staff else ""
    attachment = attach(conversation=conversation, author=author, file=file, name=name, size=len(content))
    send_message(
        conversation=conversation, author=author, text="Here.", waiting_on=waiting_on, attached=[attachment.pk]
    )
    attachment.refresh_from_db()
    return attachment


def _changed(row: Any, fields: dict[str, Any]) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    if fields:
        row.save(update_fields=list(fields))
    return row
