"""Saved replies made personal: whom the answer is for, who gives it, and when we are there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from forum.models import Company, Conversation, Question
from forum.models.post import nickname_of
from forum.templatetags.sprechstunde import hours

if TYPE_CHECKING:
    from accounts.models import User

PLACEHOLDERS = ("nickname", "sign_off", "service_hours")


def filled(text: str, *, writer: User, about: str, company: Company) -> str:
    """The text with its placeholders filled; any other word in braces stays as it is.

    `about` is `q-` and a question's id or `c-` and a conversation's, or anything else for neither.
    """
    card = writer.serving_card
    values = {
        "nickname": addressee(about, writer),
        "sign_off": card.sign_off if card else "",
        "service_hours": hours(company),
    }
    for name in PLACEHOLDERS:
        value = values[name]
        if not value:
            # "Hello {nickname}," to somebody without a name is "Hello,".
            text = text.replace(f" {{{name}}}", "")
        text = text.replace(f"{{{name}}}", value)
    return text


def addressee(about: str, reader: User) -> str:
    """How the asker or customer is called; nothing where that is not to be said, or this person may not know."""
    kind, _dash, key = about.partition("-")
    if kind == "q":
        question = Question.objects.visible_to(reader).with_author().filter(public_id=key[:10]).first()
        if question is None or question.is_unnamed or question.author is None or question.author.erased_at:
            return ""
        return question.shown_name
    if kind == "c" and (room := _conversation(key, reader)) and room.customer and not room.customer.erased_at:
        return nickname_of(room.customer, "")
    return ""


def _conversation(key: str, reader: User) -> Conversation | None:
    try:
        number = UUID(key)
    except ValueError:
        return None
    return Conversation.objects.visible_to(reader).select_related("customer").filter(pk=number).first()
