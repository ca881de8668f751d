"""What in a text looks like personal data, and taking words out of it."""

from __future__ import annotations

import pytest

from forum.redaction import blacken, passages, pieces


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Meine Bestellung R-2026/118 fehlt.", ["R-2026/118"]),
        ("Order QM 20418, please.", ["QM 20418"]),
        ("Ruf mich an: 0171 2345678 oder +49 (0)89 / 123456.", ["0171 2345678", "+49 (0)89 / 123456"]),
        ("Schreib an ann.b@example.org!", ["ann.b@example.org"]),
        ("DE02 1203 0000 0000 2020 51 ist mein Konto.", ["DE02 1203 0000 0000 2020 51"]),
        ("Ich wohne Am Lindenweg 12a, 80331 München.", ["Am Lindenweg 12a", "80331 München"]),
        ("Am 3. März 2026 und am 24.12. war ich da.", ["3. März 2026", "24.12."]),
        ("It was March 3rd, 2026.", ["March 3rd, 2026"]),
        ("Ich heiße Anna Amsel, und Frau Dr. Specht kennt mich.", ["Ich heiße Anna Amsel", "Frau Dr. Specht"]),
        ("Ich bin Petra Muster und warte.", ["Ich bin Petra Muster"]),
        ("Danke!\nViele Grüße\nPetra Muster", ["Grüße\nPetra Muster"]),
        ("Ich bin Kundin. Grüße aus Leipzig", []),
        ("It costs 4,90 and lasts 2 years.", []),
        ("Nach 20 Minuten bei 40 Grad ist sie weich.", []),
    ],
)
def test_what_is_pointed_out(text: str, found: list[str]) -> None:
    assert passages(text) == found


def test_known_names_are_pointed_out_as_whole_words() -> None:
    assert passages("Rosa likes rosa soap, not Rosamunde.", names=["rosa"]) == ["Rosa", "rosa"]


def test_the_pieces_are_the_text() -> None:
    text = "Am 3. März 2026\nschrieb Frau Amsel an ann@example.org."
    assert "".join(piece.words for piece in pieces(text)) == text


def test_words_go_in_any_spelling() -> None:
    assert blacken("r-118, R-118 and\nR-118", ["R-118"], "en") == "‹removed›, ‹removed› and\n‹removed›"
    assert blacken("Anna\n Amsel", ["anna amsel"], "de") == "‹entfernt›"


def test_words_are_words_and_no_pattern() -> None:
    assert blacken("a.b a+b", ["a.b", "(", "\\1"], "en") == "‹removed› a+b"
