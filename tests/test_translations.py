"""German with Sie and with du: complete, and never mixed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from accounts.writing import write_letter

EMAILS = Path(__file__).resolve().parent.parent / "templates" / "emails"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
# Words that only the formal or only the familiar address uses.
SIE = re.compile(r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")
DU = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b")
# "Sie" as she, it or they at the beginning of a sentence, and the names of the two forms of address.
NO_ADDRESS = (
    re.compile(r"^(?:Sie|du) \("),
    re.compile(r"(?:^|[.:!?]\s)Sie (?:gehört|steht|ist|wartet|bleibt|nicht)\b"),
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


def catalogue(locale: str) -> Catalog:
    with (LOCALE / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def texts(message: Message) -> list[str]:
    """What Django reads; a guess of gettext's (fuzzy) is no text, and is left out when catalogues are compiled."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [text for text in strings if text and not message.fuzzy]


def sources(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def addressed(text: str) -> str:
    for pattern in NO_ADDRESS:
        text = pattern.sub("", text)
    return text


def messages(locale: str) -> list[Message]:
    return [message for message in catalogue(locale) if message.id]


def test_every_text_is_there_with_sie() -> None:
    wrong = [message.id for message in messages("de") if len(texts(message)) != len(sources(message))]
    assert wrong == []


def test_sie_texts_never_say_du() -> None:
    wrong = [text for message in messages("de") for text in texts(message) if DU.search(addressed(text))]
    assert wrong == []


def test_du_texts_never_say_sie() -> None:
    wrong = [text for message in messages("de_DU") for text in texts(message) if SIE.search(addressed(text))]
    assert wrong == []


def test_every_text_that_says_sie_has_one_that_says_du() -> None:
    familiar = {(message.id, message.context) for message in messages("de_DU") if texts(message)}
    wrong = [
        text
        for message in messages("de")
        for text in texts(message)
        if SIE.search(addressed(text)) and (message.id, message.context) not in familiar
    ]
    assert wrong == []


@pytest.mark.parametrize("locale", ["de", "de_DU"])
def test_placeholders_are_the_same(locale: str) -> None:
    wrong = [
        text
        for message in messages(locale)
        for text, source in zip(texts(message), sources(message), strict=False)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(source))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "expected"), [("de", "Ihre Antwort"), ("de-du", "Deine Antwort"), ("en", "Your answer")]
)
def test_each_language_speaks_in_its_own_words(language: str, expected: str) -> None:
    with translation.override(language):
        assert gettext("Your answer") == expected


def test_du_falls_back_to_the_common_text() -> None:
    with translation.override("de-du"):
        assert gettext("House rules") == "Hausregeln"


def test_du_says_word_for_word_what_sie_says_unless_it_has_its_own() -> None:
    """In the plural too, and where Django has a German text for the same English one."""
    own = {(message.id, message.context) for message in messages("de_DU") if texts(message)}
    shared = [message for message in messages("de") if (message.id, message.context) not in own]
    with translation.override("de"):
        with_sie = [spoken(message) for message in shared]
    with translation.override("de-du"):
        assert [spoken(message) for message in shared] == with_sie


def spoken(message: Message) -> list[str]:
    """What a page says for one and for several."""
    one, *more = sources(message)
    context = message.context
    if not more:
        return [pgettext(context, one) if context else gettext(one)]
    return [npgettext(context, one, more[0], n) if context else ngettext(one, more[0], n) for n in (1, 2)]


@pytest.mark.parametrize("language", ["de", "de-du"])
def test_a_letter_goes_on_in_lower_case_after_its_greeting(language: str, db: None) -> None:
    """German writes so after the comma of "Guten Tag,"; only Sie and Ihr keep their capital."""
    for body in sorted(EMAILS.glob("*-body.txt")):
        with translation.override(language):
            letter = write_letter(
                body.name.removesuffix("-body.txt"), {"name": "n", "title": "t", "sentence": "n"}
            ).body
        first = letter.split("\n\n")[1]
        assert first[0].islower() or first.startswith(("Sie ", "Ihr")), f"{body.name}: {first}"


def test_what_django_says_about_a_field_is_said_in_our_words() -> None:
    with translation.override("de"):
        assert forms.CharField().error_messages["required"] == "Hier fehlt noch etwas."
        with pytest.raises(ValidationError, match="Das ist zu kurz: 2 Zeichen, mindestens 10 müssen es sein"):
            MinLengthValidator(10)("ab")
