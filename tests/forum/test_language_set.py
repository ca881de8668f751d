"""A reader chooses a language: one cookie, and back to the page they came from, nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from forum.models import Company

pytestmark = pytest.mark.any_database


@pytest.fixture
def both(company: Company) -> Company:
    Company.objects.update(languages="de,en")
    return company


def test_the_choice_is_kept_and_leads_back(client: Client, both: Company) -> None:
    response = client.post("/language/", {"language": "en", "next": "/faq/?topic=soap"})
    assert response["Location"] == "/faq/?topic=soap"
    assert response.cookies["language"].value == "en"
    assert client.get("/", headers={"Accept-Language": "de"})["Content-Language"] == "en"


def test_nothing_but_the_choice_is_kept(client: Client, both: Company) -> None:
    response = client.post("/language/", {"language": "en"})
    assert set(response.cookies) == {"language"}
    assert response.cookies["language"]["httponly"]
    assert response.cookies["language"]["samesite"] == "Lax"


@pytest.mark.parametrize("language", ["fr", "de-du", "", "en\r\nX: y", "x" * 5000])
def test_a_language_the_company_does_not_speak_changes_nothing(client: Client, both: Company, language: str) -> None:
    response = client.post("/language/", {"language": language})
    assert response.status_code == 302
    assert "language" not in response.cookies


@pytest.mark.parametrize(
    "wished",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "http:///evil.example", "https:evil.example", "/%0d%0aX: y\r\n", "", "data:text/html,x", "///evil.example",
        "http://testserver@evil.example/", "\x00//evil.example", " //evil.example", "ftp://testserver/",
    ],
)  # fmt: skip
def test_the_way_back_stays_on_this_site(client: Client, both: Company, wished: str) -> None:
    response = client.post("/language/", {"language": "en", "next": wished})
    assert response.status_code == 302
    assert "evil" not in response["Location"]
    assert response["Location"].startswith("/")
    assert "\n" not in response["Location"]


def test_reading_alone_sets_no_cookie(client: Client, both: Company) -> None:
    assert not client.get("/").cookies
    assert client.get("/language/").status_code == 405


def test_a_way_back_that_is_no_address_is_no_fault(client: Client, company: Company) -> None:
    """Django's redirect() would look for a page named so, and fail."""
    assert client.post("/language/", {"language": "en", "next": "soap"}).status_code == 302
