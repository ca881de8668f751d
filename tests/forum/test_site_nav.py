"""The rooms in the head of each page: made once for visitors, and right for each room, language and person."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Company
from tests.factories import make_question

LIST = reverse("forum:question_list")


@pytest.fixture(autouse=True)
def bilingual(company: Company) -> None:
    Company.objects.update(languages="en,de")


def here(client: Client, path: str, language: str = "en") -> list[str]:
    """Which rooms a page marks as the one it is in."""
    page = client.get(path, headers={"accept-language": language}).content.decode()
    nav = page[page.index('class="site-nav"') : page.index("</header>")]
    return re.findall(r'aria-current="(?:page|true)">(?:<svg.*?</svg>)?(?:<span class="word">)?([^<]+)', nav)


def test_each_page_marks_its_room_in_its_language(client: Client, ann: User) -> None:
    question = make_question(ann)
    for _ in range(2):
        assert here(client, "/faq/") == ["FAQ"]
        assert here(client, LIST) == ["Questions"]
        assert here(client, LIST, "de") == ["Fragen"]
        assert here(client, question.get_absolute_url()) == ["Questions"]
        assert here(client, "/search/", "de") == ["Suchen"]
        assert here(client, "/about/imprint/") == []
        assert here(client, "/no-such-page/") == []


def test_who_signs_in_finds_the_own_rooms_and_leaves_them_behind(client: Client, ann: User, stella: User) -> None:
    def head() -> str:
        page = client.get("/faq/").content.decode()
        return page[: page.index("</header>")]

    assert "/account/login/" in head()
    client.force_login(ann)
    assert ann.nickname in head()
    assert "/desk/" not in head()
    client.force_login(stella)
    assert "/desk/" in head()
    client.logout()
    assert stella.nickname not in head()
    assert "/desk/" not in head()


@pytest.mark.parametrize(("language", "word"), [("de", "Impressum"), ("en", "Imprint")])
def test_the_foot_speaks_the_readers_language(client: Client, language: str, word: str) -> None:
    for path in ("/faq/", "/search/"):
        page = client.get(path, headers={"accept-language": language}).content.decode()
        assert f'<a href="/about/imprint/">{word}</a>' in page
