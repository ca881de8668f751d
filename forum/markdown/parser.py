"""The CommonMark parser, set up our way."""

from __future__ import annotations

from functools import cache

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from forum.markdown.limits import (
    MAX_NESTING,
    check_deadline,
    check_source,
    deadline,
    has_few_links,
    has_small_tables,
)
from forum.markdown.links import is_allowed_link

# A list takes two levels: at this one, another list would exceed the parser's limit.
_DEEPEST = MAX_NESTING - 2


class PostParser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """A link that is not allowed stays text, as it was written."""
        return is_allowed_link(url)


def parse(source: str) -> list[Token]:
    """The tokens of a text. Raises TooCostly."""
    check_source(source)
    parser = _parser(links=has_few_links(source), tables=has_small_tables(source))
    return parser.parse(source, {"deadline": deadline()})


@cache
def _parser(*, links: bool, tables: bool) -> MarkdownIt:
    parser = PostParser("commonmark", {"html": False, "linkify": links, "maxNesting": MAX_NESTING})
    parser.enable(["strikethrough", "linkify"] + (["table"] if tables else []))
    parser.linkify = _link_finder()
    parser.block.ruler.before("table", "deepest", _deepest)
    parser.inline.ruler.before("text", "deadline", _deadline)
    return parser


def _link_finder() -> LinkifyIt:
    """Finds bare links that begin with http:, https: or mailto:, and nothing that only resembles one."""
    finder = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for schema in ("//", "ftp:"):
        finder.add(schema, None)
    return finder


def _deepest(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Shows what is nested too deep as text; the parser alone would leave it out."""
    check_deadline(state.env["deadline"])
    return state.level >= _DEEPEST and paragraph(state, start, end, silent)


def _deadline(state: StateInline, silent: bool) -> bool:
    check_deadline(state.env["deadline"])
    return False
