"""Every FAQ among the real data comes in whole: the counts of its file, no letter lost, every page opens."""

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
from forum.importing.markdown_source import letters_of
from forum.models import Company, FaqEntry, Topic
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


@pytest.mark.parametrize("name", FILES)
def test_the_count_of_entries_is_that_of_the_file(name: str, company: Company) -> None:
    report = bring_in(name)
    assert report.imported["entries"] == FaqEntry.objects.count() == FILES[name][1]
    assert report.noted["texts too long for this site, shown without their form"] == 0


@pytest.mark.parametrize("name", FILES)
def test_a_second_run_changes_nothing(name: str, company: Company) -> None:
    bring_in(name)
    before = list(FaqEntry.objects.order_by("pk").values()), list(Topic.objects.order_by("pk").values())
    assert bring_in(name).known["entries"] == FILES[name][1]
    assert before == (list(FaqEntry.objects.order_by("pk").values()), list(Topic.objects.order_by("pk").values()))


@pytest.mark.parametrize("name", FILES)
def test_every_page_opens(name: str, company: Company, client: Client) -> None:
    bring_in(name)
    pages = [entry.get_absolute_url() for entry in FaqEntry.objects.public()]
    pages += ["/faq/", *(f"/faq/?topic={topic.slug}" for topic in Topic.objects.public())]
    assert [page for page in pages if client.get(page).status_code != 200] == []


@pytest.mark.parametrize("name", FILES)
def test_every_link_within_the_site_leads_somewhere(name: str, company: Company, client: Client) -> None:
    bring_in(name)
    html = BeautifulSoup("".join(FaqEntry.objects.values_list("html", flat=True)), "html.parser")
    links = {str(link["href"]) for link in html("a")}
    inside = {link for link in links if not link.startswith(("http:", "https:", "mailto:"))}
    assert [link for link in inside if client.get(link).status_code != 200] == []


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
        for texts in entry["translations"].values():
            yield texts["question"], texts["answer"]


TEXTS = {
    "faq-de-en-coronawarnapp/faq.json": cwa_texts,
    "faq-de-en-coronawarnapp/faq_de.json": cwa_texts,
    "faq-de-authorities/faq_200327.tsv": authority_texts,
    "phpmyfaq-testdata/faqs.json": sample_texts,
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_letter_is_lost_or_doubled(name: str, company: Company) -> None:
    bring_in(name)
    here = {letters_of(row.html).replace("---", "").replace("?-D", "?D") for row in FaqEntry.objects.all()}
    there = [
        (question, letters_of(str(BeautifulSoup(answer, "html.parser"))).replace("---", ""))
        for question, answer in TEXTS[name](path_of(name))
    ]
    # Two entries have lists and rules whose tags are never closed: a dash or three remain between the words.
    # A question too long for a title stands whole before its answer.
    lost = [q for q, answer in there if not {answer, "".join(q.split()) + answer} & here]
    assert lost == []


def test_links_between_entries_lead_to_the_imported_ones(company: Company) -> None:
    bring_in("faq-de-en-coronawarnapp/faq.json")
    html = FaqEntry.objects.get(slug__startswith="who-can-help-with-questions").html
    assert '<a href="/faq/how-to-reach-us/">click here to see the phone numbers</a>' in html
    assert 'href="#' not in "".join(FaqEntry.objects.values_list("html", flat=True))


def test_links_within_the_old_site_can_be_kept(company: Company) -> None:
    bring_in("faq-de-en-evcc/faq.de.mdx", base_url="https://docs.evcc.io/de/faq")
    entry = FaqEntry.objects.get(title__startswith="Soll ich evcc")
    assert 'href="https://docs.evcc.io/de/installation/configuration"' in entry.html


def test_authors_of_a_packed_tree_keep_their_names(company: Company) -> None:
    bring_in("faq-de-php/xml.tar.xz")
    entry = FaqEntry.objects.get(title__startswith="Wie kann ich mit PHP3 Duplikate")
    assert entry.author_name == "Johannes Frömter"
    assert "function array_unique($a) {" in entry.html
