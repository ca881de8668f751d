"""How the tokens look in a post: headings below the page's own, classes for styles, no foreign images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from forum.markdown.code import LANGUAGES, MAX_CODE, highlighted
from forum.markdown.limits import MAX_INLINE_NESTING, TooCostly
from forum.markdown.links import EXTERNAL_REL, is_external_link, is_own_image
from forum.markdown.pictures import UNDESCRIBED, WIDEST_SHOWN, attributes, measures
from forum.markdown.plain import words

HEADING_SHIFT = 2  # h1 is the page's own, h2 are its parts
LOWEST_HEADING = 6
TABLE_CLASS = "table-scroll"
ALIGNMENT_CLASSES = {f"text-align:{side}": f"align-{side}" for side in ("left", "center", "right")}


class PostRenderer(RendererHTML):
    """Writes tokens as HTML. Called by token type."""

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        # A wide table scrolls inside its own box; the keyboard must be able to enter it (WCAG 2.1.1).
        return f'<div class="{TABLE_CLASS}" tabindex="0">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.renderToken(tokens, idx, options, env) + "</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        language = token.info.split(maxsplit=1)[0].lower() if token.info.strip() else ""
        if language not in LANGUAGES:
            return f"<pre><code>{escapeHtml(token.content)}</code></pre>\n"
        env["coloured"] = env.get("coloured", 0) + len(token.content)
        code = highlighted(token.content, language) if env["coloured"] <= MAX_CODE else escapeHtml(token.content)
        return f'<pre><code class="language-{language}">{code}</code></pre>\n'


_WRITER = MarkdownIt("commonmark", renderer_cls=PostRenderer)


def to_html(tokens: Sequence[Token]) -> str:
    """HTML, not yet sanitised. Changes the tokens. Raises TooCostly for emphasis nested without end."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + HEADING_SHIFT, LOWEST_HEADING)}"
        elif token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrs = {"class": ALIGNMENT_CLASSES[str(token.attrs["style"])]}
        elif token.children:
            token.children = list(_present(token.children))
    return _WRITER.renderer.render(tokens, _WRITER.options, {})


def _present(children: Sequence[Token]) -> Iterator[Token]:
    depth = links = 0
    for token in children:
        depth += token.nesting
        links += token.nesting if token.tag == "a" else 0
        if depth > MAX_INLINE_NESTING:
            raise TooCostly
        if token.type == "link_open" and is_external_link(str(token.attrs["href"])):
            token.attrSet("rel", EXTERNAL_REL)
        if token.type != "image":
            yield token
        elif is_own_image(str(token.attrs["src"])):
            yield from _as_picture(token, inside_link=links > 0)
        else:
            yield from _as_link(token, inside_link=links > 0)


def _as_picture(image: Token, *, inside_link: bool) -> Iterator[Token]:
    """One of our own, with what a browser must know to keep its place and choose its size.

    A wide one leads to itself: on a screenshot one must be able to read the small print.
    """
    url = str(image.attrs["src"])
    if not words(image.children or []).strip():
        image.children = [Token("text", "", 0, content=UNDESCRIBED)]
    image.attrs |= attributes(url)
    if inside_link or measures(url)[0] <= WIDEST_SHOWN:
        yield image
        return
    yield Token("link_open", "a", 1, attrs={"href": url})
    yield image
    yield Token("link_close", "a", -1)


def _as_link(image: Token, *, inside_link: bool) -> Iterator[Token]:
    """A foreign image becomes a link to it, named by its description: only who follows it meets its host."""
    url = str(image.attrs["src"])
    text = Token("text", "", 0, content=words(image.children or []) or url)
    if inside_link or not url:
        yield text
        return
    rel = {"rel": EXTERNAL_REL} if is_external_link(url) else {}
    title = {"title": image.attrs["title"]} if "title" in image.attrs else {}
    yield Token("link_open", "a", 1, attrs={"href": url, **title, **rel})
    yield text
    yield Token("link_close", "a", -1)
