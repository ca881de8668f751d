"""Letters about the doors between public and private: neutral words for all of them, and where to decide.

Not a word of what it is about, whatever the topic: who looks at a letter learns that somebody is asked something.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accounts.mail import queue_mail
from accounts.models import User
from forum.models import Answer, Conversation, Door, FaqEntry, PublicConsent, PublicDraft
from forum.notifications import discretion, ping_about_offer
from forum.site import absolute_url

Context = dict[str, Any]


def tell_asker(door: Door) -> None:
    """That there is something to decide: whether to go private, or which sentence may stand on the page."""
    if door.question.author:
        queue_mail(kind="decision_wanted", recipient=door.question.author, door=door.pk)


def tell_team_of_decision(door: Door) -> None:
    for person in {door.opened_by, door.outcome_by} - {None, door.question.author}:
        queue_mail(kind="decision_made", recipient=person, door=door.pk)


def tell_customer(draft: PublicDraft) -> None:
    """Who wrote without an account is told that there is an answer, as of everything in the room."""
    if draft.conversation.customer:
        queue_mail(kind="decision_wanted", recipient=draft.conversation.customer, draft=draft.pk)
    elif draft.conversation.is_by_receipt:
        ping_about_offer(draft.conversation)


def tell_drafter(draft: PublicDraft) -> None:
    for person in _serving(draft.conversation, draft.drafted_by):
        queue_mail(kind="decision_made", recipient=person, draft=draft.pk)


def tell_of_withdrawal(consent: PublicConsent, entries: Iterable[FaqEntry]) -> None:
    """To who wrote what is gone, so that they know why."""
    question = consent.question
    answers = Answer.objects.filter(question=question).exclude(posted_as_name="").select_related("author")
    writers = {entry.author for entry in entries} | {answer.author for answer in answers if question}
    for person in writers - {None}:
        queue_mail(kind="consent_withdrawn", recipient=person, consent=consent.pk)


def _serving(conversation: Conversation, first: User | None) -> list[User]:
    """The one who began it, as long as they serve the topic; else all who do."""
    team = conversation.topic.staff.filter(is_active=True).exclude(role="")
    return [person for person in team if person == first] or list(team)


def decision_wanted(recipient: User, payload: Context) -> Context | None:
    """None when it was decided meanwhile."""
    if "draft" in payload:
        drafts = PublicDraft.objects.visible_to(recipient).awaiting_customer().select_related("conversation__topic")
        draft = drafts.filter(pk=payload["draft"]).first()
        if draft is None:
            return None
        url = absolute_url(reverse("forum:conversation_public", args=[draft.conversation_id]))
        return {"url": url, **discretion(draft.conversation)}
    door = Door.objects.visible_to(recipient).select_related("question").filter(pk=payload["door"]).first()
    if door is None or not (door.awaits_asker or door.awaits_outcome_decision):
        return None
    # Without the words of the title.
    return {"url": absolute_url(reverse("forum:question_private", args=[door.question.public_id]))}


def decision_made(recipient: User, payload: Context) -> Context | None:
    """Where it can be seen: the room for who serves it, else the question that it is about."""
    if not recipient.is_staff:
        return None
    rooms = Conversation.objects.visible_to(recipient).served_by(recipient).select_related("topic")
    if "draft" in payload:
        room = rooms.filter(public_draft=payload["draft"]).first()
        return {"url": absolute_url(room.get_absolute_url()), **discretion(room)} if room else None
    door = Door.objects.visible_to(recipient).select_related("question").filter(pk=payload["door"]).first()
    if door is None:
        return None
    room = rooms.filter(door=door).first()
    question = reverse("forum:question_detail", args=[door.question.public_id])
    return {"url": absolute_url(room.get_absolute_url() if room else question)}


def consent_withdrawn(recipient: User, payload: Context) -> Context | None:
    """Not which one it was: only where the team finds it."""
    if not recipient.is_staff:
        return None
    consent = PublicConsent._base_manager.filter(pk=payload["consent"]).first()
    if consent and consent.entry_id:
        return {"url": absolute_url(reverse("forum:faq_edit", args=[consent.entry_id]))}
    return {"url": absolute_url(reverse("forum:desk_doors"))}
