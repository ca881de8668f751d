"""HTML as people write it, with ends left out: words stay apart, lists and tables whole."""

from __future__ import annotations

import pytest

from forum.importing.markdown_source import from_html
from forum.importing.words import first_faithful, words_of

CASES = {
    "a mark with its space": ("<strong>Lost time </strong>is paid", "**Lost time** is paid"),
    "a mark of nothing but a space": ("the WHO<em> </em>has", "the WHO has"),
    "a link with its space": ('(<a href="https://a.example/">there </a>)', "([there](https://a.example/) )"),
    "a line that ends within a mark": ("<p><em>One<br><br></em> <em>two</em></p>", "*One*  \n  \n *two*"),
    "lines of code": ("<pre>a<br>b</pre>", "```\na\nb\n```"),
    "a line that ends within code": ("<code>a<br>b</code>", "`a b`"),
    "items without end": ("<ul><li>a<li>b<li>c</ul>", "- a\n- b\n- c"),
    "items within a link": ('<ul><li><a href="#x">a<li>b</li></a></li><li>c</li></ul>', "- a\n- b\n- c"),
    "a list within an item": ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
    "rows without end": ("<table><tr><th>a</th><tr><tr><td>b</td></tr><td>c</td></tr></table>",
                         "| a |\n| --- |\n| b |\n| c |"),
    "remarks and scripts": ("<p>a<!-- no --></p><script>no</script>", "a"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_html_becomes_markdown_that_reads_the_same(case: str) -> None:
    html, markdown = CASES[case]
    assert from_html(html) == markdown


def test_words_end_at_blocks_and_not_at_marks() -> None:
    assert words_of("<p>a<b>b</b>c</p><p>d<br>e</p><td>f</td><td>g<sup>1</sup></td>") == ["abc", "d", "e", "f", "g^1"]


def test_an_image_counts_as_its_description() -> None:
    assert words_of('<img src="x.png" alt="A cat"> <img src="y.png">') == ["A", "cat", "y.png"]


@pytest.mark.parametrize(("sources", "chosen"), [
    (["ab", "a b", "x"], ("a b", True)),
    (["x", "ab", "a bc", "y"], ("ab", False)),
    (["x", "y"], ("y", False)),
])  # fmt: skip
def test_the_source_that_reads_most_alike_is_taken(sources: list[str], chosen: tuple[str, bool]) -> None:
    assert first_faithful(sources, ["a", "b"], str) == chosen
