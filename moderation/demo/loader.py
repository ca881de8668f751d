"""Fills an empty database with the demonstration company, all or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from forum.search.reindexing import index_all
from moderation.demo.clock import Clock
from moderation.demo.company import load_company, load_topics
from moderation.demo.conversations import load_conversations
from moderation.demo.doors import load_doors
from moderation.demo.faq import load_faq
from moderation.demo.notices import load_notices
from moderation.demo.people import load_people
from moderation.demo.questions import load_questions
from moderation.demo.stage import Stage
from moderation.demo.team import load_team


@transaction.atomic
def load(now: datetime) -> None:
    """Everything the demonstration shows, as if it had grown over the ten months before `now`. Sends no mail."""
    company = load_company(now)
    clock = Clock(now, company.service_hours, timedelta(hours=company.promised_hours))
    stage = Stage(clock, load_people(now))
    load_topics(stage)
    load_questions(stage)
    load_faq(stage)
    load_conversations(stage)
    load_doors(stage)
    load_notices(stage)
    load_team(stage)
    index_all()
