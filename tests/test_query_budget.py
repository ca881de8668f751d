"""No page asks the database more than eight times, whoever opens it and however much stands on it.

That the number does not grow is measured with hundreds of rows for the pages that most people open (bench/pages.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forum.models import Conversation, FaqEntry, Question
from tests.factories import CODE
from tests.furnished import furnish
from tests.site_map import Site, names, plant
from tests.who_may import READ

pytestmark = pytest.mark.any_database

LIMIT = 8
WHO = ("", "ann", "stella", "moritz", "olga")
# What makes another page of the same address.
FURTHER = {
    "forum:complete": ["?q=so&kind=link", "?q=st&kind=name"],
    "forum:conversation_detail": ["?all"],
    "forum:conversation_new": ["?topic=hands"],
    "forum:desk": ["?waiting=asker", "?mine=1", "?topic=cream"],
    "forum:desk_conversations": ["?state=closed", "?state=asker"],
    "forum:desk_faq": ["?state=submitted", "?state=published", "?state=due", "?state=retired"],
    "forum:faq_list": ["?topic=soap", "?topic=soap&print=1", "?language=de"],
    "forum:faq_merge": ["?q=soap"],
    "forum:faq_translate": ["?q=soap"],
    "forum:question_ask": ["?topic=soap&title=How+long+does+soap+last"],
    "forum:question_duplicate": ["?q=number"],
    "forum:question_list": ["?topic=soap&state=open&sort=wanted", "?state=answered&sort=new", "?state=accepted"],
    "forum:question_similar": ["?title=How+long+does+soap+last"],
    "forum:search": ["?q=soap", "?q=soap+number&topic=soap&state=open&language=en&kind=question", "?q=nothing+at+all"],
    "forum:sitemap": ["?part=pages", "?part=0"],
}
NEXT = re.compile(r'rel="next" href="([^"]+)"')
TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')


@pytest.fixture(autouse=True)
def _nothing_is_kept(settings: Any) -> None:
    """A page that is kept for visitors asks once, and would hide what it takes to make it."""
    settings.KEPT_PAGES_MB = 0


@pytest.fixture
def site(ann: User, ben: User, stella: User, moritz: User, olga: User) -> Site:
    site = plant(ann, ben, stella)
    furnish(site, {person.nickname: person for person in (ann, ben, stella, moritz, olga)})
    return site


def addresses(site: Site, who: str) -> Iterator[tuple[str, str]]:
    """Each named page that is there for this person, with its other pages; then a share of what is in other states."""
    turn = WHO.index(who)
    for name in names():
        if READ[name][turn] == 200:
            yield from ((name, site.path(name) + query) for query in ("", *FURTHER.get(name, ())))
    yield "forum:person_detail", "/people/ben/"
    for question in Question.objects.order_by("-pk")[turn : 11 + turn : 3]:
        yield "forum:question_detail", question.get_absolute_url()
    for entry in FaqEntry.objects.select_related("topic").order_by("-pk")[turn : 6 + turn : 2]:
        yield "forum:faq_detail", entry.get_absolute_url()
        yield "forum:faq_edit", f"/desk/faq/{entry.pk}/"
    for room in Conversation.objects.filter(customer__nickname="ann").order_by("pk")[turn : 8 + turn : 3]:
        yield "forum:conversation_detail", room.get_absolute_url()


class Reader:
    """Somebody who opens pages; `opened` are the names of those that are there, `dear` what asked too much."""

    def __init__(self, client: Client) -> None:
        self.client, self.opened, self.dear = client, set[str](), list[str]()

    def open(self, name: str, path: str) -> None:
        """With the next page of a list, where there is one."""
        for _page in range(2):
            text = self._visit(name, path)
            following = NEXT.search(text)
            if following is None:
                return
            path = path.partition("?")[0] + unescape(following[1])

    def _visit(self, name: str, path: str) -> str:
        """Pages that write something down when they are opened (who read what, since when) do so the first time.

        What asks too much is opened once more, and counted then.
        """
        for _time in range(2):
            with CaptureQueriesContext(connection) as asked:
                response = self.client.get(path)
            if len(asked) <= LIMIT:
                break
        if response.status_code != 200:
            return ""
        self.opened.add(name)
        if len(asked) > LIMIT:
            tables = [" ".join(TABLES.findall(query["sql"])[:2]) for query in asked]
            self.dear.append(f"{name} ({path}) asks {len(asked)} times: {tables}")
        return "" if response.streaming else response.content.decode(errors="replace")


@pytest.mark.parametrize("who", WHO)
def test_no_page_asks_more_than_eight_times(who: str, site: Site, login: Callable[[User], Client]) -> None:
    reader = Reader(login(User.objects.get(nickname=who)) if who else Client())
    for name, path in addresses(site, who):
        reader.open(name, path)
    assert reader.dear == []
    assert {name for name, row in READ.items() if row[WHO.index(who)] == 200} <= reader.opened
    assert len(reader.opened) > 40


def test_nor_does_a_room_without_an_account(site: Site, client: Client) -> None:
    room = client.post("/private/receipt/", {"code": CODE})["Location"]
    reader = Reader(client)
    for rest in ("", "?all", "delete/", "consent/"):
        reader.open(rest, room + rest)
    assert reader.dear == []
    assert len(reader.opened) == 4
