"""What is found in a text that may be better said in private, and what is left in peace."""

from __future__ import annotations

import csv
import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from forum.models import Company, Topic
from forum.order_numbers import compiled, validate_pattern
from forum.sensitive import found_in
from tests.shared import shared

COMPANY = Company(
    pk=1, contact_email="hallo@quellmoos.example", contact_phone="0511 123456-0", contact_address="Moosallee 3",
    order_number_pattern="QM-######",
)  # fmt: skip
SKIN = Topic(name="Skin", slug="skin", sensitive=True)

FOUND = [
    ("Ruf mich an: 0171 2345678", "phone", "0171 2345678"),
    ("Meine Nummer ist 030/1234567.", "phone", "030/1234567"),
    ("+49 (0)30 901820", "phone", "+49 (0)30 901820"),
    ("0049 30 1234567 abends", "phone", "0049 30 1234567"),
    ("Handy: 01712345678", "phone", "01712345678"),
    ("In Zürich 044 668 18 00", "phone", "044 668 18 00"),
    ("phone number: 555 2368", "phone", "555 2368"),
    ("DE89 3704 0044 0532 0130 00", "iban", "DE89 3704 0044 0532 0130 00"),
    ("auf DE89370400440532013000 bitte", "iban", "DE89370400440532013000"),
    ("GB29 NWBK 6016 1331 9268 19", "iban", "GB29 NWBK 6016 1331 9268 19"),
    ("card 4111 1111 1111 1111 exp 12/27", "card", "4111 1111 1111 1111"),
    ("378282246310005", "card", "378282246310005"),
    ("Schreib an anna.muster@gmx.de", "email", "anna.muster@gmx.de"),
    ("Ich wohne Lindenstraße 12, 04103 Leipzig", "address", "Lindenstraße 12"),
    ("Berliner Allee 12 a", "address", "Berliner Allee 12 a"),
    ("Karl-Marx-Str. 7", "address", "Karl-Marx-Str. 7"),
    ("Rosenweg 5, 12345 Hamburg", "address", "Rosenweg 5"),
    ("I live at 12 Baker Street", "address", "12 Baker Street"),
    ("Bestellung qm-104711 fehlt", "order", "qm-104711"),
    ("Meine Bestellnummer ist 2026-11843.", "order", "2026-11843"),
    ("Rechnungs-Nr. R/118-2026 doppelt", "order", "R/118-2026"),
    ("my order number: A1234567", "order", "A1234567"),
    ("ich habe Allergien", "health", "Allergien"),
    ("von Ekzemen geplagt", "health", "Ekzemen"),
    ("I have rashes", "health", "rashes"),
    ("yeast infections", "health", "yeast infections"),
]
PEACE = [
    "DE88 3704 0044 0532 0130 00",  # check digits
    "4111 1111 1111 1112",  # check digit
    "Am 12.03.2024 um 10:30 Uhr, 2024-11-05",
    "Version 1.2.3.4, Port 8080, 192.168.178.20",
    "3.000.000 Euro, 1234567890 Stück, 021 023 026 036",
    "Spring 2024, Lösungsweg 2, auf Platz 3, During 2",
    "Artikel 0815-4711, ISBN 978-3-16-148410-0, EAN 4006381333931",
    "user@example.com und @stella",
    "git@github.com:foo/bar.git https://example.org/0171/2345678",
    "`0171 2345678` und\n\n    anna@gmx.de\n\n```\nDE89370400440532013000\n```",
    "Ihre Hotline 0511 123456-0, hallo@quellmoos.example, Moosallee 3",
    "Wo finde ich die Bestellnummer? Order number 12, Bestellnummer vom 3.4.",
    "Meine Haut ist trocken, und mein Bart kratzt.",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_it_is_found_as_it_stands(text: str, kind: str, words: str) -> None:
    assert (kind, words) in found_in(text, COMPANY, SKIN)


@pytest.mark.parametrize("text", PEACE)
def test_it_is_left_in_peace(text: str) -> None:
    assert found_in(text, COMPANY, SKIN) == []


def test_words_about_health_count_in_sensitive_topics_only() -> None:
    assert found_in("Mein Ekzem juckt.", COMPANY, Topic(name="Orders", slug="orders")) == []


def test_the_same_number_is_found_once_however_it_is_written() -> None:
    assert len(found_in("0171 2345678, also 0171/2345678", COMPANY, None)) == 1


@given(st.text(max_size=400))
def test_no_text_is_too_much(text: str) -> None:
    found_in(text, COMPANY, SKIN)


@pytest.mark.parametrize(
    "piece", ["0171 ", "A", "Am ", "a@", "+49 1", "DE89 ", "1 A ", "4111", "Straße ", "a.", "-", "order # 1"]
)
def test_nothing_takes_long(piece: str) -> None:
    """Twice the text, about twice the work: a pattern that looks back for ever would take the square."""
    spent = []
    for size in (10_000, 20_000):
        text, began = piece * (size // len(piece)), time.process_time()
        found_in(text, COMPANY, SKIN)
        spent.append(time.process_time() - began)
    assert spent[1] < 12 * max(spent[0], 0.02)


def test_false_alarms_are_rare_in_what_people_really_write() -> None:
    """10,004 questions to a bank and 592 posts about coffee hold no number of anybody."""
    with (shared("banking77") / "train.csv").open() as file:
        alarms = [row[0] for row in csv.reader(file) if found_in(" ".join(row), COMPANY, None)]
    posts = (shared("se-coffee-posts") / "Posts.xml").read_text().splitlines()
    alarms += [post for post in posts if found_in(post.replace("&lt;", "<").replace("&#xA;", "\n"), COMPANY, None)]
    assert alarms == []


@pytest.mark.parametrize("pattern", ["QM-######", "R-####/###", "@@ ####", "####.####"])
def test_a_pattern_that_an_owner_would_write(pattern: str) -> None:
    validate_pattern(pattern)
    example = pattern.replace("#", "7").replace("@", "x")
    found = compiled(pattern)
    assert found
    assert found.fullmatch(example)
    assert not found.search(f"a{example}7")


@pytest.mark.parametrize("pattern", ["###", "(a+)+####", "####*", "QM", "####|", r"\d####"])
def test_a_pattern_that_finds_everything_or_is_a_program_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError):
        validate_pattern(pattern)


def test_without_a_pattern_nothing_is_an_order_number() -> None:
    assert compiled(" ") is None
