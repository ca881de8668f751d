"""From a package to the answer: a short link that lasts, and what the team prints."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.packaging import give_codes
from forum.models import Company, Topic
from tests.factories import make_faq, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = "https://ask.example.com"


def code_of(slug: str) -> str:
    return Topic.objects.get(slug=slug).code or ""


def test_whoever_comes_from_a_package_finds_the_answers_and_the_way_to_ask(client: Client, stella: User) -> None:
    make_faq(stella, "How long does soap last?")
    give_codes()
    for typed in (code_of("soap"), code_of("soap").upper()):
        landed = client.get(f"/g/{typed}/", follow=True)
        assert landed.redirect_chain == [("/t/soap/", 302)]
        assert "How long does soap last?" in landed.text
        asks = landed.text.split('class="ask-here')[1].split("</form>")[0]
        assert 'action="/ask/"' in asks
        assert 'name="topic" value="soap"' in asks
        assert 'name="title"' in asks


def test_the_link_outlives_name_and_address_of_its_topic(client: Client, company: Company) -> None:
    topic = make_topic()
    give_codes()
    code = code_of("soap")
    Topic.objects.filter(pk=topic.pk).update(name="Solid soap", slug="solid-soap")
    make_topic("Parcels", "parcels")
    give_codes()
    response = client.get(f"/g/{code}/")
    assert response.url == "/t/solid-soap/"
    assert "no-store" in response["Cache-Control"]
    assert code_of("parcels") not in ("", code)
    assert client.get("/g/zzzzz/").status_code == client.get("/g/zz/").status_code == 404


def test_of_a_discreet_topic_link_and_files_name_nothing(client: Client, login: Login, stella: User) -> None:
    topic = make_topic("Quiet matters", "quiet", channel="private", discreet=True, staff=[stella])
    give_codes()
    code = code_of("quiet")
    response = client.get(f"/g/{code}/")
    assert response.url == f"/private/topic/{topic.pk}/"
    assert "no-store" in response["Cache-Control"]
    head = client.get(response.url).text.split("</head>")[0]
    for form in ("svg", "pdf"):
        file = login(stella).get(f"/desk/packaging/qr-{code}.{form}")
        said = f"{file.headers}{file.content.decode('latin-1')}{head}".lower()
        assert file.status_code == 200
        assert "quiet" not in said


def test_the_team_finds_every_link_and_its_square(login: Login, stella: User) -> None:
    make_topic()
    page = login(stella).get("/desk/packaging/").text
    code = code_of("soap")
    assert f"<code>https://ask.example.com/g/{code}/</code>" in page
    assert f'src="/desk/packaging/qr-{code}.svg"' in page
    assert f"/desk/packaging/qr-{code}.pdf" in page
    login(stella).get("/desk/packaging/")
    assert code_of("soap") == code
    assert "/desk/packaging/#topic-" in login(stella).get("/t/soap/").text
    assert "/desk/packaging/" not in Client().get("/t/soap/").text


def test_the_square_can_be_printed_at_any_size(login: Login, stella: User) -> None:
    make_topic()
    give_codes()
    drawn = login(stella).get(f"/desk/packaging/qr-{code_of('soap')}.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn["Content-Disposition"] == f'attachment; filename="qr-{code_of("soap")}.svg"'
    svg = ElementTree.fromstring(drawn.content)
    assert svg.get("width", "").endswith("mm")
    assert svg.findtext("{http://www.w3.org/2000/svg}title") == f"https://ask.example.com/g/{code_of('soap')}/"
    printed = login(stella).get(f"/desk/packaging/qr-{code_of('soap')}.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")
    assert b"/XObject" not in printed.content  # lines, no picture of pixels
    lines = zlib.decompress(printed.content.split(b"stream\r\n")[1].split(b"\r\nendstream")[0])
    assert re.search(rb"\bS\b|\bre f\b", lines)
    assert login(stella).get(f"/desk/packaging/qr-{code_of('soap')}.png").status_code == 404


def test_many_topics_cost_no_more(login: Login, stella: User, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        make_topic(f"Topic {number}", f"topic-{number}")
    give_codes()
    assert len(set(Topic.objects.values_list("code", flat=True))) == 30
    reader = login(stella)
    with django_assert_max_num_queries(8):
        reader.get("/desk/packaging/")
