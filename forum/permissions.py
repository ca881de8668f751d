"""What may this person do? Pure predicates on what they may already see: no queries, no HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from forum.receipt_holder import ReceiptHolder

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from forum.models import Answer, Conversation, FaqEntry, Post, Question

    Viewer: TypeAlias = User | AnonymousUser


def _stands(post: Post) -> bool:
    return not (post.hidden_at or post.held_at or post.deleted_at)


def can_write(user: Viewer) -> bool:
    return bool(user.is_authenticated and user.is_active and not user.suspended_at)


def is_staff(user: Viewer) -> bool:
    return bool(user.is_authenticated and user.is_staff)


def can_change_people(user: Viewer) -> bool:
    """People are the owner's: a role is given and taken by nobody else."""
    return bool(user.is_authenticated and user.may_manage_people)


def is_asker(user: Viewer, question: Question) -> bool:
    return bool(user.is_authenticated and question.author_id == user.pk)


def can_answer(user: Viewer, question: Question) -> bool:
    return can_write(user) and _stands(question) and not question.is_closed and not question.merged_into_id


def can_comment(user: Viewer, target: Question | Answer) -> bool:
    """Under a question, or under an answer whose question is still open."""
    question = cast("Question", getattr(target, "question", target))
    is_open = not (question.is_closed or question.merged_into_id)
    return can_write(user) and _stands(target) and _stands(question) and is_open


def can_follow(user: Viewer, question: Question) -> bool:
    """Hear of what happens to it. Reading is free, so this is open to people who may not write."""
    return bool(user.is_authenticated) and _stands(question)


def can_edit(user: Viewer, post: Post) -> bool:
    """Only the author, and not what was hidden: nobody's words are changed by others.

    What was written with the badge are the company's words: who has left the team changes them no more.
    """
    is_own = post.author_id == user.pk and (is_staff(user) or not post.is_by_staff)
    return can_write(user) and is_own and not post.hidden_at and not post.deleted_at


def can_accept(user: Viewer, answer: Answer) -> bool:
    asker_or_staff = is_asker(user, answer.question) or is_staff(user)
    return can_write(user) and asker_or_staff and _stands(answer) and _stands(answer.question)


def can_mark_metoo(user: Viewer, question: Question) -> bool:
    return can_write(user) and not is_asker(user, question) and _stands(question) and not question.merged_into_id


def can_mark_helpful(user: Viewer, answer: Answer) -> bool:
    return can_write(user) and answer.author_id != user.pk and _stands(answer)


def can_steer(user: Viewer, question: Question) -> bool:
    """Say whose turn it is, close, reopen, mark as asked before."""
    return can_write(user) and is_staff(user) and not question.hidden_at and not question.merged_into_id


def can_call_repeated(user: Viewer, question: Question) -> bool:
    """Say that it was asked before: staff decide, customers vote while nobody has."""
    if is_staff(user):
        return can_steer(user, question)
    is_new = not (question.duplicate_of_id or question.merged_into_id)
    return can_write(user) and _stands(question) and is_new


def can_merge(user: Viewer, question: Question) -> bool:
    """Move what others wrote to another page: those who also decide about what stays."""
    return bool(can_steer(user, question) and user.is_authenticated and user.is_moderator)


def can_take_apart(user: Viewer, question: Question) -> bool:
    """Undo that it was marked or merged; what was merged, by those who may merge."""
    if not (can_write(user) and is_staff(user)):
        return False
    return question.merged_into_id is None or bool(user.is_authenticated and user.is_moderator)


def can_promote(user: Viewer, answer: Answer) -> bool:
    return can_write(user) and is_staff(user) and _stands(answer) and _stands(answer.question)


def can_edit_faq(user: Viewer, entry: FaqEntry | None = None) -> bool:
    return can_write(user) and is_staff(user)


def can_publish(user: Viewer, entry: FaqEntry) -> bool:
    """Show it under /faq/, for the first time or again: not what a decision removed or another entry answers now.

    Where two people are asked for, the action says which of them may.
    """
    return can_edit_faq(user, entry) and not (entry.is_hidden or entry.is_merged)


def can_take_part(user: Viewer, conversation: Conversation) -> bool:
    """Whoever may see a conversation writes in it, closes it and opens it again; also who came in by receipt."""
    return can_write(user) or isinstance(user, ReceiptHolder)


def can_be_asked_in(question: Question) -> bool:
    """Whether its asker can be asked into private: a customer who is still there, under a question that stands."""
    author = question.author
    is_there = bool(author and author.is_active and not author.erased_at and not question.is_by_staff)
    return is_there and _stands(question) and question.merged_into_id is None


def can_ask_in(user: Viewer, question: Question) -> bool:
    """Ask its asker into private."""
    return can_write(user) and is_staff(user) and can_be_asked_in(question)


def can_redact(user: Viewer, post: Post) -> bool:
    """Take personal data out of it, for good; also of what is held or hidden, of which versions stay."""
    return can_write(user) and is_staff(user) and not post.deleted_at


def is_serving(user: Viewer, conversation: Conversation) -> bool:
    """True on the staff's side of the table."""
    return is_staff(user) and conversation.customer_id != getattr(user, "pk", None)


def is_customer(user: Viewer, conversation: Conversation) -> bool:
    """True on the other side of the table, by account or by receipt, for who may see the conversation at all."""
    return not is_serving(user, conversation)


def can_verify(user: Viewer, person: User) -> bool:
    """Confirm that somebody is a customer: the team does, of others who do not belong to it."""
    return can_write(user) and is_staff(user) and not person.is_staff and person.pk != user.pk
