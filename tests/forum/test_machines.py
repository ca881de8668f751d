"""Small files that programs ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from forum.models import Company

pytestmark = pytest.mark.any_database


def test_robots_are_told_what_is_not_worth_their_time(client: Client, company: Company, settings) -> None:
    settings.BASE_URL = "https://ask.example.com"
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /private/\n" in text
    assert "Sitemap: https://ask.example.com/sitemap.xml\n" in text


def test_browsers_learn_how_to_search_here(client: Client, company: Company, settings) -> None:
    settings.BASE_URL = "https://ask.example.com"
    Company.objects.update(name="Soap & Sons <Ltd>")
    response = client.get("/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{name}ShortName") == "Soap & Sons <Lt…"
    url = root.find(f"{name}Url")
    assert url is not None
    assert url.get("template") == "https://ask.example.com/search/?q={searchTerms}"


def test_the_old_address_of_the_icon_leads_to_the_new(client: Client, company: Company) -> None:
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("sec@example.com", "Contact: mailto:sec@example.com"),
        ("mailto:sec@example.com", "Contact: mailto:sec@example.com"),
        ("https://example.com/security", "Contact: https://example.com/security"),
        ("tel:+49-1", "Contact: tel:+49-1"),
    ],
)
def test_security_txt_names_the_contact(client: Client, company: Company, settings, contact: str, line: str) -> None:
    settings.SECURITY_CONTACT, settings.BASE_URL = contact, "https://ask.example.com"
    response = client.get("/.well-known/security.txt")
    lines = response.content.decode().splitlines()
    assert lines[0] == line
    assert "Canonical: https://ask.example.com/.well-known/security.txt" in lines
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_security_txt_expires_within_a_year(client: Client, company: Company, settings) -> None:
    settings.SECURITY_CONTACT = "sec@example.com"
    line = client.get("/.well-known/security.txt").content.decode().splitlines()[1]
    ahead = datetime.fromisoformat(line.removeprefix("Expires: ")) - datetime.now(UTC)
    assert timedelta(days=170) < ahead < timedelta(days=366)


def test_without_a_contact_there_is_no_security_txt(client: Client, company: Company) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
