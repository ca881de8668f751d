"""HTML of another system as a tree, with what its authors left open closed again."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, Tag

# fmt: off
ELEMENTS = (
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "body", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img", "ins", "kbd",
    "li", "main", "mark", "nav", "ol", "p", "path", "picture", "pre", "q", "s", "samp", "script", "section", "small",
    "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "tfoot",
    "th", "thead", "time", "tr", "tt", "u", "ul", "use", "var", "wbr",
)
# fmt: on
# A placeholder such as <name>, a program's <?php or an address in angle brackets is text, not markup.
_TEXT_BRACKET = re.compile(rf"<(?!/?(?:{'|'.join(ELEMENTS)})(?=[\s/>])|!--)", re.IGNORECASE)
# What opens the next item closes the one before, unless a list or table of its own lies between.
_ITEMS = {"li": ["li", "ul", "ol"], "tr": ["tr", "table"]}
_MARKS = ["a", "b", "strong", "i", "em", "s", "del", "strike"]


def tree_of(html: str) -> BeautifulSoup:
    """What can be read of a piece of HTML: without scripts and comments, and words stay apart."""
    soup = BeautifulSoup(_with_text_brackets(html), "html.parser")
    for unreadable in [*soup(["script", "style"]), *soup(string=lambda text: isinstance(text, Comment))]:
        unreadable.extract()
    for br in soup("br"):
        if br.find_parent(["pre", "code"]):
            br.replace_with("\n" if br.find_parent("pre") else " ")
    for name, walls in _ITEMS.items():
        _close_items(soup, name, walls)
    for mark in reversed(soup(_MARKS)):
        _free_edge(mark, at_end=False)
        _free_edge(mark, at_end=True)
    return soup


def _close_items(soup: BeautifulSoup, name: str, walls: list[str]) -> None:
    """Puts an item that stands in another one behind it; what followed there becomes an item after it."""
    for item in soup(name):
        outer = item.find_parent(walls)
        if outer and outer.name == name:
            rest = soup.new_tag(name)
            rest.extend([*item.next_siblings])
            outer.insert_after(item, rest)
            for part in (outer, rest):
                if not part.get_text(strip=True) and not part.find("img"):
                    part.extract()


def _free_edge(mark: Tag, *, at_end: bool) -> None:
    """Moves spaces and line breaks at the edge of a marked passage out of it: Markdown can not mark them."""
    move = mark.insert_after if at_end else mark.insert_before
    while mark.contents:
        edge = mark.contents[-1 if at_end else 0]
        if isinstance(edge, NavigableString):
            words = edge.rstrip() if at_end else edge.lstrip()
            if len(words) == len(edge):
                return
            move(NavigableString(edge[len(words) :] if at_end else edge[: len(edge) - len(words)]))
            edge.replace_with(*[NavigableString(words)] if words else [])
        elif _is_break(edge):
            move(edge.extract())
        else:
            return


def _is_break(element: PageElement) -> bool:
    return isinstance(element, Tag) and element.name == "br"


def _with_text_brackets(html: str) -> str:
    """Writes `<` as an entity where it opens no element of HTML; a comment that never ends is text as well."""
    last_end = html.rfind("-->")
    escaped = _TEXT_BRACKET.sub("&lt;", html[: max(last_end, 0)])
    rest = html[max(last_end, 0) :]
    return escaped + _TEXT_BRACKET.sub("&lt;", rest).replace("<!--", "&lt;!--")
