"""The actions hold by themselves, whatever a view has looked at before."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from forum.models import Question
from moderation.actions.decisions import AlreadyDecided, hide, keep, release, restore
from moderation.actions.notices import report
from moderation.models import Decision, LogEntry
from tests.factories import make_comment, make_faq, make_question
from tests.races import together

WHY: dict[str, Any] = {"rule": "insult", "reason": "It is about a person."}


def test_a_notice_gets_one_decision(ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    notice = report(target=question, reporter=ben, **WHY)
    keep(notice=notice, by=moritz, reason="Criticism stays.")
    with pytest.raises(AlreadyDecided):
        keep(notice=notice, by=moritz, reason="Criticism stays.")
    with pytest.raises(AlreadyDecided):
        hide(target=question, by=moritz, notice=notice, **WHY)
    question.refresh_from_db()
    assert not question.is_hidden


@pytest.mark.django_db(transaction=True)
def test_two_at_once_decide_once_also_about_what_is_gone(ann: User, ben: User, moritz: User, olga: User) -> None:
    question = make_question(ann)
    notice = report(target=question, reporter=ben, **WHY)
    question.delete()
    acts = [partial(keep, notice=notice, by=by, reason="It is gone.") for by in (moritz, olga)]
    assert together(*acts, refusals=(AlreadyDecided,)) == ["AlreadyDecided", "done"]


def test_stale_rows_are_read_anew(ann: User, moritz: User) -> None:
    """Two moderators opened the page before either of them decided."""
    question = make_question(ann)
    stale = Question.objects.get(pk=question.pk)
    hide(target=question, by=moritz, **WHY)
    with pytest.raises(AlreadyDecided):
        hide(target=stale, by=moritz, **WHY)


def test_when_one_part_fails_nothing_happened(ann: User, moritz: User, monkeypatch: pytest.MonkeyPatch) -> None:
    question = make_question(ann)
    monkeypatch.setattr(LogEntry.objects, "create", lambda **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hide(target=question, by=moritz, **WHY)
    question.refresh_from_db()
    assert not question.is_hidden
    assert not Decision.objects.exists()


def _hide(question: Question, by: User) -> None:
    hide(target=question, by=by, **WHY)


def _keep(question: Question, by: User) -> None:
    keep(notice=report(target=question, reporter=None, **WHY), by=by, reason="It stays.")


def _restore(question: Question, by: User) -> None:
    question.hide(by=by, at=timezone.now(), **WHY)
    restore(target=question, by=by, reason="We were wrong.")


def _release(question: Question, by: User) -> None:
    question.hold("Many links.", timezone.now())
    question.save()
    release(post=question, by=by, reason="They are fine.")


@pytest.mark.parametrize("act", [_hide, _keep, _restore, _release])
def test_each_decision_is_a_row_and_a_line_in_the_log(
    ann: User, moritz: User, act: Callable[[Question, User], None]
) -> None:
    question = make_question(ann)
    act(question, moritz)
    decision, entry = Decision.objects.get(), LogEntry.objects.get()
    for fact in ("verb", "target_kind", "target_id", "rule", "reason"):
        assert getattr(decision, fact) == getattr(entry, fact)
    assert decision.reason
    assert decision.verb == act.__name__.strip("_")


def test_the_log_is_only_added_to(ann: User, moritz: User) -> None:
    hide(target=make_question(ann), by=moritz, **WHY)
    entry = LogEntry.objects.get()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_words_and_entries_are_hidden_alike(ann: User, stella: User, moritz: User) -> None:
    for target in (make_comment(make_question(ann), ann), make_faq(stella)):
        hide(target=target, by=moritz, **WHY)
    assert LogEntry.objects.count() == 2


ROOT = Path(settings.BASE_DIR)
DECIDING = ("moderation/actions/decisions.py", "moderation/actions/versions.py")
# They set the facts: the model's own methods, what a check does with a new post, and what fills a database.
MAY_SET = {
    "forum/models/post.py", "forum/models/faq.py", "forum/models/conversation.py", "forum/actions/visibility.py",
    "forum/checks.py", "forum/actions/redactions.py", "moderation/actions/redactions.py", *DECIDING,
}  # fmt: skip
FILLS = ("moderation/demo/",)
CHANGES = {
    "hide", "restore", "release", "hide_post", "restore_post", "release_post", "hide_version", "restore_version",
    "remove_words",
}  # fmt: skip
FACTS = {"hidden_at", "held_at"}


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for app in ("accounts", "forum", "moderation", "config"):
        for file in (ROOT / app).rglob("*.py"):
            name = str(file.relative_to(ROOT))
            if "/migrations/" not in name and name not in MAY_SET and not name.startswith(FILLS):
                yield name, ast.parse(file.read_text())


def _sets_a_fact(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(part, ast.Attribute) and part.attr in FACTS for part in ast.walk(node) if _stored(part))
    return isinstance(node, ast.Call) and _name(node) in {"update", "create"} and _names_a_fact(node)


def _stored(part: ast.AST) -> bool:
    return isinstance(getattr(part, "ctx", None), ast.Store)


def _names_a_fact(node: ast.Call) -> bool:
    return any(keyword.arg in FACTS for keyword in node.keywords)


def _name(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_nothing_is_hidden_restored_or_released_but_by_a_decision() -> None:
    """Only the actions that decide call what changes visibility, and nobody sets the facts by hand."""
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt | ast.expr) and (_sets_a_fact(node) or _calls_a_change(name, node))
    ]
    assert wrong == []


def _calls_a_change(name: str, node: Any) -> bool:
    """Views of moderation may call the actions: those have the same short names, and write the decision."""
    if name == "forum/pictures.py":  # gives back a semaphore
        return False
    in_views = name.startswith("moderation/views/")
    changes = CHANGES - {"hide", "restore", "release"} if in_views else CHANGES
    return isinstance(node, ast.Call) and _name(node) in changes


def test_every_function_that_changes_visibility_records_it() -> None:
    trees = [ast.parse((ROOT / file).read_text()) for file in DECIDING]
    functions = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    for function in (node for node in functions if node.name[0] != "_"):
        calls = {_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        assert "record" in calls, function.name
