"""The picture beside an address that somebody passes on: of public things alone, and gone with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from forum.actions.visibility import hide_post
from forum.models import Company, Question
from forum.posters import Poster, drawn
from forum.posters.lettering import WRITABLE, font, lines, written
from tests.factories import make_faq, make_question, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def picture_of(client: Client, path: str) -> str:
    """The address of a page's picture, as its head says it."""
    found = re.search(r'property="og:image" content="http://[^/]+([^"]+)"', client.get(path).text)
    assert found, path
    return found[1]


def test_each_public_page_has_a_picture_of_the_size_that_is_asked_for(client: Client, ann: User, stella: User) -> None:
    question, entry = make_question(ann), make_faq(stella)
    paths = ["/", "/t/soap/", "/faq/?topic=soap", question.get_absolute_url(), entry.get_absolute_url()]
    pictures = [picture_of(client, path) for path in paths]
    assert pictures[1] == pictures[2]
    assert len(set(pictures)) == 4
    for address in pictures:
        response = client.get(address)
        assert response["Content-Type"] == "image/png"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert Image.open(BytesIO(response.content)).size == (1200, 630)
    head = client.get(question.get_absolute_url()).text.split("</head>")[0]
    assert f'property="og:title" content="{question.title}"' in head
    assert 'name="twitter:card" content="summary_large_image"' in head


def test_it_is_asked_for_each_time_and_sent_once(client: Client, ann: User) -> None:
    question = make_question(ann)
    address = picture_of(client, question.get_absolute_url())
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Question.objects.update(title="Does it float?")
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)
    assert picture_of(client, f"/q/{question.public_id}/{question.slug}/") != address


def test_nobody_gets_one_of_what_is_not_public(client: Client, login: Login, ann: User, moritz: User) -> None:
    quiet = make_topic("Quiet", "quiet", channel="private", discreet=True, staff=[moritz])
    removed = make_question(ann)
    kept = picture_of(client, removed.get_absolute_url())
    etag = client.get(kept)["ETag"]
    hide_post(post=removed, by=moritz, rule="insult", reason="No.")
    addresses = [kept, "/poster/topic/quiet.png", "/poster/people/ann.png", "/poster/question/none.png"]
    kept_back = [make_question(ann, held_at=timezone.now()), make_question(ann, deleted_at=timezone.now())]
    addresses += [
        *(f"/poster/question/{question.public_id}.png" for question in kept_back),
        f"/poster/faq/{make_faq(moritz, 'Quiet', topic=quiet).slug}.png",
        f"/poster/faq/{make_faq(moritz, 'A draft', published=False).slug}.png",
        f"/poster/faq/{make_faq(moritz, 'A retired one', retired_at=timezone.now()).slug}.png",
    ]
    for reader in (client, login(moritz)):
        answers = [reader.get(address, headers={"If-None-Match": etag}).status_code for address in addresses]
        assert answers == [404] * len(addresses)


def test_who_asks_for_very_many_waits(client: Client, company: Company, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"poster": "2/m/ip"}
    answers = [client.get("/poster.png") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"]
    # Nothing is drawn for who has it already.
    assert client.get("/poster.png", headers={"If-None-Match": answers[0]["ETag"]}).status_code == 304
    settings.CACHES = {"default": {"BACKEND": "tests.broken_cache.BrokenCache"}}
    assert client.get("/poster.png").status_code == 200


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Wie lange hält 1 Stück „Öl & Süß“ – 5 € wert?", "Wie lange hält 1 Stück „Öl & Süß“ – 5 € wert?"),
        ("Σαπούνι, мыло, żółć", "Σαπούνι, мыло, żółć"),
        ("\U0001f9fc Soap \U0001fae7 without\u202e palm oil\u200b?", "Soap without palm oil ?"),
        ("a\u0308 is one letter", "ä is one letter"),
        ("هل الصابون آمن؟", ""),
        ("\U0001f9fc\U0001fae7", ""),
        ("石鹸はどのくらい持ちますか", ""),
        ("", ""),
    ],
)
def test_words_that_the_font_can_not_write_are_left_to_the_text_beside_it(title: str, shown: str) -> None:
    assert written(title) == shown
    assert drawn(Poster("Quellmoos", 27, title, title)).startswith(b"\x89PNG")


@pytest.mark.parametrize("title", ["W" * 150, "soap " * 30, "Donaudampfschifffahrtsgesellschaft " * 4, "i" * 150])
def test_long_titles_stay_inside(title: str) -> None:
    image = Image.open(BytesIO(drawn(Poster("W" * 80, 359, title, "W" * 60)))).convert("RGB")
    paper = image.getpixel((1199, 0))
    assert {image.getpixel((x, y)) for x in range(1160, 1200) for y in range(0, 630, 3)} == {paper}
    assert {image.getpixel((x, y)) for x in range(100, 1200, 7) for y in range(115, 129)} == {paper}


def test_the_font_has_every_letter_we_take_it_for() -> None:
    missing = bytes(font(40).getmask("\uffff"))
    letters = [chr(code) for first, last in WRITABLE for code in range(first, last + 1) if chr(code).isprintable()]
    assert [letter for letter in letters if bytes(font(40).getmask(letter)) == missing] == []
    assert lines("one two", 40, 10_000, 1) == ["one two"]
