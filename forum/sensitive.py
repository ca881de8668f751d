"""What in a public text is better said in private: asked before it is published, never a reason to refuse it.

Nothing found here is stored or logged. False alarms are dear, since who is asked for nothing stops listening: each
pattern is as narrow as the real thing allows, and docs/decisions/0018-asked-first.md holds how often each is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from forum.order_numbers import compiled
from forum.search.words import stem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from forum.models import Company, Topic

LABELS: dict[str, StrOrPromise] = {
    "iban": _("Bank account number (IBAN)"),
    "card": _("Payment card number"),
    "email": _("E-mail address"),
    "phone": _("Phone number"),
    "address": _("Postal address"),
    "order": _("Order number"),
    "health": _("Words about health"),
}
# Characters of a text that are looked at; the longest text that can be published.
MOST = 20_000

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`|^(?: {4}|\t).*$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\b(?:https?|ftp|ssh|git)://\S+|\bwww\.\S+", re.IGNORECASE)
_IBAN = re.compile(r"(?<![A-Z0-9])([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30})(?![A-Z0-9])", re.IGNORECASE)
_CARD = re.compile(
    r"(?<![\d.,/+-])(?:\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?![\d-])"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24}\b(?![-@/:])", re.IGNORECASE
)
# Written with the country, or as Germans, Austrians and Swiss write them; or any long number that is called one.
_PHONE = re.compile(
    r"(?<![\w.,/+=#-])(?:"
    r"\+[1-9]\d{0,2}[ /()-]{0,2}(?:\(0\))?[ ]?\d{1,5}(?:[ /-]{0,2}\d{2,}){1,5}"
    r"|00[1-9]\d{0,2}[ /-](?:\(0\))?[ ]?\d{1,5}(?:[ /-]{0,2}\d{2,}){1,5}|00[1-9]\d{9,12}"
    r"|\(?0[1-9]\d{1,4}\)?(?:[ ]?[/-][ ]?|[ ])\d{2,}(?:[ -]?\d{2,}){0,4}(?:-\d)?"
    r"|01[5-7]\d{8,9}"
    r")(?![\w-]|[.,]\d)"
)
# Three digits, three digits, three digits: a list of numbers, or a count.
_COUNTED = re.compile(r"\d{3}(?: \d{3})+")
_CALLED = re.compile(
    r"\b(?:tel(?:efon)?(?:nummer)?|handy(?:nummer)?|mobil(?:nummer)?|rufnummer|phone(?: number)?|mobile(?: number)?"
    r"|call me (?:at|on)|whatsapp)\b[.:]?(?: (?:ist|is|lautet|unter|nr\.?))*:?[ ]?(\(?\+?\d[\d /()-]{5,20}\d)",
    re.IGNORECASE,
)
# Also where no owner has said what one looks like: four digits and more that the text calls so.
_ORDERED = re.compile(
    r"\b(?:(?:bestell|auftrags|rechnungs)-?(?:nummer|nr\.?)|(?:order|invoice) (?:number|no\.?)|order #)"
    r"(?: (?:ist|is|lautet|war|was))?:? {0,2}#?([A-Z]{0,4}[/-]?\d[\d/-]{2,18}\d)(?!\w)",
    re.IGNORECASE,
)
# "Straße" and its like suffice with a number; "Weg" and "Platz" (Lösungsweg 2, auf Platz 3) only before a town.
_NAME = r"(?:[A-ZÄÖÜ][a-zäöüß-]+|(?:[A-ZÄÖÜ][a-zäöüß]+er |(?:[A-ZÄÖÜ][\wäöüß.]+-)+))"
_HOUSE = r"[ ]\d{1,4}[ ]?[a-h]?(?![\w-])"
_TOWN = r"(?=[,\s]{1,3}(?:D-|A-|CH-)?\d{4,5} [A-ZÄÖÜ])"
_STREET = re.compile(
    r"(?<![\w-])(?:"
    rf"{_NAME}(?:[Ss]traße|[Ss]trasse|[Ss]tr\.|[Gg]asse|[Aa]llee|[Cc]haussee){_HOUSE}"
    rf"|{_NAME}(?:[Ww]eg|[Pp]latz|[Dd]amm|[Uu]fer|[Rr]ing|[Ss]tieg|[Hh]of){_HOUSE}{_TOWN}"
    r"|\d{1,5} (?:[A-Z][a-z]+ ){1,3}(?:Street|Road|Avenue|Lane|Boulevard|Crescent|Terrace)(?![\w-])"
    r"|\d{1,4},? (?:rue|avenue|boulevard) (?:[dl]e(?:s| la)? )?[A-ZÀ-Ý][\w-]+)"
)
# Numbers that anybody may know, and addresses kept for examples (RFC 2606).
_EXAMPLES = re.compile(
    r"(?:@|\.)(?:example\.(?:com|org|net)|[\w-]+\.(?:example|test|invalid)|localhost\.\w+|beispiel\.de)$", re.IGNORECASE
)
# Countries with an IBAN, and its length (ISO 13616-1; SWIFT IBAN registry, release 99).
_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18,
    "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24,
    "SI": 19, "SK": 24, "SM": 27, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24,
    "XK": 20,
}  # fmt: skip


class Finding(NamedTuple):
    kind: str
    words: str

    @property
    def label(self) -> StrOrPromise:
        return LABELS[self.kind]

    @property
    def told_apart_by(self) -> str:
        """The same number with other spaces is the same."""
        return f"{self.kind}:{re.sub(r'[^a-z0-9@äöüß]', '', self.words.lower())}"


class Offer(NamedTuple):
    """What was found and not yet asked about, and whether there is a private channel at all."""

    findings: list[Finding]
    can_ask_privately: bool


def found_in(text: str, company: Company, topic: Topic | None) -> list[Finding]:
    """What somebody may not want everybody to read, each once. Code and links are not looked at."""
    prose = _LINK.sub(" ", _CODE.sub(" ", text[:MOST]))
    once: dict[str, Finding] = {}
    for finding in _findings(prose, company, topic):
        once.setdefault(finding.told_apart_by, finding)
    return list(once.values())


def _findings(prose: str, company: Company, topic: Topic | None) -> Iterator[Finding]:
    """In an order in which the sure ones come first and are cut out, so that no card is a phone number too."""
    for kind, find in (("iban", ibans), ("card", cards), ("email", emails)):
        for words in find(prose):
            prose = prose.replace(words, " ")
            if not _is_companys(words, company):
                yield Finding(kind, words)
        if kind == "iban":
            # One with a digit too many is no phone number for that.
            prose = _IBAN.sub(lambda match: " " if match[1][:2].upper() in _LENGTHS else match[0], prose)
    if pattern := compiled(company.order_number_pattern):
        for match in pattern.finditer(prose):
            yield Finding("order", match[0])
        prose = pattern.sub(" ", prose)
    for words in orders(prose):
        prose = prose.replace(words, " ")
        yield Finding("order", words)
    for words in phones(prose):
        if not _is_companys(words, company):
            yield Finding("phone", words)
    for words in addresses(prose):
        if words not in company.contact_address:
            yield Finding("address", words)
    if topic and topic.sensitive:
        yield from (Finding("health", words) for words in health_words(prose))


def ibans(prose: str) -> Iterator[str]:
    """Those whose length and check digits are right (ISO 13616-1, ISO 7064 MOD 97-10)."""
    for match in _IBAN.finditer(prose):
        country = match[1][:2].upper()
        words = _of_length(match[1], _LENGTHS.get(country, 0))
        if words and _has_right_check_digits(re.sub(r"[ -]", "", words).upper()):
            yield words


def _of_length(words: str, length: int) -> str:
    """So many letters and digits from the beginning, with what stands between; the next word may have come along."""
    count = 0
    for place, character in enumerate(words, start=1):
        count += character.isalnum()
        if count == length:
            ends = place == len(words) or not words[place].isalnum()
            return words[:place] if ends else ""
    return ""


def _has_right_check_digits(iban: str) -> bool:
    return int("".join(str(int(character, 36)) for character in iban[4:] + iban[:4])) % 97 == 1


def cards(prose: str) -> Iterator[str]:
    """Numbers that a network has given out and whose check digit is right (ISO/IEC 7812-1, annex B: Luhn)."""
    for match in _CARD.finditer(prose):
        digits = re.sub(r"\D", "", match[0])
        if re.match(r"4|5[1-5]|2[2-7]|3[4-7]|6(?:011|4|5)", digits) and luhn(digits) and len(set(digits)) > 1:
            yield match[0]


def luhn(digits: str) -> bool:
    doubled = [sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def emails(prose: str) -> Iterator[str]:
    for match in _EMAIL.finditer(prose):
        if not _EXAMPLES.search(match[0]):
            yield match[0]


def orders(prose: str) -> Iterator[str]:
    yield from (match[1] for match in _ORDERED.finditer(prose) if len(re.sub(r"\D", "", match[1])) >= 4)


def phones(prose: str) -> Iterator[str]:
    """Nine to fifteen digits (ITU-T E.164) written like a phone number, or seven and more that are called one."""
    for match in (*_PHONE.finditer(prose), *_CALLED.finditer(prose)):
        words = (match[1] if match.re is _CALLED else match[0]).strip()
        digits = re.sub(r"\D", "", words)
        fewest = 7 if match.re is _CALLED else 9
        is_number = fewest <= len(digits) <= 15 and len(set(digits)) > 2 and not digits.startswith("0123456")
        if is_number and not (match.re is _PHONE and _COUNTED.fullmatch(words)):
            yield words


def addresses(prose: str) -> Iterator[str]:
    """A street with its number. A town alone is no address."""
    yield from (match[0].strip() for match in _STREET.finditer(prose))


def health_words(prose: str) -> Iterator[str]:
    """Whatever the ending: the search compares words in the same way."""
    terms, pairs = _health_terms()
    words = re.findall(r"[\w']+", prose)
    stems = [_root(word.lower()) for word in words]
    for place, word in enumerate(words):
        pair = " ".join(stems[place : place + 2])
        if pair in pairs:
            yield " ".join(words[place : place + 2])
        elif stems[place] in terms:
            yield word


def _root(word: str) -> str:
    """What is left when every ending is gone: "infections" and "infection" lose one letter more than one ending."""
    while (shorter := stem(word)) != word:
        word = shorter
    return word


@cache
def _health_terms() -> tuple[frozenset[str], frozenset[str]]:
    """The stems of single words, and of pairs."""
    lines = (Path(__file__).parent / "health_terms.txt").read_text().splitlines()
    terms = [" ".join(map(_root, line.split())) for line in lines if line and not line.startswith("#")]
    return frozenset(term for term in terms if " " not in term), frozenset(term for term in terms if " " in term)


def _is_companys(words: str, company: Company) -> bool:
    """Its own contact is known to everybody."""
    digits = re.sub(r"\D", "", words)
    own = re.sub(r"\D", "", company.contact_phone)
    return words.lower() == company.contact_email.lower() or bool(own and digits[-7:] == own[-7:])
