"""What a nickname may be."""

from __future__ import annotations

from importlib import import_module
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.confusables import skeleton
from accounts.impersonation import speaks_for_us
from accounts.models import StaffCard, User
from accounts.nicknames import nickname_key, validate_nickname
from accounts.reserved import check_free, free_nicknames
from forum.models import Company

pytestmark = pytest.mark.any_database

COMPANY = ["Quellmoos Seifen", "Quellmoos", "Seifen"]


@pytest.mark.parametrize(
    "nickname",
    ["ann", "Käthe_92", "o.k", "seifen-fan", "Зоя", "x" * 20, "straße", "José", "Ingo", "Marlene_K", "käthe92",
     "Δημήτρης", "Олег", "badminton", "supporter", "Chefkoch", "modern.mom", "prakash", "Bossi", "Ruby", "Teamwork",
     "प्रिया", "נועה5", "山田たろう", "サリー", "김민수", "Nguyễn_7", "Björk", "Zoë", "O.Meara"],
)  # fmt: skip
def test_these_may_be(nickname: str) -> None:
    validate_nickname(nickname)


@pytest.mark.parametrize(
    ("nickname", "code"),
    [
        ("", "length"), ("ab", "length"), ("x" * 21, "length"), ("a b c", "characters"), ("a\nb", "characters"),
        ("ann\u200b", "characters"), ("\u202eann", "characters"), ("ａｎｎ", "characters"), ("ﬁsch", "characters"),
        ("ann@example", "characters"), ("ann/ben", "characters"), ("2024", "letters"), ("...", "letters"),
        ("аnn", "scripts"), ("αnn", "scripts"), ("Admin", "reserved"), ("SUPPORT_24", "reserved"),
        ("s.t.a.f.f", "reserved"), ("Supp0rt", "reserved"), ("5upport", "reserved"), ("adm1n", "reserved"),
        ("adrnin", "reserved"), ("ADMlN", "reserved"), ("аdmin", "scripts"), ("ТЕАМ", "reserved"), ("t3am", "reserved"),
        ("ádmin", "reserved"), ("real_admin", "reserved"), ("TheAdmin", "reserved"), ("anna.support24", "reserved"),
        ("supportteam", "reserved"), ("Kundenservice", "reserved"), ("kundendienst.7", "reserved"),
        ("Hilfe", "reserved"), ("BUCHHALTUNG", "reserved"), ("Geschaeftsfuehrung", "reserved"),
        ("Geschäftsführung", "reserved"), ("kundin", "reserved"), ("postmaster", "reserved"), ("login", "reserved"),
        ("Iogin", "reserved"), ("ann.", "signs"), ("_ann_", "signs"), ("a__n", "signs"), ("-_-ann", "signs"),
        ("ann\u0301n", "characters"), ("a٣nn", "characters"), ("ann\u200d", "characters"), ("ann\u2066", "characters"),
        ("a\u0363nn", "characters"), ("प्रिया\u0301", "characters"), ("ann☺", "characters"), ("⁠ann", "characters"),
    ],
)  # fmt: skip
def test_these_may_not(nickname: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_nickname(nickname)
    assert refusal.value.code == code


@pytest.mark.parametrize(("one", "other"), [("Ann", "aNN"), ("Straße", "STRASSE"), ("KÄTHE", "käthe")])
def test_names_that_differ_only_in_case_are_one(one: str, other: str) -> None:
    assert nickname_key(one) == nickname_key(other)


@pytest.mark.parametrize(
    "nickname", ["quellmoos", "Quellmoos24", "quellmoos.team", "SeifenQuellmoos", "quellmoos-help"]
)
def test_these_would_speak_for_the_company(nickname: str) -> None:
    assert speaks_for_us(nickname, COMPANY)


@pytest.mark.parametrize("nickname", ["quellmoosfan", "moos", "seifenblase", "quelle"])
def test_these_would_not(nickname: str) -> None:
    assert not speaks_for_us(nickname, COMPANY)


def test_the_name_on_a_staff_card_is_taken_but_not_the_first_name_with_a_number(stella: User) -> None:
    with pytest.raises(ValidationError):
        check_free("stellastern")
    check_free("stella7")


def test_suggestions_are_free_and_short_enough(company: Company) -> None:
    for nickname in ("x" * 20, "xxxxxxxxxxxxxxxxxx2"):
        User.objects.create_user(nickname, f"{nickname}@example.org")
    names = free_nicknames("x" * 20)
    assert names == ["x" * 18 + str(number) for number in (3, 4, 5)]
    for name in names:
        check_free(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ingo", "lngo"), ("ingo", "1ngo"), ("Tom", "Torn"), ("Olga", "0lga"), ("СНЕВ", "CHEB"), ("аnn", "ann"),
        ("Käthe", "KÄTHE"), ("Straße", "strasse"), ("rnax", "max"),
    ],
)  # fmt: skip
def test_these_look_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Käthe", "Kathe"), ("Anna", "Anne"), ("Marlene_K", "Marlene_B"), ("o.k", "o_k")]
)
def test_these_do_not(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    "nickname",
    ["Seifenmeisterin", "seifen.meisterin7", "seifenrneisterin", "Se1fenme1ster1n", "StellaStern", "stella.stern7",
     "STEllA_STERN", "5tella.5tern", "stella.seifenm", "stella_support", "quellmoos.stella", "QueIImoos", "Quellm0os"],
)  # fmt: skip
def test_nobody_passes_for_the_team_or_the_company(stella: User, nickname: str) -> None:
    StaffCard.objects.update(role_title="Seifenmeisterin")
    StaffCard.objects.create(slug="m", name="Stella Seifenm", role_title="")
    with pytest.raises(ValidationError, match="mistaken for the company"):
        check_free(nickname)


@pytest.mark.parametrize("nickname", ["stella_k", "Sternchen", "seifenfan", "Quellnymphe", "Ingo", "Marlene_K"])
def test_honest_names_near_the_team_pass(stella: User, nickname: str) -> None:
    StaffCard.objects.update(role_title="Seifenmeisterin")
    check_free(nickname)


@pytest.mark.database
def test_a_look_alike_of_somebody_is_taken(ann: User) -> None:
    User.objects.create_user("Ingo", "ingo@example.org")
    for nickname in ("lngo", "1ngo", "INGO"):
        with pytest.raises(ValidationError, match="Still free"):
            check_free(nickname)


@pytest.mark.database
def test_the_database_itself_refuses_a_look_alike(ann: User) -> None:
    User.objects.create_user("Ingo", "ingo@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("lngo", "lngo@example.org")


@pytest.mark.database
def test_who_looked_alike_before_keeps_the_name_and_can_be_saved(company: Company) -> None:
    """Rows from before: the elder account has the claim, the younger none, and both go on working."""
    elder = User.objects.create_user("Ingo", "ingo@example.org")
    younger = User.objects.create_user("zoe", "zoe@example.org")
    User.objects.filter(pk=younger.pk).update(nickname="lngo", nickname_key="lngo", nickname_skeleton=None)
    User.objects.filter(pk=elder.pk).update(nickname_skeleton=None)
    import_module("accounts.migrations.0003_nickname_skeletons").fill(apps, Mock(connection=connection))
    for user in (elder, younger):
        user.refresh_from_db()
        user.save()
    assert (elder.nickname_skeleton, younger.nickname_skeleton) == ("lngo", None)
