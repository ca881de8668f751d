"""Whoever opened a private room with the code of its receipt: no account, and this one room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

if TYPE_CHECKING:
    from uuid import UUID


class ReceiptHolder(AnonymousUser):
    """For every page and queryset a visitor, but for the gate of conversations, which lets them into theirs.

    Made by forum.views.receipt_cookie alone, from a cookie that we have signed.
    """

    nickname = ""
    public_name = ""
    suspended_at = None

    def __init__(self, receipt_id: int, conversation_id: UUID, ticket: list[Any]) -> None:
        super().__init__()
        self.receipt_id = receipt_id
        self.conversation_id = conversation_id
        # What the cookie says, to be signed anew.
        self.ticket = ticket


# Who sits at the table of a private conversation.
Party: TypeAlias = User | ReceiptHolder


def account_of(person: Party | None) -> User | None:
    """What is entered in a row for this person: nothing for who has no account."""
    return None if person is None or isinstance(person, ReceiptHolder) else person
