"""FAQ files as people have them: every format, what a second run does, and what is refused."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forum.importing.failure import ImportFailed
from forum.importing.faq.run import Options, import_faq
from forum.importing.report import Report
from forum.models import Company, FaqEntry, Topic
from tests.factories import make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring_in(tmp_path: Path, company: Company) -> Any:
    """Imports a file with this name and content."""

    def go(name: str, content: str | bytes, **options: Any) -> Report:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_faq(path, Options(source=options.pop("source", "old"), language="en", **options))

    return go


def only() -> FaqEntry:
    return FaqEntry.objects.get()


def test_a_table_with_a_header(bring_in: Any) -> None:
    bring_in("a.csv", "question,answer,topic,language\nWie lange?,Zwei *Jahre*.,Seife,de\n")
    assert (only().title, only().language, only().topic.name) == ("Wie lange?", "de", "Seife")
    assert only().html == "<p>Zwei <em>Jahre</em>.</p>\n"


def test_a_table_as_a_german_spreadsheet_saves_it(bring_in: Any) -> None:
    bring_in("a.csv", b'\xef\xbb\xbfFrage;Antwort;Thema\r\n"Wie; lange?";"Zwei\r\nJahre";Seife\r\n')
    assert (only().title, only().text) == ("Wie; lange?", "Zwei\nJahre")


def test_a_plain_list_of_objects(bring_in: Any) -> None:
    bring_in("a.json", json.dumps([{"question": "How?", "answer": "<p>So &amp; so.</p>", "topic": "Soap"}]))
    assert (only().text, only().language) == ("So & so.", "en")


def test_the_table_that_phpmyfaq_reads(bring_in: Any) -> None:
    rows = (
        '3,"Wie?","<p>So.</p>","a,b",de,Hanne,h@example.org,true,false\n3,Alt?,Nein.,,de,Ole,o@example.org,false,true\n'
    )
    bring_in("pmf.csv", rows, publish=True)
    entry = FaqEntry.objects.get(title="Wie?")
    assert (entry.text, entry.author_name, entry.topic.name) == ("So.", "Hanne", "pmf 3")
    assert [e.title for e in FaqEntry.objects.drafts()] == ["Alt?"]
    assert "example.org" not in str(list(FaqEntry.objects.values()))


def test_the_export_of_phpmyfaq(bring_in: Any) -> None:
    faq = {"id": 1, "language": "de", "category": "Seife >> Pflege", "question": "A &amp; B?", "keywords": "",
           "answer": "&lt;p&gt;x &amp;lt; y&lt;/p&gt;", "author": "Hanne", "last_modified": "20260101"}  # fmt: skip
    bring_in("a.json", json.dumps([{"faq": faq}, {"faq": {**faq, "language": "en"}}]))
    assert set(FaqEntry.objects.values_list("language", flat=True)) == {"de", "en"}
    assert FaqEntry.objects.filter(title="A & B?", html="<p>x &lt; y</p>\n").count() == 2
    assert Topic.objects.get().name == "Seife – Pflege"


def test_a_page_of_headings(bring_in: Any) -> None:
    page = "---\ntitle: x\n---\n## Soap\n\n<a id='dry'></a>\n\n### How <br/> long?\nSee [below](#more).\n\n"
    page += ":::note[Mind]\nwater\n:::\n\n```\n### no heading\n```\n### More\nText.\n"
    bring_in("a.mdx", page, publish=True)
    entry = FaqEntry.objects.get(title="How long?")
    assert '<a href="/faq/more/">below</a>' in entry.html
    assert "### no heading" in entry.html
    assert "<blockquote>\n<p><strong>Mind</strong></p>\n<p>water</p>" in entry.html
    assert FaqEntry.objects.count() == 2


@pytest.mark.parametrize("answer", ["Dear <name>, call <tel_num>.", "<p>Dear <name>, call <tel_num>.</p>"])
def test_placeholders_survive(bring_in: Any, answer: str) -> None:
    bring_in("a.json", json.dumps([{"question": "How?", "answer": answer}]))
    assert only().html == "<p>Dear &lt;name&gt;, call &lt;tel_num&gt;.</p>\n"


@pytest.mark.parametrize(
    "answer",
    ["=HYPERLINK(\"http://x\";\"y\")", "<b>a</b><script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>",
     "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "<svg><script>alert(1)</script></svg>z"],
)  # fmt: skip
def test_hostile_answers_are_only_text(bring_in: Any, answer: str) -> None:
    bring_in("a.json", json.dumps([{"question": answer, "answer": answer}]))
    assert "<script" not in only().html
    assert "onerror=" not in only().html.replace("&lt;img src=x onerror=", "")
    assert 'href="javascript' not in only().html


def test_characters_that_no_page_can_carry_are_replaced(bring_in: Any) -> None:
    bring_in("a.json", '[{"question": "a\\u0000b", "answer": "c\\u0000d \\ud800 e"}]')
    assert "\x00" not in only().title + only().text
    assert only().html == "<p>c\ufffdd \ufffd e</p>\n"


def test_a_long_question_stands_whole_in_the_answer(bring_in: Any) -> None:
    question = "Why " + "really " * 40 + "so?"
    bring_in("a.json", json.dumps([{"question": question, "answer": "Yes."}]))
    assert len(only().title) <= 150
    assert only().text == f"{question}\n\nYes."


def test_entries_without_a_topic_stand_in_one_named_after_the_file(bring_in: Any) -> None:
    bring_in("soap.csv", "question,answer\nHow?,So.\n", source="old shop/soap.csv")
    assert only().topic.name == "soap"


def test_entries_stay_drafts_unless_published(bring_in: Any) -> None:
    content = "question,answer\nHow?,So.\n"
    bring_in("a.csv", content)
    bring_in("a.csv", content, source="another", publish=True)
    assert [entry.is_published for entry in FaqEntry.objects.order_by("pk")] == [False, True]


def test_what_was_edited_here_is_not_touched_again(bring_in: Any) -> None:
    bring_in("a.csv", "question,answer\nHow?,So.\n")
    FaqEntry.objects.update(text="Better.")
    report = bring_in("a.csv", "question,answer\nHow?,Changed there.\nNew?,Yes.\n")
    assert (report.known["entries"], report.imported["entries"]) == (1, 1)
    assert sorted(FaqEntry.objects.values_list("text", flat=True)) == ["Better.", "Yes."]


def test_what_was_deleted_here_stays_away(bring_in: Any) -> None:
    bring_in("a.csv", "question,answer\nHow?,So.\n")
    FaqEntry.objects.all().delete()
    assert bring_in("a.csv", "question,answer\nHow?,So.\n").left_out["entries that were deleted here"] == 1
    assert not FaqEntry.objects.exists()


def test_what_is_left_out_is_said(bring_in: Any) -> None:
    report = bring_in("a.csv", "question,answer,language\nHow?,So.,en\nHow?,So.,en\nJak?,Tak.,pl\n,x,en\n")
    assert "Left out: 1 entries that repeat another one word for word." in report.lines()
    assert "Left out: 1 entries in a language that this site does not speak (pl)." in report.lines()
    assert "Left out: 1 entries without a question or without an answer." in report.lines()


def test_a_public_entry_never_lands_in_a_private_topic(bring_in: Any) -> None:
    private = make_topic("Rash", "rash", channel="private", discreet=True)
    bring_in("a.csv", "question,answer,topic\nHow?,So.,Rash\n")
    assert only().topic != private
    assert only().topic.name == "Rash"


def packed(**files: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo("xml/a/" + name.replace("__", "/").replace("_", "."))
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


BOMB = '<!DOCTYPE f [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Faq><Question>&c;</Question></Faq>'
CATEGORY = '<Category alias="a" name="A"/>'
REFUSED = {
    "latin-1": ("a.csv", "question,answer\nWie?,Größe\n".encode("latin-1"), "a.csv, line 2: is not UTF-8"),
    "utf-16": ("a.json", "[]".encode("utf-16"), "a.json, line 1: is not UTF-8"),
    "cut off in quotes": ("a.csv", 'question,answer\na,b\nc,"d', "a.csv, line 3: is no proper table"),
    "cut off in a row": ("a.csv", "question,answer,topic\na,b,c\nd,e", "a.csv, line 3: has 2 columns instead of 3"),
    "no header": ("a.csv", "a,b\nc,d\n", "a.csv, line 1: has neither a header"),
    "empty": ("a.csv", "", "a.csv: is empty"),
    "a header alone": ("a.csv", "question,answer\n", "a.csv: has no questions in it"),
    "an empty list": ("a.json", "[]", "a.json: has no questions in it"),
    "phpMyFAQ cut off": ("a.csv", "1,q,a,k,de,n,m,true,false\n1,q,a", "a.csv, line 2: has not the nine columns"),
    "JSON cut off": ("a.json", '[{"question": "a",\n "answer', "a.json, line 2: is no proper JSON"),
    "JSON too deep": ("a.json", "[" * 100_000, "a.json: is no proper JSON"),
    "JSON of something else": ("a.json", '{"a": 1}', "a.json, line 1: is not a list of questions"),
    "no answer": ("a.json", '[{"question": "a"}]', "a.json: entry 1 has no question or no answer"),
    "answer is a list": ("a.json", '[{"question": "a", "answer": [1]}]', "'answer_html' of an entry is no text"),
    "huge": ("a.json", json.dumps([{"question": "a", "answer": "x" * 1_000_001}]), "too long to be a text"),
    "huge cell": ("a.csv", "question,answer\na," + "x" * 1_000_001, "line 2: is no proper table (field larger"),
    "no question": ("a.md", "# Title\n\nText", "a.md, line 1: has no heading of the third level"),
    "unknown": ("a.pdf", "%PDF", "a.pdf: is none of .csv, .tsv"),
    "no archive": ("a.tar.xz", "abc", "a.tar.xz: is no archive"),
    "archive cut off": ("a.tar.xz", packed(category_xml=CATEGORY)[:100], "a.tar.xz: is no archive"),
    "entity bomb": ("a.tar.xz", packed(category_xml=CATEGORY, q__faq_xml=BOMB), "declares an entity"),
    "broken XML": ("a.tar.xz", packed(category_xml="<Category>"), "xml/a/category.xml, line 1: not well-formed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_by_name_and_line(case: str, bring_in: Any) -> None:
    name, content, problem = REFUSED[case]
    with pytest.raises(ImportFailed) as failure:
        bring_in(name, content)
    assert problem in str(failure.value)
    assert not FaqEntry.objects.exists()
    assert not Topic.objects.exists()


def test_the_command_says_what_it_did(tmp_path: Path, company: Company) -> None:
    path, out = tmp_path / "faq.csv", io.StringIO()
    path.write_text("question,answer\nHow?,So.\n")
    call_command("import_faq", path, "--publish", "--topic", "Soap", "--language", "en", stdout=out)
    assert out.getvalue() == "Imported: 1 entries.\n"
    assert (only().topic.name, only().is_published) == ("Soap", True)


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("missing.csv", None, "missing.csv: can not be read (No such file or directory)."),
    ("a.csv", "question,answer\n", "a.csv: has no questions in it."),
    ("a.csv", "a,b", "a.csv, line 1: has neither a header with question and answer nor the nine columns of phpMyFAQ."
                     " Nothing was changed; mend the file and start again."),
])  # fmt: skip
def test_the_command_says_what_is_wrong(
    name: str, content: str | None, sentence: str, tmp_path: Path, company: Company
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(CommandError) as failure:
        call_command("import_faq", tmp_path / name)
    assert str(failure.value) == f"{tmp_path}/{sentence}"
