"""Letters about the FAQ: to those whose questions became an entry, and to who looks after one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import User
from forum.faq_objections import objection_address
from forum.models import FaqEntry, FaqSource
from forum.site import absolute_url

Context = dict[str, Any]


def tell_askers(entry: FaqEntry) -> None:
    """Everybody whose question it was made from, once, however many of theirs there are."""
    sources = list(entry.sources.filter(question__author__isnull=False).select_related("question").order_by("pk"))
    told = {source.question.author_id for source in sources if source.question and source.told_at}
    to_tell = [source for source in sources if not (source.told_at or source.objected_at)]
    for source in to_tell:
        asker = source.question.author if source.question else None
        if asker and asker.is_active and asker.pk not in told:
            told.add(asker.pk)
            queue_mail(kind="faq_published", recipient=asker, entry=entry.pk, source=source.pk)
    entry.sources.filter(pk__in=[source.pk for source in to_tell]).update(told_at=timezone.now())


def tell_of_objection(source: FaqSource) -> None:
    """To who wrote the entry; where they are gone, the task on the Desk says it alone."""
    author = source.entry.author
    if author and author.is_active and author.is_staff:
        queue_mail(kind="faq_objection", recipient=author, source=source.pk)


def faq_published(recipient: User, payload: Context) -> Context | None:
    """Wherever it stands by now; None when it is not public any more, or the asker has objected meanwhile."""
    # Letters of the time before there was anything to object to name no source.
    source = FaqSource.objects.filter(pk=payload.get("source", 0)).select_related("entry").first()
    if "source" in payload and (source is None or source.objected_at):
        return None
    key = source.entry_id if source else payload["entry"]
    entry = FaqEntry.objects.public().select_related("topic").filter(pk=key).first()
    if entry is None:
        return None
    objection = absolute_url(objection_address(source)) if source else ""
    said = {"title": entry.title, "url": absolute_url(entry.get_absolute_url()), "objection_url": objection}
    return said | ({"discreet": True} if entry.topic.discreet else {})


def faq_objection(recipient: User, payload: Context) -> Context | None:
    source = FaqSource.objects.filter(pk=payload["source"]).exclude(objected_at=None).select_related("entry").first()
    if source is None or not recipient.is_staff:
        return None
    return {"title": source.entry.title, "url": absolute_url(reverse("forum:faq_edit", args=[source.entry_id]))}
