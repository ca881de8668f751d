"""The examples of the CommonMark specification, and every one from which a post departs on purpose."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TypedDict

from forum.markdown import render
from tests.shared import shared

RAW_HTML = "raw HTML is shown as text, never obeyed"
SCHEME = "only http, https and mailto lead out of this site"
BARE_LINK = "a bare link is made clickable"
LANGUAGE = "only languages we colour are named in a class"

DEVIATIONS = {
    **dict.fromkeys(range(148, 194), RAW_HTML),
    **dict.fromkeys((21, 31, 203, 310, 311, 346, 477, 478, 479, 493, 496, 526, 538, 645, 646), RAW_HTML),
    **dict.fromkeys((*range(615, 620), 625, *range(627, 634)), RAW_HTML),
    598: SCHEME,
    600: SCHEME,
    601: SCHEME,
    603: SCHEME,
    604: BARE_LINK,
    610: BARE_LINK,
    613: BARE_LINK,
    24: LANGUAGE,
    34: LANGUAGE,
    142: LANGUAGE,
    143: LANGUAGE,
    144: LANGUAGE,
    146: LANGUAGE,
}
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


class Example(TypedDict):
    markdown: str
    html: str
    example: int


class Outline(HTMLParser):
    """A page as its tags, attributes and words, in order: what is left when the ways of writing them differ.

    `as_post` applies to the specification's HTML what a post always does: headings two levels lower, foreign
    images as links. Marks of our own (rel, the spans that colour code) are left out.
    """

    def __init__(self, *, as_post: bool) -> None:
        super().__init__()
        self.as_post, self.links, self.preformatted = as_post, 0, 0
        self.parts: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs if name != "rel"}
        if tag == "img" and self.as_post:
            self._image_as_link(values)
            return
        self.links += tag == "a"
        self.preformatted += tag == "pre"
        if tag != "span":
            self.parts += [f"<{self._heading(tag)} {sorted(values.items())}>", ""]

    def handle_endtag(self, tag: str) -> None:
        self.links -= tag == "a"
        self.preformatted -= tag == "pre"
        if tag not in ("span", "br", "hr", "img"):
            self.parts += [f"</{self._heading(tag)}>", ""]

    def handle_data(self, data: str) -> None:
        self.parts[-1] += data if self.preformatted else data.replace("\n", " ")

    def _heading(self, tag: str) -> str:
        return HEADINGS.get(tag, tag) if self.as_post else tag

    def _image_as_link(self, values: dict[str, str]) -> None:
        url, text = values.pop("src"), values.pop("alt", "")
        inside_link = self.links > 0
        if not inside_link:
            self.handle_starttag("a", [("href", url), *values.items()])
        self.handle_data(text or url)
        if not inside_link:
            self.handle_endtag("a")


def outline(html: str, *, as_post: bool = False) -> list[str]:
    reader = Outline(as_post=as_post)
    reader.feed(html)
    reader.close()
    return [part if "pre" in part else part.strip() for part in reader.parts if part.strip()]


def examples() -> list[Example]:
    found: list[Example] = json.loads((shared("markdown-commonmark") / "spec.json").read_text("utf-8"))
    return found


def differs(example: Example) -> bool:
    return outline(render(example["markdown"])) != outline(example["html"], as_post=True)


def test_every_other_example_renders_as_the_specification_says() -> None:
    tried = [example for example in examples() if example["example"] not in DEVIATIONS]
    assert len(tried) > 560
    assert [example["example"] for example in tried if differs(example)] == []


def test_every_deviation_is_still_one() -> None:
    listed = [example for example in examples() if example["example"] in DEVIATIONS]
    assert [example["example"] for example in listed if not differs(example)] == []


def test_raw_html_of_the_specification_is_shown_as_text() -> None:
    for example in examples():
        if DEVIATIONS.get(example["example"]) == RAW_HTML:
            assert "&lt;" in render(example["markdown"]), example["markdown"]
