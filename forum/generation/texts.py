"""A pool of plausible German texts, put together from parts and rendered once."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from forum.markdown import render

_PRODUCTS = (
    "die Schafmilchseife", "die Haarseife mit Brennnessel", "die Rasierseife", "die Kernseife", "die Gallseife",
    "die Ringelblumenseife", "das Shampoo am Stück", "die Olivenölseife", "die Salzseife", "die Kinderseife",
    "die Seifenschale aus Lärche", "das Geschenkset", "die Waschflocken", "die Fleckenseife", "der Badezusatz",
)  # fmt: skip
_PROBLEMS = (
    "wird nach kurzer Zeit weich", "hat einen weißen Belag bekommen", "riecht anders als die letzte",
    "schäumt bei uns kaum", "macht meine Haare strähnig", "brennt leicht auf der Haut", "kam zerbrochen an",
    "ist schon in der Packung gerissen", "fehlt in der Lieferung", "färbt auf das Handtuch ab",
    "ist nicht mehr im Laden", "steht ohne Inhaltsstoffe im Katalog",
)  # fmt: skip
_WISHES = (
    "Was mache ich falsch?", "Woran kann das liegen?", "Ist das noch gut?", "Was raten Sie mir?",
    "Kann man da etwas tun?", "Gibt es einen Ersatz?", "Wie lange dauert das?", "Hat das noch jemand?",
)  # fmt: skip
_DETAILS = (
    "Wir haben hier sehr hartes Wasser, laut Stadtwerken über zwanzig Grad.",
    "Gekauft habe ich sie im Frühjahr auf dem Markt.",
    "Ich benutze sie jeden Morgen und lege sie danach auf die Schale zurück.",
    "Die erste Packung war völlig in Ordnung, erst die zweite macht Ärger.",
    "Mein Mann sagt, ich bilde mir das ein, aber die Kinder sehen es auch.",
    "Auf der Packung steht eine Nummer, die ich gern nachreiche.",
    "Ich habe schon mit kaltem und mit warmem Wasser gespült, ohne Unterschied.",
    "Vorher hatte ich eine gekaufte aus dem Supermarkt, da war das nie so.",
    "Geöffnet liegt sie im Bad, ungeöffnet im Wäscheschrank.",
    "Bestellt war es als Geschenk, deshalb ist es mir ein wenig eilig.",
)  # fmt: skip
_REASONS = (
    "Das ist meistens Kalkseife: Der Kalk im Wasser verbindet sich mit den Fettsäuren.",
    "Seife zieht Wasser, solange sie nass liegt; sie braucht Luft von unten.",
    "Der Überschuss an Öl war bei diesem Sud etwas höher als sonst.",
    "Ätherische Öle verfliegen mit den Monaten, das ist bei Naturware nicht zu vermeiden.",
    "Beim Trocknen entstehen Spannungen, und dann reißt ein Stück an der Kante.",
    "Das Paket ist über zwei Verteilzentren gelaufen und war dabei sichtlich unter anderem Gepäck.",
    "Die Waschkraft kommt von allein, wenn sich die Kopfhaut umgestellt hat.",
)  # fmt: skip
_ADVICE = (
    "Spülen Sie mit einem Esslöffel Apfelessig auf einen Liter Wasser nach.",
    "Legen Sie das Stück auf eine Schale mit Schlitzen und lassen Sie es zwischen zwei Wäschen trocknen.",
    "Schicken Sie uns bitte ein Bild von der Nummer auf der Banderole.",
    "Wir legen der nächsten Sendung ein neues Stück bei.",
    "Lagern Sie den Vorrat dunkel, kühl und nicht in Folie.",
    "Schneiden Sie die Kante ab; der Rest ist einwandfrei.",
    "Probieren Sie es zwei Wochen lang mit der Hälfte der Menge.",
)  # fmt: skip


class Text(NamedTuple):
    source: str
    html: str


def title(random: Random) -> str:
    product = random.choice(_PRODUCTS)
    return f"{product[0].upper()}{product[1:]} {random.choice(_PROBLEMS)}"


def question_pool(random: Random, size: int) -> list[Text]:
    return [_rendered(_question(random)) for _ in range(size)]


def answer_pool(random: Random, size: int) -> list[Text]:
    return [_rendered(_answer(random)) for _ in range(size)]


def _question(random: Random) -> str:
    details = random.sample(_DETAILS, random.randint(2, 5))
    return f"Guten Tag,\n\n{' '.join(details[:3])}\n\n{' '.join(details[3:])} {random.choice(_WISHES)}"


def _answer(random: Random) -> str:
    advice = random.sample(_ADVICE, random.randint(2, 4))
    points = "\n".join(f"- {line}" for line in advice[1:])
    return f"{random.choice(_REASONS)} **{advice[0]}**\n\nDazu noch:\n\n{points}"


def _rendered(source: str) -> Text:
    return Text(source, render(source))
