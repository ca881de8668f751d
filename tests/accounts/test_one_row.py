"""What is asked for with every request comes as if Django had asked for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.backends import SignInBackend
from accounts.models import User
from forum.models import Company


def columns(row: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_the_company_is_the_one_that_is_set_up(company: Company) -> None:
    company.closed_from, company.monday, company.hue = date(2026, 12, 24), "08:00-12:00", 210
    company.save()
    with CaptureQueriesContext(connection) as queries:
        loaded = Company.load()
    assert len(queries) == 1
    assert columns(loaded) == columns(Company.objects.get())
    assert (loaded._state.adding, loaded._state.db) == (False, "default")
    loaded.hue = 120
    loaded.save()
    assert Company.load().hue == 120


def test_before_it_is_set_up_there_is_one_with_defaults(db: None) -> None:
    assert Company.load().pk == 1
    assert Company.load()._state.adding


def test_the_account_of_a_session_knows_of_its_second_factor(ann: User, stella: User) -> None:
    for user, is_protected in ((ann, False), (stella, True)):
        found: Any = SignInBackend().get_user(user.pk)
        assert found.second_factor_found is is_protected
        assert columns(found) == columns(User.objects.get(pk=user.pk)) | {"second_factor_found": is_protected}


def test_nobody_has_a_session_of_nobody_or_of_who_is_shut_out(ann: User) -> None:
    assert SignInBackend().get_user(ann.pk + 1) is None
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert SignInBackend().get_user(ann.pk) is None
