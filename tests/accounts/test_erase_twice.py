"""Ann presses "erase" a second time: before, while and after the first does its work."""

from __future__ import annotations

import pytest

from accounts.erasure import begin_erasure, erase_account, go_on
from accounts.models import Erasure, Job, User


def test_a_second_press_changes_nothing(ann: User) -> None:
    first = begin_erasure(user=ann, keep_posts=True)
    assert begin_erasure(user=ann, keep_posts=False) == first
    assert Job.objects.count() == 1


def test_a_second_press_while_the_first_is_at_it_takes_no_batch(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    at_it: list[int] = []

    def press_again(erasure: Erasure, *args: object, **kwargs: object) -> bool:
        at_it.append(erasure.pk)
        if len(at_it) == 1:
            erase_account(user=ann, keep_posts=True)
        return go_on(erasure)

    monkeypatch.setattr("accounts.erasure.go_on", press_again)
    erase_account(user=ann, keep_posts=True)
    assert len(at_it) == 1
    assert Erasure.objects.get().finished_at


def test_a_second_press_when_all_is_done_is_no_fault(ann: User) -> None:
    erase_account(user=ann, keep_posts=True)
    assert erase_account(user=ann, keep_posts=True) is None
    assert Erasure.objects.count() == 1
