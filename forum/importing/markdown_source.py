"""HTML of another system as Markdown source: nothing that could be read may be lost."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

_RAW_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")


class _Converter(MarkdownConverter):
    """CommonMark as our renderer reads it; what it does not know stays as plain text."""

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        code = el.get_text().rstrip("\n")
        fence = "```"
        while fence in code:
            fence += "`"
        return f"\n\n{fence}\n{code}\n{fence}\n\n"

    def convert_sup(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"^{text}" if text.strip() else text

    def convert_iframe(self, el: Any, text: str, parent_tags: Any) -> str:
        return f" <{el['src']}> " if el.get("src") else text


def from_html(html: str) -> str:
    """Markdown source for a piece of HTML."""
    soup = BeautifulSoup(html, "html.parser")
    for dangerous in soup(["script", "style"]):
        dangerous.decompose()
    converter = _Converter(heading_style="atx", bullets="-", escape_misc=True, newline_style="backslash")
    markdown = converter.convert_soup(soup)
    return re.sub(r"\n{3,}", "\n\n", markdown).strip()


def needs_html(markdown: str) -> bool:
    """True for Markdown with raw HTML in it, which our renderer would show as it is written."""
    return bool(_RAW_HTML.search(markdown))
