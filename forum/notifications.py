"""Who hears of what: people, never addresses.

`tell_…` writes letters into the outbox inside the action's transaction. The functions named in
settings.MAIL_BUILDERS are asked again when a letter is sent, and answer None when its reader may no longer
see what it is about.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from accounts.mail import queue_mail, queue_ping
from accounts.models import PingAddress, User
from forum.models import Answer, Comment, Company, Conversation, Message, PublicDraft, Question, Repetition
from forum.ratings import rating_address
from forum.receipt_holder import Party, account_of
from forum.site import absolute_url

Context = dict[str, Any]


def tell_of_answer(answer: Answer) -> None:
    for user in _followers(answer.question, but=answer.author_id):
        queue_mail(kind="question_answered", recipient=user, answer=answer.pk)


def tell_of_comment(comment: Comment) -> None:
    """To the author of a commented answer, and to the asker who follows; a comment is not worth more mail than that.

    Whoever wants no such letters at all gets none.
    """
    people = (comment.answer and comment.answer.author, _asker_who_follows(comment.thread))
    readers = {user.pk: user for user in people if user and user.pk != comment.author_id}
    for user in filter(lambda user: user.comment_letters, readers.values()):
        queue_mail(kind="question_commented", recipient=user, comment=comment.pk)


def tell_of_acceptance(answer: Answer, by: User) -> None:
    if answer.author and answer.author_id != by.pk:
        queue_mail(kind="answer_accepted", recipient=answer.author, answer=answer.pk)


def tell_of_closing(question: Question, by: User) -> None:
    if question.author and question.author_id != by.pk:
        queue_mail(kind="question_closed", recipient=question.author, question=question.pk)


def tell_of_repetition(act: Repetition) -> None:
    """To who asked again, unless it was their own doing."""
    asker = act.question.author
    if asker and asker.is_active and asker.pk != act.made_by_id:
        queue_mail(kind="question_repeated", recipient=asker, repetition=act.pk)


def tell_of_message(conversation: Conversation, author: Party | None) -> None:
    for user in _other_side(conversation, author):
        queue_mail(kind="conversation_message", recipient=user, conversation=str(conversation.pk))
    if account_of(author) and conversation.is_by_receipt and _unread(conversation).count() == 1:
        _ping(conversation)


def ping_about_offer(conversation: Conversation) -> None:
    """In the room of a receipt there is something to decide; who was told of an answer beside it finds it anyway."""
    if not _unread(conversation).exists():
        _ping(conversation)


def _ping(conversation: Conversation) -> None:
    """To who has no account but left an address: that there is an answer, and nothing that leads to it.

    Once until it is read: who was told of one need not be told of the next.
    """
    address = PingAddress.objects.filter(receipt__conversation=conversation).first()
    if address:
        queue_ping(kind="receipt_answered", to=address)


def _unread(conversation: Conversation) -> QuerySet[Message]:
    return conversation.messages.filter(read_at=None).exclude(posted_as_name="")


def tell_of_closed_conversation(conversation: Conversation, by: Party) -> None:
    """So that nobody learns from an empty page that their conversation was closed, and then deleted."""
    for user in _other_side(conversation, by):
        queue_mail(kind="conversation_closed", recipient=user, conversation=str(conversation.pk))


def tell_of_handing_over(conversation: Conversation, to: User) -> None:
    queue_mail(kind="conversation_handed", recipient=to, conversation=str(conversation.pk))


def _other_side(conversation: Conversation, party: Party | None) -> list[User]:
    """The customer; or the staff member in charge, else all who serve the topic."""
    person = account_of(party)
    if person and conversation.customer_id != person.pk:
        return [conversation.customer] if conversation.customer else []
    serving = conversation.topic.staff.filter(is_active=True).exclude(role="").exclude(pk=conversation.customer_id or 0)
    # Who is in charge but does not serve the topic any more can not read it, so the others hear of it.
    return [user for user in serving if user.pk == conversation.assigned_to_id] or list(serving)


def _followers(question: Question, *, but: int | None) -> list[User]:
    followers = User.objects.filter(subscriptions__question=question, is_active=True)
    return [user for user in followers if user.pk != but]


def _asker_who_follows(question: Question) -> User | None:
    asker = question.author
    return asker if asker and question.subscriptions.filter(user=asker).exists() else None


def question_answered(recipient: User, payload: Context) -> Context | None:
    answer = Answer.objects.visible_to(recipient).select_related("question").filter(pk=payload["answer"]).first()
    return None if answer is None else {"title": answer.question.title, "name": answer.shown_name, "url": _url(answer)}


def question_commented(recipient: User, payload: Context) -> Context | None:
    comments = Comment.objects.visible_to(recipient).select_related("question", "answer__question")
    comment = comments.filter(pk=payload["comment"]).first()
    if comment is None or not recipient.comment_letters:
        return None
    stop_url = absolute_url(reverse("accounts:profile"))
    return {"title": comment.thread.title, "name": comment.shown_name, "url": _url(comment), "stop_url": stop_url}


def answer_accepted(recipient: User, payload: Context) -> Context | None:
    answer = Answer.objects.public().select_related("question").filter(pk=payload["answer"]).first()
    return None if answer is None else {"title": answer.question.title, "url": _url(answer)}


def question_closed(recipient: User, payload: Context) -> Context | None:
    """Only while it is still closed: nobody needs to hear of a slip that was put right."""
    questions = Question.objects.visible_to(recipient).exclude(closed_at=None)
    question = questions.filter(pk=payload["question"]).first()
    if question is None:
        return None
    return {
        "title": question.title,
        "name": question.closed_by_name,
        "reason": question.closed_reason,
        "url": _url(question),
    }


def question_repeated(recipient: User, payload: Context) -> Context | None:
    """Only while it is so, and while the reader may read both: the letter names the other question."""
    act = Repetition.objects.filter(pk=payload["repetition"], undone_at=None).select_related("question").first()
    if act is None or not Question.objects.visible_to(recipient).filter(pk=act.question_id).exists():
        return None
    leads_to = act.question.merged_into_id or act.question.duplicate_of_id
    original = Question.objects.public().filter(pk=leads_to).first() if leads_to else None
    if original is None:
        return None
    said: Context = {
        "title": act.question.title,
        "original": original.title,
        "url": _url(original),
        "name": act.made_by_name,
    }
    return said | {"reason": act.reason, "is_merged": act.kind == "merge"}


def conversation_message(recipient: User, payload: Context) -> Context | None:
    """Says that there is a message and where; not from whom, about what, or a word of it."""
    conversations = Conversation.objects.visible_to(recipient).select_related("topic")
    conversation = conversations.filter(pk=payload["conversation"]).first()
    return None if conversation is None else {"url": _url(conversation), **discretion(conversation)}


def receipt_answered(address: PingAddress, payload: Context) -> Context | None:
    """Only while an answer waits that was not read, or a text to be decided about; not whose, about what, or where."""
    unread = Message.objects.filter(conversation__receipt__ping=address, read_at=None).exclude(posted_as_name="")
    offered = PublicDraft.objects.awaiting_customer().filter(conversation__receipt__ping=address)
    return {"discreet": True} if unread.exists() or offered.exists() else None


def discretion(conversation: Conversation) -> Context:
    """Of a discreet topic not even the company is named: who looks at a screen learns that somebody got a letter."""
    return {"discreet": True} if conversation.topic.discreet else {}


def conversation_handed(recipient: User, payload: Context) -> Context | None:
    """None when it was handed on, or closed, meanwhile."""
    mine = Conversation.objects.visible_to(recipient).filter(assigned_to=recipient, closed_at=None)
    conversation = mine.select_related("topic").filter(pk=payload["conversation"]).first()
    return None if conversation is None else {"url": _url(conversation), **discretion(conversation)}


def conversation_closed(recipient: User, payload: Context) -> Context | None:
    """Where it is and until when: not who closed it or what it was about. None when it was opened again.

    No day where the law keeps it: nobody knows yet when that ends.
    """
    conversations = Conversation.objects.visible_to(recipient).closed().exclude(delete_after=None)
    conversation = conversations.with_hold().select_related("topic").filter(pk=payload["conversation"]).first()
    if conversation is None:
        return None
    day = timezone.localtime(conversation.delete_after, Company.load().zone)
    # Whether it helped is asked of the customer, who need not sign in for that.
    is_customer = conversation.customer_id == recipient.pk
    rate = absolute_url(rating_address(conversation)) if is_customer and not conversation.is_rated else ""
    day_said = date_format(day, pgettext("date format", "j F Y"))
    said: Context = {"url": _url(conversation), "day": day_said, "rate": rate}
    said |= {"is_customer": is_customer, "is_on_hold": conversation.is_on_hold}
    return said | discretion(conversation)


def _url(thing: Question | Answer | Comment | Conversation) -> str:
    return absolute_url(thing.get_absolute_url())
