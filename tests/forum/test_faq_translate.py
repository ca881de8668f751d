"""The German and the English version of an entry lead to each other, and a missing one is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Company, FaqEntry
from tests.factories import make_faq

Login = Callable[[User], Client]
GERMAN: dict[str, Any] = {"HTTP_ACCEPT_LANGUAGE": "de"}


@pytest.fixture(autouse=True)
def _both(company: Company) -> None:
    company.languages = "de,en"
    company.save()


def test_a_missing_language_is_said(company: Company, client: Client, stella: User) -> None:
    entry = make_faq(stella)
    assert "Diesen Eintrag gibt es nur auf Englisch." in client.get(f"/faq/{entry.slug}/", **GERMAN).text
    assert "exists in" not in client.get(f"/faq/{entry.slug}/").text
    assert "hreflang" not in client.get(f"/faq/{entry.slug}/").text
    company.languages = "en"
    company.save()
    assert "nur auf" not in client.get(f"/faq/{entry.slug}/", **GERMAN).text


def test_the_other_version_is_begun_from_the_words_of_the_first(
    company: Company, login: Login, client: Client, stella: User
) -> None:
    entry = make_faq(stella)
    desk = login(stella)
    for _ in range(2):
        place = desk.post(f"/desk/faq/{entry.pk}/translation/", {"begin": "1"})["Location"]
    german = FaqEntry.objects.get(language="de")
    assert place == f"/desk/faq/{german.pk}/"
    assert (german.text, german.topic, german.published_at) == (entry.text, entry.topic, None)
    assert "hreflang" not in client.get(f"/faq/{entry.slug}/").text, "a draft is nobody's to know"
    desk.post(f"/desk/faq/{german.pk}/publish/")
    german.refresh_from_db()
    head = client.get(f"/faq/{german.slug}/").text.split("</head>")[0]
    for version in (entry, german):
        assert f'<link rel="alternate" hreflang="{version.language}" href="http' in head
        assert f'{version.get_absolute_url()}">' in head
    page = client.get(f"/faq/{entry.slug}/", **GERMAN).text
    assert ("gibt es nur" in page, 'hreflang="de">' in page) == (False, True)


def test_two_that_are_there_are_joined_and_parted(company: Company, login: Login, client: Client, stella: User) -> None:
    english, german = make_faq(stella), make_faq(stella, "Wie lange hält Seife?", language="de")
    third = make_faq(stella, "Hält Seife ewig?", language="de")
    desk = login(stella)
    assert german.title in desk.get(f"/desk/faq/{english.pk}/translation/").text
    desk.post(f"/desk/faq/{english.pk}/translation/", {"entry": german.pk})
    assert f'href="/faq/{german.slug}/"' in client.get(f"/faq/{english.slug}/").text
    assert f'href="/faq/{english.slug}/"' in client.get(f"/faq/{german.slug}/").text
    taken = desk.post(f"/desk/faq/{english.pk}/translation/", {"entry": third.pk})
    assert taken.status_code == 422, "one in each language"
    desk.post(f"/desk/faq/{german.pk}/translation/", {"apart": "1"})
    assert f'href="/faq/{german.slug}/"' not in client.get(f"/faq/{english.slug}/").text
