"""A form that was sent twice, by a double click or after a lost answer, writes once.

The form's own key says so (forum.actions.sending). Where it brings none, or was opened anew in between, the same words
within a moment do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import User
from forum.actions.sending import Sent, send_once
from forum.limits import check_limit
from forum.models import Conversation, Message, Post, Receipt
from forum.receipt_holder import Party, ReceiptHolder, account_of

P = TypeVar("P", bound=Post)
M = TypeVar("M", bound=Model)

MOMENT = timedelta(minutes=5)


def once(*, author: User, kind: str, same: QuerySet[P], write: Callable[[], P], sent: Sent | None = None) -> P:
    """What `write` makes; or, of the posts with the `same` words, the one the author made a moment ago.

    Raises TooMuch when the author has reached the limit of this `kind` (settings.WRITING_LIMITS).
    """
    with transaction.atomic():
        _one_after_the_other(author)
        return send_once(sent, same.model, lambda: _unless_said(author, kind, same, write))


def _unless_said(author: User, kind: str, same: QuerySet[P], write: Callable[[], P]) -> P:
    made = same.filter(author=author, created_at__gte=timezone.now() - MOMENT).first()
    if made is None:
        check_limit(author, kind)
    return made or write()


def once_in_private(
    *,
    author: Party,
    text: str,
    among: QuerySet[Conversation],
    write: Callable[[], Conversation],
    subject: str = "",
    kind: str = "",
    is_repeatable: bool = False,
    sent: Sent | None = None,
) -> Conversation:
    """Where `write` put the words; or, of the conversations `among` which to look, the one that holds them already.

    That is one, with the `subject` if there is one, in which the author's same words of a moment ago are the last:
    who says yes twice because of two questions means it. What is said in private can not be looked for in the
    database, so the few messages of that moment are opened; of what `is_repeatable`, only the form's key is looked at.
    Raises TooMuch, where a `kind` is given, like `once`.
    """
    with transaction.atomic():
        _one_at_the_table(author)
        unless_said = partial(_unless_said_in_private, author, text, among, write, subject, kind)
        return send_once(sent, Conversation, write if is_repeatable else unless_said)


def _unless_said_in_private(
    author: Party, text: str, among: QuerySet[Conversation], write: Callable[[], Conversation], subject: str, kind: str
) -> Conversation:
    person = account_of(author)
    # Without an account the one customer's words are those without a name.
    own = {"author": person} if person else {"author": None, "posted_as_name": ""}
    recent = Message.objects.filter(created_at__gte=timezone.now() - MOMENT, conversation__in=among, **own)
    for message in recent.select_related("conversation"):
        conversation = message.conversation
        is_same = message.legible_text == text and subject in ("", conversation.legible_subject)
        if is_same and conversation.messages.last() == message:
            return conversation
    if kind and person:
        check_limit(person, kind)
    return write()


def _one_after_the_other(author: User) -> None:
    """Two requests at the same instant would both find nothing.

    `no_key` leaves others free to refer to the author: two people who answer each other would else wait for each
    other for ever.
    """
    User.objects.select_for_update(no_key=True).get(pk=author.pk)


def _one_at_the_table(author: Party) -> None:
    """Without an account it is the receipt that somebody holds in their hands."""
    if isinstance(author, ReceiptHolder):
        Receipt.objects.select_for_update(no_key=True).filter(pk=author.receipt_id).first()
    else:
        _one_after_the_other(author)


def once_changed(*, author: User, post: M, change: Callable[[], M], sent: Sent) -> M:
    """What `change` makes of the post; nothing more when the same form has changed it already."""
    with transaction.atomic():
        _one_after_the_other(author)
        return send_once(sent, type(post), change)
