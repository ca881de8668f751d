"""Questions with all that hangs on them: answers, comments, acceptances, marks, closing."""

from __future__ import annotations

from datetime import datetime

from forum.actions.counters import recount, recount_demand, recount_helpful
from forum.actions.questions import set_unnamed
from forum.models import Acceptance, Answer, Comment, Question, Subscription, WaitingOn
from moderation.demo.marks import mark_helpful, mark_metoo
from moderation.demo.posts import write_post
from moderation.demo.records import Record, questions
from moderation.demo.stage import Stage


def load_questions(stage: Stage) -> None:
    for topic_slug, record in questions():
        _question(stage, topic_slug, record)


def _question(stage: Stage, topic_slug: str, record: Record) -> None:
    author = stage.people[record["author"]]
    start = stage.clock.moment(author, stage.clock.ago(record["ago"]))
    question = Question(topic=stage.topics[topic_slug], language=record.get("language", "de"))
    question.write_title(record["title"])
    question.promised_at = stage.clock.due(start)
    write_post(stage, question, record, start)
    Subscription.objects.create(question=question, user=author, created_at=start)
    answers = [_answer(stage, question, answer) for answer in record.get("answer", [])]
    for comment in record.get("comment", []):
        _comment(stage, question, comment)
    mark_metoo(stage, question, record.get("metoo", []))
    if "closed" in record:
        _close(stage, question, record["closed"], answers)
    if record.get("unnamed"):
        set_unnamed(question=question, on=True)
    recount(question)
    _settle(stage, question, record.get("waiting_on"))
    _place_in_lists(question)


def _answer(stage: Stage, question: Question, record: Record) -> Answer:
    answer = Answer(question=question)
    write_post(stage, answer, record, stage.later(record["author"], question.created_at, record["after"]))
    mark_helpful(stage, answer, record.get("helpful", []))
    recount_helpful(answer)
    for acceptance in record.get("accepted", []):
        _accept(stage, answer, acceptance)
    for comment in record.get("comment", []):
        _comment(stage, answer, comment)
    return answer


def _comment(stage: Stage, target: Question | Answer, record: Record) -> None:
    comment = Comment(question=target) if isinstance(target, Question) else Comment(answer=target)
    last = Comment.objects.filter(**{target.kind: target}).order_by("-created_at").first()
    at = stage.later(record["author"], target.created_at, record["after"], last.created_at if last else None)
    write_post(stage, comment, record, at)


def _accept(stage: Stage, answer: Answer, record: Record) -> None:
    by = stage.people[record["by"]]
    Acceptance.objects.create(
        answer=answer,
        accepted_by=by,
        accepted_by_name=by.public_name,
        by_staff=by.is_staff,
        accepted_at=stage.later(by.nickname, answer.created_at, record["after"]),
    )


def _close(stage: Stage, question: Question, record: Record, answers: list[Answer]) -> None:
    by = stage.people[record["by"]]
    last = max(post.created_at for post in [question, *answers])
    question.closed_at = stage.later(by.nickname, question.created_at, record["after"], last)
    question.closed_by, question.closed_by_name = by, by.public_name
    question.closed_reason = record["reason"]
    if original := stage.posts.get(record.get("duplicate_of", "")):
        question.duplicate_of = original  # type: ignore[assignment]
        asker = stage.people[question.author_name]
        Subscription.objects.create(question_id=original.pk, user=asker, created_at=question.closed_at)
    question.save()
    if question.duplicate_of_id:
        recount_demand([question.duplicate_of_id])


def _settle(stage: Stage, question: Question, waiting_on: str | None) -> None:
    """Whose turn it is: as the file says, else ours until staff answered or somebody accepted."""
    settled = question.first_staff_answer_at or question.accepted_count or question.closed_at
    question.waiting_on = waiting_on or (WaitingOn.NOBODY if settled else WaitingOn.US)
    question.waiting_since = question.created_at if question.waiting_on == WaitingOn.US else None
    if question.waiting_on == WaitingOn.ASKER:
        question.waiting_since = question.first_staff_answer_at
        question.asker_replied_at = _last_word_of_asker(question)
    if question.asker_replied_at:
        question.promised_at = stage.clock.due(question.asker_replied_at)
    question.save()


def _last_word_of_asker(question: Question) -> datetime | None:
    words = Comment.objects.of_thread(question.pk).filter(author=question.author)
    last = words.filter(created_at__gt=question.waiting_since).order_by("created_at").last()
    return last.created_at if last else None


def _place_in_lists(question: Question) -> None:
    answers, comments = Answer.objects.filter(question=question), Comment.objects.of_thread(question.pk)
    question.last_activity_at = max(post.created_at for post in [question, *answers, *comments])
    question.save(update_fields=["last_activity_at"])
