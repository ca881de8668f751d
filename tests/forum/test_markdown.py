"""What a person writes, and what the page then shows."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forum.markdown
from forum.markdown import MAX_LENGTH, excerpt, limits, plain_text, render
from forum.markdown.characters import readable
from forum.markdown.code import MAX_CODE
from forum.markdown.sanitiser import sanitise

PICTURE = f"/media/uploads/{'0a' * 16}-900x9.webp"
# Pieces that mean something to the parser, to be put together in every way.
# fmt: off
PIECES = st.sampled_from([
    "[", "](", "![", ")", "*", "**", "_", "~~", "`", "```py\n", "> ", "- ", "1. ", "# ", "\n", "\n\n", "|", "|-|\n",
    "a|b\n-|-\n", "http://a.b/", "://", "www.", "&amp;", "&#12;", "\\", "[a]: /b\n", "<a ", "<!--", "<b@c.d>",
    PICTURE, "javascript:", "\t", "    ", "\x00", "\x0b", "\r", "\ud800", "\ufffe", "word", "ä", "\u202e",
])
# fmt: on
MARKDOWN = st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join)


# What people write


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hallo\n\nWelt", "<p>Hallo</p>\n<p>Welt</p>\n"),
        ("~~alt~~ **neu**", "<p><s>alt</s> <strong>neu</strong></p>\n"),
        ("3. drei\n4. vier", '<ol start="3">\n<li>drei</li>\n<li>vier</li>\n</ol>\n'),
        ("Ihre <tel_num>, <name>", "<p>Ihre &lt;tel_num&gt;, &lt;name&gt;</p>\n"),
        ("<b>fett</b>", "<p>&lt;b&gt;fett&lt;/b&gt;</p>\n"),
        ("5 < 6 && 7 > 6", "<p>5 &lt; 6 &amp;&amp; 7 &gt; 6</p>\n"),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_a_customer_writes_and_everybody_reads(text: str, html: str) -> None:
    assert render(text) == html


@pytest.mark.parametrize(("level", "shown"), [(1, 3), (2, 4), (3, 5), (4, 6), (5, 6), (6, 6)])
def test_headings_of_a_post_stay_below_those_of_the_page(level: int, shown: int) -> None:
    assert render("#" * level + " Titel") == f"<h{shown}>Titel</h{shown}>\n"


def test_a_table_is_aligned_by_class_and_scrolls_in_its_own_box() -> None:
    html = render("a | b | c | d\n--|:--|:-:|--:\n1 | 2 | 3 | 4")
    assert html.startswith('<div class="table-scroll" tabindex="0">\n<table>')
    assert '<td>1</td>\n<td class="align-left">2</td>' in html
    assert '<td class="align-center">3</td>\n<td class="align-right">4</td>' in html
    assert "style" not in html


def test_code_in_a_known_language_is_coloured_by_class() -> None:
    html = render("```Python\nprint('<b>')\n```")
    assert html.startswith('<pre><code class="language-python"><span class="nb">print</span>')
    assert "&lt;b&gt;" in html
    assert "style" not in html


def test_code_in_an_unknown_language_stays_plain() -> None:
    assert render("```klingon\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>\n"


def test_long_code_stays_black() -> None:
    short, long = "x = 1\n" * (MAX_CODE // 6), "x = 1\n" * (MAX_CODE // 6 + 1)
    assert "<span" in render(f"```py\n{short}```")
    assert "<span" not in render(f"```py\n{long}```")
    assert render(f"```py\n{short}```\n" * 2).count('"language-py"><span') == 1


# What somebody writes to do harm, or by accident


@pytest.mark.parametrize("text", ["> " * 500 + "hallo", "- " * 500 + "hallo", "> - " * 200 + "1. hallo"])
def test_text_nested_without_end_is_kept(text: str) -> None:
    html = render(text)
    assert "hallo" in html
    assert html.count("<blockquote>") + html.count("<ul>") <= limits.MAX_NESTING


@pytest.mark.parametrize(
    "text",
    [
        "**" * 100 + "a" + "**" * 100,
        "[" * (limits.MAX_BRACKETS + 1),
        "![a](b)" * (limits.MAX_IMAGES + 1),
        "![" * (limits.MAX_IMAGE_NESTING + 1),
        "*a* " * (MAX_LENGTH // 4 + 1),
    ],
)
def test_a_text_that_costs_too_much_is_shown_as_written(text: str) -> None:
    assert render(text) == f"<p>{text}</p>\n"


def test_a_text_of_too_many_lines_is_shown_as_written() -> None:
    assert render("*a*\n" * (limits.MAX_LINES + 1)).startswith("<p>*a*<br>\n*a*<br>\n")


def test_a_text_of_the_greatest_length_is_rendered() -> None:
    assert "<em>" in render("*a* " * (MAX_LENGTH // 4))


def test_with_too_many_bare_links_none_is_made() -> None:
    url = "https://b.de/ "
    assert render(url * limits.MAX_LINKS).count("<a ") == limits.MAX_LINKS
    assert "<a " not in render(url * (limits.MAX_LINKS + 1))


def _table(columns: int, rows: int) -> str:
    return "a|" * columns + "\n" + "-|" * columns + "\n" + "x\n" * rows


def test_a_table_made_to_grow_is_no_table() -> None:
    assert "<table>" in render(_table(limits.MAX_COLUMNS, 4))
    assert "<table>" not in render(_table(limits.MAX_COLUMNS + 3, 4))
    assert "<table>" not in render(_table(4, limits.MAX_CELLS // 5) + "\nlong enough " * 200)
    assert "<table>" not in render((_table(limits.MAX_COLUMNS, 100) + "\n") * 6 + "long enough " * 500)


def test_a_parser_that_fails_costs_the_markup_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(source: str) -> None:
        raise RecursionError

    monkeypatch.setattr(forum.markdown, "parse", fail)
    with caplog.at_level(logging.ERROR):
        assert render("*geheim* <b>") == "<p>*geheim* &lt;b&gt;</p>\n"
        assert plain_text("*geheim*") == "*geheim*"
    assert "could not be rendered" in caplog.text
    assert "geheim" not in caplog.text


def test_a_parser_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CPU_SECONDS", -1.0)
    assert render("*a*\n\nb") == "<p>*a*</p>\n<p>b</p>\n"


def test_characters_no_page_can_carry_are_replaced() -> None:
    assert render("a\x00b\x1bc\ud800d\uffffe") == "<p>a\ufffdb\ufffdc\ufffdd\ufffde</p>\n"
    assert render("a\x0bb\r\nc\rd") == "<p>a\nb\nc\nd</p>\n"


# Whatever is written


@given(MARKDOWN)
def test_any_text_is_rendered_within_bounds(text: str) -> None:
    html = render(text)
    assert len(html) <= limits.MAX_GROWTH * len(text) + 1_000


@given(MARKDOWN)
def test_the_sanitiser_finds_nothing_more_to_do(text: str) -> None:
    assert sanitise(render(text)) == render(text)


@given(MARKDOWN)
def test_rendered_text_can_be_put_into_a_feed(text: str) -> None:
    assert readable(render(text)) == render(text)
    assert readable(plain_text(text)) == plain_text(text)


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8), max_size=30))
def test_plain_words_come_out_as_they_went_in(words: list[str]) -> None:
    text = " ".join(["wort", *words])
    assert render(text) == f"<p>{text}</p>\n"
    assert plain_text(text) == text


# Excerpts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Titel\n\n*Ein* [Link](/a) und `Code`.", "Titel Ein Link und Code."),
        ("![Foto](https://b.de/c.png) <name> &amp; 5 < 6", "Foto <name> & 5 < 6"),
        ("a\nb  \nc\n\n- d\n- e\n\n```py\nf\n```", "a b c d e f"),
        ("a|b\n-|-\nc|d", "a b c d"),
        ("> zitiert", "zitiert"),
        ("", ""),
    ],
)
def test_an_excerpt_is_the_words_without_the_markup(text: str, expected: str) -> None:
    assert excerpt(text) == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (28, "Meine Seife schäumt gar mehr"),
        (27, "Meine Seife schäumt gar…"),
        (20, "Meine Seife schäumt…"),
        (19, "Meine Seife…"),
        (8, "Meine…"),
        (4, "Mei…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_an_excerpt_ends_with_a_whole_word(length: int, expected: str) -> None:
    assert excerpt("Meine **Seife** schäumt gar mehr", length) == expected


def test_an_excerpt_of_one_endless_word_is_cut() -> None:
    assert excerpt("ja " + "a" * 300, 20) == "ja " + "a" * 16 + "…"


def test_the_excerpt_of_a_tag_bomb_does_not_fail() -> None:
    assert excerpt("<a " * 6666, 20) == "<a <a <a <a <a <a…"


@given(MARKDOWN, st.integers(0, 80))
def test_an_excerpt_is_one_line_of_at_most_its_length(text: str, length: int) -> None:
    shown = excerpt(text, length)
    assert len(shown) <= length
    assert shown == " ".join(shown.split())
