"""No letter box is flooded, and nobody who floods one keeps its owner from the letters they need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.models import Company
from tests.accounts.entrance import NEWCOMER, code, letters, sign_in, sign_up
from tests.accounts.proofs import is_signed_in, prove
from tests.factories import make_question
from tests.moderation.people import report

# Counted in the cache.
pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
SIGN_IN, NEW_PASSWORD, SIGN_UP = "/account/login/code/", "/account/password/reset/", "/account/signup/"
CODE_PAGES = {SIGN_IN: "/account/login/code/confirm/", NEW_PASSWORD: "/account/password/reset/confirm/"}
ENOUGH = "We have written to this address several times already"
ANN = "ann@example.org"


def ask(client: Client, path: str, address: str = ANN) -> Any:
    named = NEWCOMER | {"nickname": f"n{timezone.now():%H%M%S}{id(client) % 1000}"} if path == SIGN_UP else {}
    return client.post(path, {**named, "email": address})


def besiege(path: str, address: str = ANN, visitors: int = 5, each: int = 3) -> list[Any]:
    """Strangers from everywhere ask for letters to the address, a minute apart: for more than it may get in a day."""
    answers = []
    for number in range(visitors * each):
        with time_machine.travel(timezone.now() + timedelta(minutes=number)):
            answers.append(ask(Client(REMOTE_ADDR=f"198.51.100.{number // each}"), path, address))
    return answers


def is_refused(answer: Any) -> bool:
    return answer.status_code == 422 and ENOUGH in answer.content.decode()


@pytest.fixture
def her_laptop(ann: User) -> Client:
    """Ann has signed in there before, and is signed out."""
    laptop = Client(REMOTE_ADDR="203.0.113.5")
    sign_in(laptop, "ann")
    laptop.post("/account/logout/")
    return laptop


@pytest.mark.parametrize("path", [SIGN_IN, NEW_PASSWORD])
def test_ann_gets_her_code_on_her_own_device_while_strangers_besiege_her(her_laptop: Client, path: str) -> None:
    assert is_refused(besiege(path)[-1])
    letters()
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert is_refused(ask(Client(REMOTE_ADDR="203.0.113.6"), path))
        assert ask(her_laptop, path, "Ann@example.org").url == CODE_PAGES[path]
        assert her_laptop.post(CODE_PAGES[path], {"code": code()}).status_code == 302


def test_the_besieged_sign_in_by_code_goes_through(her_laptop: Client) -> None:
    besiege(SIGN_IN)
    besiege(NEW_PASSWORD)
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        ask(her_laptop, SIGN_IN)
        her_laptop.post(CODE_PAGES[SIGN_IN], {"code": code()})
        assert is_signed_in(her_laptop)


def test_one_stranger_alone_leaves_letters_for_a_device_that_is_new(ann: User) -> None:
    answers = besiege(SIGN_IN, visitors=1, each=20)
    assert [is_refused(answer) for answer in answers] == [False] * 6 + [True] * 14
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert not is_refused(ask(Client(REMOTE_ADDR="203.0.113.6"), SIGN_IN))


def test_a_letter_box_is_not_flooded_by_all_ways_together(ann: User, her_laptop: Client) -> None:
    OutgoingMail.objects.all().delete()
    for path in (SIGN_IN, NEW_PASSWORD, SIGN_UP):
        besiege(path)
    assert OutgoingMail.objects.filter(address=ANN).count() == 12


@pytest.mark.parametrize("path", [SIGN_IN, NEW_PASSWORD])
def test_her_own_device_is_no_way_to_flood_her(her_laptop: Client, path: str) -> None:
    answers = []
    for number in range(14):
        with time_machine.travel(timezone.now() + timedelta(minutes=number)):
            her_laptop.cookies.pop("session", None)  # who has asked is led to where the code is typed
            answers.append(ask(her_laptop, path))
    assert [is_refused(answer) for answer in answers] == [False] * 10 + [True] * 4


def test_her_device_is_known_for_her_address_alone(her_laptop: Client, ben: User) -> None:
    besiege(SIGN_IN, "ben@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        assert is_refused(ask(her_laptop, SIGN_IN, "ben@example.org"))


@pytest.mark.parametrize("path", [SIGN_IN, NEW_PASSWORD, SIGN_UP])
def test_an_address_without_an_account_is_answered_alike(ann: User, path: str) -> None:
    known, unknown = besiege(path, ANN), besiege(path, "nobody@example.org")
    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    assert [is_refused(answer) for answer in known] == [is_refused(answer) for answer in unknown]
    assert is_refused(known[-1])


@pytest.mark.parametrize("address", [ANN, "nobody@example.org"])
def test_the_same_code_once_more_counts_alike_and_is_bounded(ann: User, address: str) -> None:
    """A resend to an address without an account sends nothing, and takes as much from what may be asked for."""
    refused = []
    for number in range(6):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        with time_machine.travel(timezone.now() + timedelta(minutes=number * 5)):
            refused.append(is_refused(ask(client, SIGN_IN, address)))
        with time_machine.travel(timezone.now() + timedelta(minutes=number * 5 + 2)):
            page = client.post(CODE_PAGES[SIGN_IN], {"action": "resend"}, follow=True).content.decode()
            refused.append(ENOUGH in page)
    assert refused == [False] * 10 + [True, False]


def test_nora_confirms_although_her_resends_are_counted(client: Client, company: Company) -> None:
    sign_up(client)
    page = client.post("/account/confirm-email/", {"action": "resend"}, follow=True).content.decode()
    assert ENOUGH in page
    with time_machine.travel(timezone.now() + timedelta(seconds=20)):
        assert ENOUGH not in client.post("/account/confirm-email/", {"action": "resend"}, follow=True).content.decode()
        assert client.post("/account/confirm-email/", {"code": code()}).status_code == 302


def test_what_nora_typed_is_not_lost_when_there_were_enough(company: Company) -> None:
    besiege(SIGN_UP, "nora@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        answer = sign_up(Client(REMOTE_ADDR="203.0.113.6"))
    assert is_refused(answer)
    assert 'value="nora"' in answer.content.decode()
    assert not User.objects.filter(nickname="nora").exists()


def test_strangers_do_not_keep_ann_from_a_new_address(ann: User, ben: User, login: Login) -> None:
    besiege(SIGN_IN, "new@example.org")
    hers, bens = login(ann), login(ben)
    new = {"email": "new@example.org", "action_add": "1"}
    for number in range(8):  # neither does another member, alone
        with time_machine.travel(timezone.now() + timedelta(minutes=30 + number)):
            prove(bens)
            answer = bens.post("/account/email/", new)
    assert is_refused(answer)
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        prove(hers)
        assert hers.post("/account/email/", new).url == "/account/confirm-email/"
        assert hers.post("/account/confirm-email/", {"code": code()}).status_code == 302
    ann.refresh_from_db()
    assert ann.email == "new@example.org"


def test_a_sign_in_before_confirming_is_no_way_to_flood(company: Company) -> None:
    sign_up(Client())
    OutgoingMail.objects.all().delete()
    for number in range(1, 20):
        with time_machine.travel(timezone.now() + timedelta(minutes=number)):
            sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), "nora")
    assert OutgoingMail.objects.filter(address="nora@example.org").count() == 9


def test_strangers_do_not_keep_ann_from_reporting(ann: User, her_laptop: Client) -> None:
    question = make_question(ann)
    strangers = [Client(REMOTE_ADDR=f"198.51.100.{number}") for number in range(6)]
    assert [report(stranger, question, email=ANN).status_code for stranger in strangers] == [302] * 5 + [429]
    assert report(her_laptop, question, email=ANN).status_code == 302
