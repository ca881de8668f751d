"""The site of site_map.py with much on each page: something in every state, and several of each thing.

Written row by row where the actions would write letters as well.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.models import (
    Acceptance,
    Answer,
    Comment,
    DemandMet,
    DuplicateVote,
    FaqEntry,
    FaqFeedback,
    FaqRecheck,
    FaqRevision,
    FaqSource,
    Helpful,
    Question,
    Reading,
    Repetition,
    Revision,
    SearchMiss,
    Suggestion,
)
from forum.models.faq_harvest import RecheckReason
from forum.search.documents import index_entries, index_questions
from tests.factories import make_note, make_topic
from tests.furnished_rooms import furnish_rooms
from tests.furnished_team import furnish_team
from tests.site_map import Site

MANY, FEW = 22, 6  # more than a page of a list shows; so many that a query for each would be too many
People = dict[str, User]


def furnish(site: Site, people: People) -> None:
    crowd = [User.objects.create_user(f"guest{number}", f"guest{number}@example.org") for number in range(FEW)]
    questions = _questions(site, people)
    _thread(site, people)
    _beside_the_question(site, people, questions, crowd)
    entries = _entries(site, people)
    _beside_the_entry(site, people, questions, entries)
    furnish_rooms(site, people, questions)
    furnish_team(site, people)


def _said(text: str = "It depends on **how** dry it is.") -> dict[str, str]:
    return {"text": text, "html": f"<p>{text}</p>"}


def _badge(author: User) -> dict[str, Any]:
    if not author.is_staff:
        return {}
    card = author.staff_card  # type: ignore[attr-defined]
    return {"posted_as_name": card.name, "posted_as_role": card.role_title, "staff_card": card}


def _states(site: Site, moritz: User) -> list[dict[str, Any]]:
    now = timezone.now()
    hidden = {"hidden_at": now, "hidden_by": moritz, "hidden_by_name": "Moritz", "hidden_rule": "insult"}
    return [
        {"waiting_on": "us", "promised_at": now - timedelta(days=1)},
        {"waiting_on": "asker", "waiting_since": now},
        {"waiting_on": "asker", "asker_replied_at": now},
        {"waiting_on": "", "closed_at": now, "closed_by": moritz, "closed_by_name": "Moritz", "closed_reason": "Old."},
        {"waiting_on": "", "first_staff_answer_at": now, "answer_count": 1},
        {"waiting_on": "", "accepted_count": 1, "answer_count": 1},
        {"unnamed_at": now, "redacted_at": now, "redacted_by": moritz},
        hidden,
        {"held_at": now, "held_reason": "Links."},
        {"duplicate_of": site.question, "edited_at": now},
        {"merged_into": site.question},
    ]


def _questions(site: Site, people: People) -> list[Question]:
    """Two in each state, in two topics, by Ann and Ben."""
    cream = make_topic("Cream", "cream", channel="both", staff=[people["stella"]])
    authors, topics = cycle((people["ann"], people["ben"])), cycle((site.question.topic, site.question.topic, cream))
    rows = [
        Question(title=f"How long does soap number {number} last?", slug="soap", language="en", author=next(authors),
                 topic=next(topics), metoo_count=number % 5, **state, **_said())
        for number, state in enumerate(_states(site, people["moritz"]) * 2)
    ]  # fmt: skip
    Question.objects.bulk_create(rows)
    index_questions([row.pk for row in rows])
    return rows


def _thread(site: Site, people: People) -> None:
    """Answers to the question by everybody, in every state, each with comments, as under the question itself."""
    writers = [people[name] for name in ("stella", "ben", "ann", "moritz")]
    states = cycle(({}, {}, {"hidden_at": timezone.now()}, {"held_at": timezone.now()}, {"edited_at": timezone.now()}))
    answers = [
        Answer(question=site.question, author=who, **next(states), **_said(), **_badge(who)) for who in writers * 3
    ]
    Answer.objects.bulk_create(answers)
    by = {"accepted_by": people["ann"], "accepted_by_name": "ann"}
    Acceptance.objects.bulk_create(Acceptance(answer=answer, **by) for answer in answers[::2])
    Helpful.objects.bulk_create(Helpful(answer=answer, user=people["ben"]) for answer in answers)
    above: list[dict[str, Any]] = [
        *({"answer": answer} for answer in (site.answer, *answers)),
        {"question": site.question},
    ]
    comments = [Comment(author=who, **place, **_said(), **_badge(who)) for place in above for who in writers]
    Comment.objects.bulk_create(comments)
    Answer.objects.bulk_create(
        Answer(question=site.other, author=who, **_said(), **_badge(who)) for who in writers for _number in range(MANY)
    )


def _beside_the_question(site: Site, people: People, questions: list[Question], crowd: list[User]) -> None:
    """Notes, versions, what its asker was shown, what it may repeat, and how often others are read."""
    for who in ("stella", "moritz", "olga") * 2:
        make_note(site.question, people[who])
    posts = {"question": site.question, "answer": site.answer, "comment": site.comment}
    Revision.objects.bulk_create(
        Revision(number=number, text=f"Version {number}", edited_by=people["ann"], edited_by_name="ann", **{kind: post})
        for kind, post in posts.items()
        for number in range(10, 10 + MANY)
    )
    Suggestion.objects.bulk_create(Suggestion(question=site.question, found=one) for one in questions[:FEW])
    votes = [DuplicateVote(question=site.question, original=site.other, user=user) for user in crowd]
    DuplicateVote.objects.bulk_create(votes)
    acts = {"made_by": people["stella"], "made_by_name": "Stella", "undone_at": timezone.now()}
    Repetition.objects.bulk_create(
        Repetition(question=site.question, original=one, kind="mark", **acts) for one in questions[:FEW]
    )
    Reading.objects.bulk_create(Reading(question=one, day=timezone.localdate(), count=200) for one in questions)
    SearchMiss.objects.bulk_create(
        SearchMiss(words=f"word {number}", language="en", day=timezone.localdate(), count=9) for number in range(MANY)
    )


def _entries(site: Site, people: People) -> list[FaqEntry]:
    """Several in each state; of the published ones all were made of the question."""
    now = timezone.now()
    states: list[dict[str, Any]] = [
        {"published_at": now},
        {"published_at": now, "review_due_on": timezone.localdate()},
        {},
        {"submitted_at": now, "submitted_by": people["stella"]},
        {"published_at": now, "retired_at": now},
        {"published_at": now, "retired_at": now, "merged_into": site.entry, "merged_at": now, "merged_by_name": "Olga"},
    ]
    rows = [
        FaqEntry(title=f"How long does soap number {number} last?", slug=f"entry-{number}", language="en",
                 topic=site.question.topic, author=people["stella"], **state, **_said())
        for number, state in enumerate(states * FEW)
    ]  # fmt: skip
    rows.append(
        FaqEntry(title="Wie lange hält Seife?", slug="seife", language="de", topic=site.question.topic,
                 author=people["stella"], translation_of=site.entry, published_at=now, **_said("Zwei Jahre."))
    )  # fmt: skip
    FaqEntry.objects.bulk_create(rows)
    # By way of another one.
    FaqEntry.objects.filter(pk=rows[4].pk).update(merged_into=rows[5], merged_at=now, merged_by_name="Olga")
    index_entries([row.pk for row in rows if row.is_published])
    FaqSource.objects.bulk_create(
        FaqSource(entry=row, question=site.question, answer=site.answer, added_by=people["stella"])
        for row in rows
        if row.is_published
    )
    return rows


def _beside_the_entry(site: Site, people: People, questions: list[Question], entries: list[FaqEntry]) -> None:
    """Where it comes from, what readers said, why it must be looked at again, and its versions."""
    sources = [
        FaqSource(entry=site.entry, question=one, added_by=people["stella"], credited_at=timezone.now())
        for one in questions
    ]
    FaqSource.objects.bulk_create(sources)
    Suggestion.objects.bulk_create(Suggestion(question=site.question, entry=one) for one in entries[:FEW])
    for entry in (site.entry, *entries):
        FaqFeedback.objects.bulk_create(
            FaqFeedback(entry=entry, is_helpful=number % 2 == 0, text="The year is missing.") for number in range(FEW)
        )
        FaqRecheck.objects.bulk_create(FaqRecheck(entry=entry, reason=reason) for reason in RecheckReason.values)
    day = {"day": timezone.localdate(), "count": 3}
    DemandMet.objects.bulk_create([DemandMet(entry=site.entry, **day), DemandMet(found=site.question, **day)])
    FaqRevision.objects.bulk_create(
        FaqRevision(entry=site.entry, number=number, title="Soap", text=f"Version {number}", edited_by=people["olga"])
        for number in range(10, 10 + MANY)
    )
