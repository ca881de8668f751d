"""Who may open what: every named address, as everybody, on one planted site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.site_map import Site, names, plant
from tests.test_bad_input import undone
from tests.who_may import AUTHOR, BUTTON, OWNERS, PARTIES, PRESSED, READ, SIGNED_IN, TEAM

# Who may do what is decided by rules; what of it a database decides, test_visibility.py asks of both.
pytestmark = pytest.mark.any_database


@pytest.fixture
def site(ann: User, ben: User, stella: User, moritz: User, olga: User) -> Site:
    return plant(ann, ben, stella)


@pytest.fixture
def come_in(site: Site, login: Callable[[User], Client]) -> Callable[[], list[Client]]:
    people = {user.nickname: user for user in User.objects.all()}
    return lambda: [Client(), *(login(people[who]) for who in ("ann", "stella", "moritz", "olga"))]


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert set(READ) == set(names())
    assert set(PRESSED) == {name for name, row in READ.items() if row == BUTTON}


def answers(readers: list[Client], how: str, path: str) -> tuple[int, ...]:
    """What each of them is answered; nothing of it is kept, so that one site serves for all addresses."""
    with undone(*readers):
        return tuple(getattr(reader, how)(path).status_code for reader in readers)


def test_who_may_open_what(site: Site, come_in: Callable[[], list[Client]]) -> None:
    readers = come_in()
    assert {name: answers(readers, "get", site.path(name)) for name in READ} == READ


def test_who_may_press_what(site: Site, come_in: Callable[[], list[Client]]) -> None:
    readers = come_in()
    assert {name: answers(readers, "post", site.path(name)) for name in PRESSED} == PRESSED


def test_a_visitor_who_presses_a_button_is_shown_the_way_in(site: Site, client: Client) -> None:
    page = client.post(site.path("forum:answer_helpful")).content.decode()
    assert "/account/login/?next=" in page


def test_a_visitor_comes_back_after_signing_in(site: Site, client: Client) -> None:
    closed = [name for name, row in READ.items() if row in (SIGNED_IN, AUTHOR, PARTIES, TEAM, OWNERS)]
    for name in closed:
        path = site.path(name)
        leads_to = "/" if name == "account_logout" else f"/account/login/?next={path}"
        assert client.get(path).url == leads_to, name
    assert len(closed) > 30
