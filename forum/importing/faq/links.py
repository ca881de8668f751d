"""Links between the entries of a file, which were places on one page and become addresses here."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote, urljoin

from forum.markdown.links import is_allowed_link

# #anchor, and ${question} and @{category} of a packed tree.
_PLACE = re.compile(r"(?:#|\$\{|@\{)(.+?)\}?")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Inline links of Markdown without brackets in their words or address.
_LINK_OR_CODE = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(<?([^()\s<>]+)>?\)|`[^`\n]*`")
_CODE_BLOCK = re.compile(r"(^ {0,3}(?:`{3,}|~{3,}).*?^ {0,3}(?:`{3,}|~{3,})[ \t]*$)", re.DOTALL | re.MULTILINE)


class LinkTargets:
    """Where the links of a file lead now: to entries imported with it, to the old site, or nowhere."""

    def __init__(self, places: dict[str, str], base_url: str, left_out: Counter[str]) -> None:
        self.places, self.base_url, self.left_out = places, base_url, left_out

    def target(self, address: str) -> str:
        """The new address, "" for a link that leads nowhere and leaves only its words."""
        place = self._place(address)
        if place:
            return place
        if not _ELSEWHERE.match(address) and self.base_url and not _PLACE.fullmatch(address):
            address = urljoin(self.base_url, address)
        if _ELSEWHERE.match(address) and is_allowed_link(address):
            return address
        if address:
            self.left_out["links that would lead nowhere here; their words stand"] += 1
        return ""

    def in_markdown(self, text: str) -> str:
        """The text with its inline links led anew, except in code."""
        parts = _CODE_BLOCK.split(text)
        parts[::2] = [_LINK_OR_CODE.sub(self._relinked, part) for part in parts[::2]]
        return "".join(parts)

    def _place(self, address: str) -> str:
        if self.base_url and address.startswith(self.base_url):
            address = address.removeprefix(self.base_url).lstrip("/")
        found = _PLACE.fullmatch(address)
        return self.places.get(unquote(found[1]), "") if found else ""

    def _relinked(self, link: re.Match[str]) -> str:
        if link[2] is None:
            return link[0]
        target = self.target(link[2])
        return f"[{link[1]}]({target})" if target else link[1]
