"""Between public and private: two stubs, one with its outcome, and an entry that a customer has let us publish."""

from __future__ import annotations

from forum.models import (
    Conversation,
    Door,
    FaqEntry,
    FaqSource,
    PublicConsent,
    PublicDraft,
    PublicKind,
    PublicWords,
    Question,
    Under,
)
from moderation.demo.records import Record, read
from moderation.demo.stage import Stage


def load_doors(stage: Stage) -> None:
    content = read("doors.toml")
    for record in content["door"]:
        _door(stage, record)
    for record in content["public"]:
        _publication(stage, record)


def _door(stage: Stage, record: Record) -> None:
    question = stage.posts[record["question"]]
    assert isinstance(question, Question), record  # noqa: S101
    staff = stage.people[record["staff"]]
    at = stage.later(record["staff"], question.created_at, record["after"])
    door = Door(question=question, reason=record["reason"], opened_at=at, agreed_at=at)
    door.sign(staff)
    if "conversation" in record:
        door.conversation = Conversation.objects.get(origin_question=question)
    if "outcome" in record:
        settled = stage.later(record["staff"], at, record["settled"])
        door.outcome, door.outcome_by, door.outcome_by_name = record["outcome"], staff, staff.public_name
        door.outcome_proposed_at = door.outcome_agreed_at = settled
    door.save()


def _publication(stage: Stage, record: Record) -> None:
    customer, staff = stage.people[record["customer"]], stage.people[record["staff"]]
    at = stage.clock.moment(staff, stage.clock.ago(record["ago"]))
    conversation = Conversation.objects.get(customer=customer, topic=stage.topics[record["topic"]])
    words = PublicWords(record["title"], "", record["answer"].strip())
    draft = PublicDraft(conversation=conversation, kind=PublicKind.FAQ, language="de", offered_at=at, published_at=at)
    draft.words, draft.drafted_by, draft.drafted_by_name = words, staff, staff.public_name
    draft.save()
    entry = FaqEntry(slug=record["slug"], language="de", topic=conversation.topic, title=words.title, position=1)
    entry.author, entry.author_name = staff, staff.public_name
    entry.checked_by, entry.checked_by_name = staff, staff.public_name
    entry.write(words.answer)
    entry.created_at = entry.published_at = entry.checked_at = at
    entry.full_clean()
    entry.save()
    consent = PublicConsent.objects.create(
        conversation=conversation, user=customer, user_name=customer.nickname, under=Under.CUSTOMER, text_version=1,
        text_digest=words.digest, given_at=at, entry=entry,
    )  # fmt: skip
    FaqSource.objects.create(entry=entry, consent=consent, added_by=staff, added_at=at)
