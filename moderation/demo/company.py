"""The company's own row, its legal pages and its topics."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from forum.markdown import render
from forum.models import Company, LegalPage, Topic
from moderation.demo.drawing import picture_name
from moderation.demo.emblem import emblem
from moderation.demo.records import legal_texts, read
from moderation.demo.stage import Stage

OPENED = timedelta(days=330)


def load_company(now: datetime) -> Company:
    company = Company(pk=1, **read("company.toml"))
    picture = emblem()
    company.logo.save(picture_name(picture), ContentFile(picture), save=False)
    company.full_clean()
    company.save()
    LegalPage.objects.bulk_create(
        LegalPage(
            kind=page.kind,
            language=page.language,
            text=page.text,
            html=render(page.text),
            published_at=now - OPENED,
        )
        for page in legal_texts()
    )
    return company


def load_topics(stage: Stage) -> None:
    for position, record in enumerate(read("topics.toml")["topic"]):
        staff = [stage.people[nickname] for nickname in record.pop("staff")]
        topic = Topic(position=position, **record)
        topic.full_clean()
        topic.save()
        topic.staff.set(staff)
        stage.topics[topic.slug] = topic
