"""HTML of another system as Markdown source: nothing that could be read may be lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdownify import MarkdownConverter

from forum.importing.html_tree import ELEMENTS, tree_of
from forum.importing.words import first_faithful, words_of
from forum.markdown import render
from forum.markdown.links import is_allowed_link

# What an address in an old text is called here; "" where it leads nowhere any more.
LinkMap = Callable[[str], str]

_HTML = re.compile(rf"</?(?:{'|'.join(ELEMENTS)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_RAW_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
_RELATIVE_LINK = re.compile(r"\]\(\s*<?(?![a-z]+:)|^ {0,3}\[[^\]\n]+\]:\s*<?(?![a-z]+:)", re.IGNORECASE | re.MULTILINE)
# What CommonMark reads as markup anywhere, and at the beginning of a line, which a word may become.
_SIGN = re.compile(r"[\\`*_\[\]<~|]|&(?=#?\w+;)")
_SIGN_OF_LINE = re.compile(r"(?:(?<=\s)|^)[-+=>#]")
_NUMBER_OF_ITEM = re.compile(r"((?:(?<=\s)|^)\d{1,9})([.)])(?=\s|$)")
_BARE_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?()'\"\[\]»«“”„*_`|\\])")
_IN_ONE_LINE = {"_inline", "table", "tr", "td", "th"}
_BLOCKS = ["p", "li", "ul", "ol", "table", "pre", "blockquote"]


class _Converter(MarkdownConverter):
    """CommonMark as our renderer reads it; what it does not know stays as plain text."""

    def __init__(self, link: LinkMap, *, emphasis: bool) -> None:
        unmarked = [] if emphasis else ["b", "strong", "i", "em", "s", "del", "strike"]
        super().__init__(heading_style="atx", bullets="-", autolinks=False, strip=unmarked)
        self.link = link

    def escape(self, text: str, parent_tags: Any) -> str:
        """Text that reads as it is: no sign in it is markup, and a bare address stays one."""
        if "a" in parent_tags:
            return _escaped(text)
        parts = _BARE_ADDRESS.split(text)
        parts[::2] = map(_escaped, parts[::2])
        parts[1::2] = (f"<{address}>" for address in parts[1::2])
        return "".join(parts)

    def convert_dt(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    convert_dd = convert_dt

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        code = el.get_text().strip("\n")
        fence = "```"
        while fence in code:
            fence += "`"
        return f"\n\n{fence}\n{code}\n{fence}\n\n"

    def convert_code(self, el: Any, text: str, parent_tags: Any) -> str:
        """Nothing inside code is markup, not even what was bold there."""
        code = text if "pre" in parent_tags else el.get_text()
        return str(super().convert_code(el, code, parent_tags))  # type: ignore[misc]

    def convert_hr(self, el: Any, text: str, parent_tags: Any) -> str:
        return " " if _IN_ONE_LINE & set(parent_tags) else "\n\n---\n\n"

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        if _IN_ONE_LINE & set(parent_tags):
            return f" {text} "
        return str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        address, words = self.link(el.get("src") or ""), " ".join((el.get("alt") or "").split())
        if not address:
            return _escaped(words or el.get("src") or "")
        return f"![{_escaped(words)}]({_in_brackets(address)})"

    def convert_sup(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"^{text}" if text.strip() else text

    def convert_iframe(self, el: Any, text: str, parent_tags: Any) -> str:
        return f" <{el['src']}> " if is_allowed_link(el.get("src", "#")) and el.get("src") else text


def absolute_only(address: str) -> str:
    """A link within the old site leads nowhere here."""
    return address if re.match(r"(?:https?|mailto):", address, re.IGNORECASE) else ""


def from_html(html: str, link: LinkMap = absolute_only, *, emphasis: bool = True) -> str:
    """Markdown source for a piece of HTML; `link` says where each of its links leads now.

    Without `emphasis` no word is bold: CommonMark can not mark half a word, or a word up to its full stop.
    """
    soup = tree_of(html)
    for anchor in soup("a"):
        address = link(str(anchor.get("href", "")).strip())
        if address and is_allowed_link(address) and not anchor.find(_BLOCKS):
            anchor["href"] = _in_brackets(address)
        else:
            anchor.unwrap()
    markdown = _Converter(link, emphasis=emphasis).convert_soup(soup)
    return re.sub(r"\n{3,}", "\n\n", markdown).strip("\n").rstrip()


def source_of(html: str, link: LinkMap = absolute_only) -> tuple[str, bool]:
    """Markdown source, if need be without emphasis, and whether it reads here as the HTML does, word for word."""
    sources = (from_html(html, link, emphasis=emphasis) for emphasis in (True, False))
    return first_faithful(sources, words_of(str(tree_of(html))), render)


def is_html(text: str) -> bool:
    """Whether the text has an element of HTML in it, and not only brackets such as <name>."""
    return bool(_HTML.search(text))


def needs_html(markdown: str) -> bool:
    """True for Markdown with raw HTML or links within the old site, which our renderer would show or lead astray."""
    return bool(_RAW_HTML.search(markdown) or _RELATIVE_LINK.search(markdown))


def _escaped(text: str) -> str:
    text = _SIGN.sub(r"\\\g<0>", text)
    return _NUMBER_OF_ITEM.sub(r"\1\\\2", _SIGN_OF_LINE.sub(r"\\\g<0>", text))


def _in_brackets(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
