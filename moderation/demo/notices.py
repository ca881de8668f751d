"""Reports and decisions: a decision for every hidden post, with the report that led to it where there was one."""

from __future__ import annotations

from moderation.demo.clock import PAUSE, duration
from moderation.demo.records import Record, read
from moderation.demo.stage import DemoPost, Stage
from moderation.models import Decision, LogEntry, Notice, Verb


def load_notices(stage: Stage) -> None:
    records = {record["about"]: record for record in read("moderation.toml")["notice"]}
    for key, post in stage.posts.items():
        record = records.get(key)
        notice = _notice(stage, post, record) if record else None
        if post.is_hidden:
            _record_hiding(post, notice)
        elif notice and record and "decision" in record:
            _record_other(stage, post, notice, record["decision"])


def _notice(stage: Stage, post: DemoPost, record: Record) -> Notice:
    reporter = stage.people.get(record.get("reporter", ""))
    at = stage.clock.moment(reporter, post.created_at + duration(record["after"]))
    notice = Notice(
        target_kind=post.kind,
        target_id=post.public_id,
        target_author=post.author,
        reporter=reporter,
        reporter_name=record.get("name", ""),
        reporter_email=record.get("email", ""),
        rule=record["rule"],
        reason=record["reason"],
        created_at=min(at, post.hidden_at - PAUSE) if post.hidden_at else at,
    )
    notice.full_clean()
    notice.save()
    return notice


def _record_hiding(post: DemoPost, notice: Notice | None) -> None:
    decision = Decision(
        notice=notice,
        target_kind=post.kind,
        target_id=post.public_id,
        target_author=post.author,
        verb=Verb.HIDE,
        rule=post.hidden_rule,
        reason=post.hidden_reason,
        decided_by=post.hidden_by,
        decided_by_name=post.hidden_by.public_name if post.hidden_by else post.hidden_by_name,
        decided_at=post.hidden_at or post.created_at,
    )
    _enter(decision)


def _record_other(stage: Stage, post: DemoPost, notice: Notice, record: Record) -> None:
    by = stage.people[record["by"]]
    decision = Decision(
        notice=notice,
        target_kind=notice.target_kind,
        target_id=notice.target_id,
        target_author=notice.target_author,
        verb=record["verb"],
        reason=record["reason"],
        decided_by=by,
        decided_by_name=by.public_name,
        decided_at=stage.later(by.nickname, post.created_at, record["after"], notice.created_at),
    )
    _enter(decision)


def _enter(decision: Decision) -> None:
    """Saves the decision and its line in the public log."""
    decision.full_clean()
    decision.save()
    LogEntry.objects.create(
        actor=decision.decided_by,
        actor_name=decision.decided_by_name,
        verb=decision.verb,
        target_kind=decision.target_kind,
        target_id=decision.target_id,
        rule=decision.rule,
        reason=decision.reason,
        created_at=decision.decided_at,
    )
