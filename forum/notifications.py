"""Who hears of what: people, never addresses.

`tell_…` writes letters into the outbox inside the action's transaction. The functions named in
settings.MAIL_BUILDERS are asked again when a letter is sent, and answer None when its reader may no longer
see what it is about.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from accounts.mail import queue_mail
from accounts.models import User
from forum.models import Answer, Comment, Company, Conversation, FaqEntry, Question
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


def tell_of_faq_entry(entry: FaqEntry) -> None:
    askers = User.objects.filter(pk__in=entry.sources.values("question__author"), is_active=True)
    for user in askers:
        queue_mail(kind="faq_published", recipient=user, entry=entry.pk)


def tell_of_message(conversation: Conversation, author: User) -> None:
    for user in _other_side(conversation, author):
        queue_mail(kind="conversation_message", recipient=user, conversation=str(conversation.pk))


def tell_of_closed_conversation(conversation: Conversation, by: User) -> None:
    """So that nobody learns from an empty page that their conversation was closed, and then deleted."""
    for user in _other_side(conversation, by):
        queue_mail(kind="conversation_closed", recipient=user, conversation=str(conversation.pk))


def _other_side(conversation: Conversation, person: User) -> list[User]:
    """The customer; or the staff member in charge, else all who serve the topic."""
    if conversation.customer_id != person.pk:
        return [conversation.customer] if conversation.customer else []
    serving = conversation.topic.staff.filter(is_active=True).exclude(role="").exclude(pk=person.pk)
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


def faq_published(recipient: User, payload: Context) -> Context | None:
    entry = FaqEntry.objects.public().filter(pk=payload["entry"]).first()
    return None if entry is None else {"title": entry.title, "url": _url(entry)}


def conversation_message(recipient: User, payload: Context) -> Context | None:
    """Says that there is a message and where; not from whom, about what, or a word of it."""
    conversation = Conversation.objects.visible_to(recipient).filter(pk=payload["conversation"]).first()
    return None if conversation is None else {"url": _url(conversation)}


def conversation_closed(recipient: User, payload: Context) -> Context | None:
    """Where it is and until when: not who closed it or what it was about. None when it was opened again."""
    conversations = Conversation.objects.visible_to(recipient).closed().exclude(delete_after=None)
    conversation = conversations.filter(pk=payload["conversation"]).first()
    if conversation is None:
        return None
    day = timezone.localtime(conversation.delete_after, Company.load().zone)
    return {"url": _url(conversation), "day": date_format(day, pgettext("date format", "j F Y"))}


def _url(thing: Question | Answer | Comment | FaqEntry | Conversation) -> str:
    return absolute_url(thing.get_absolute_url())
