"""Every FAQ among the real data comes in whole: the counts of its file, no word lost, every page opens."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from forum.importing.faq.run import Options, import_faq
from forum.importing.words import words_of
from forum.models import Company, FaqEntry, Topic
from tests.importing.dumps import fingerprint
from tests.importing.reading import broken_pages, texts
from tests.shared import shared

FILES = {
    "faq-de-en-coronawarnapp/faq.json": ("en", 145),
    "faq-de-en-coronawarnapp/faq_de.json": ("de", 146),
    # 282 German and 224 English rows, of which five repeat another one word for word.
    "faq-de-authorities/faq_200327.tsv": ("de", 282 + 224 - 5),
    "faq-de-php/xml.tar.xz": ("de", 232),
    "faq-de-en-evcc/faq.de.mdx": ("de", 26),
    "faq-de-en-evcc/faq.en.mdx": ("en", 27),
    "phpmyfaq-testdata/faqs.json": ("de", 15 * 2),
}


def path_of(name: str) -> Path:
    folder, file = name.split("/")
    return shared(folder) / file


def bring_in(name: str, **options: Any) -> Any:
    return import_faq(path_of(name), Options(source=name, language=FILES[name][0], publish=True, **options))


def cwa_texts(path: Path) -> Iterator[tuple[str, str]]:
    for section in json.loads(path.read_text())["section-main"]["sections"]:
        for entry in section["accordion"]:
            yield entry["title"], "\n".join(entry["textblock"])


def authority_texts(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["lang"] in ("de", "en"):
                yield row["question"], row["answer_html"]


def sample_texts(path: Path) -> Iterator[tuple[str, str]]:
    for entry in json.loads(path.read_text()):
        for text in entry["translations"].values():
            yield text["question"], text["answer"]


TEXTS = {
    "faq-de-en-coronawarnapp/faq.json": cwa_texts,
    "faq-de-en-coronawarnapp/faq_de.json": cwa_texts,
    "faq-de-authorities/faq_200327.tsv": authority_texts,
    "phpmyfaq-testdata/faqs.json": sample_texts,
}


def links_between_entries_lead_to_the_imported_ones() -> None:
    html = FaqEntry.objects.get(slug__startswith="who-can-help-with-questions").html
    assert '<a href="/faq/how-to-reach-us/">click here to see the phone numbers</a>' in html
    assert 'href="#' not in "".join(FaqEntry.objects.values_list("html", flat=True))


def authors_of_a_packed_tree_keep_their_names() -> None:
    entry = FaqEntry.objects.get(title__startswith="Wie kann ich mit PHP3 Duplikate")
    assert entry.author_name == "Johannes Frömter"
    assert "function array_unique($a) {" in entry.html


ALSO = {
    "faq-de-en-coronawarnapp/faq.json": links_between_entries_lead_to_the_imported_ones,
    "faq-de-php/xml.tar.xz": authors_of_a_packed_tree_keep_their_names,
}
# Of two files of one kind, one shows that a second run changes nothing.
LIKE_ANOTHER = {"faq-de-en-coronawarnapp/faq.json", "faq-de-en-evcc/faq.de.mdx"}
# To a database they are all alike: a small one of each language shows a second one what there is to store.
BOTH = ("faq-de-en-coronawarnapp/faq_de.json", "faq-de-en-evcc/faq.en.mdx", "phpmyfaq-testdata/faqs.json")


@pytest.mark.long
@pytest.mark.parametrize(
    "name", [name if name in BOTH else pytest.param(name, marks=pytest.mark.any_database) for name in FILES]
)
def test_a_file_comes_in_whole_and_once(name: str, company: Company, client: Client) -> None:
    """All in one test, so that each file has to be read once only."""
    report = bring_in(name)
    assert report.imported["entries"] == FaqEntry.objects.count() == FILES[name][1]
    assert report.noted["texts too long for this site, shown without their form"] == 0
    assert report.noted["texts that read a little differently here"] == 0
    assert words_lost(name) == []
    ALSO.get(name, lambda: None)()
    if name not in LIKE_ANOTHER:
        before = fingerprint()
        assert bring_in(name).known["entries"] == FILES[name][1]
        assert fingerprint() == before
    pages = ["/faq/", *(f"/faq/?topic={topic.slug}" for topic in Topic.objects.public())]
    pages += [entry.get_absolute_url() for entry in FaqEntry.objects.public()]
    assert broken_pages(client, {*pages, *links_within_the_site()}) == []


def links_within_the_site() -> set[str]:
    html = BeautifulSoup("".join(FaqEntry.objects.values_list("html", flat=True)), "html.parser")
    links = {str(link["href"]) for link in html("a")}
    return {link for link in links if not link.startswith(("http:", "https:", "mailto:"))}


def words_lost(name: str) -> list[str]:
    """Questions whose answer does not stand here word for word, where the format of the file lets us tell."""
    if name not in TEXTS:
        return []
    here = set(texts(FaqEntry.objects.values_list("html", flat=True)))
    there = [
        (question, " ".join(words_of(str(BeautifulSoup(answer, "html.parser")))))
        for question, answer in TEXTS[name](path_of(name))
    ]
    # A question too long for a title stands whole before its answer.
    return [question for question, answer in there if not {answer, f"{' '.join(question.split())} {answer}"} & here]


def test_links_within_the_old_site_can_be_kept(company: Company) -> None:
    bring_in("faq-de-en-evcc/faq.de.mdx", base_url="https://docs.evcc.io/de/faq")
    entry = FaqEntry.objects.get(title__startswith="Soll ich evcc")
    assert 'href="https://docs.evcc.io/de/installation/configuration"' in entry.html
