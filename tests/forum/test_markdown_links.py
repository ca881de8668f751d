"""Where a link in a post may lead, and where its images may come from."""

from __future__ import annotations

import pytest

from forum.markdown import render

EXTERNAL = 'rel="nofollow ugc noopener"'

SMALL = f"/media/uploads/{'0a' * 16}-60x40.webp"
SMALL_IS = 'width="60" height="40" loading="lazy" decoding="async"'
LARGE = f"/media/uploads/{'0a' * 16}-2048x1024.webp"
LARGE_IS = (
    f'srcset="{LARGE.removesuffix(".webp")}-small.webp 800w, {LARGE} 2048w" sizes="(max-width: 42rem) 100vw, 40rem" '
    'width="2048" height="1024" loading="lazy" decoding="async"'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://b.de)", f'<a href="https://b.de" {EXTERNAL}>a</a>'),
        ("https://b.de/c?d=1&e", f'<a href="https://b.de/c?d=1&amp;e" {EXTERNAL}>https://b.de/c?d=1&amp;e</a>'),
        ("[a](HTTPS://b.de)", f'<a href="HTTPS://b.de" {EXTERNAL}>a</a>'),
        ("[a](/faq/b/)", '<a href="/faq/b/">a</a>'),
        ("[a](#b)", '<a href="#b">a</a>'),
        ("[a](mailto:b@c.de)", '<a href="mailto:b@c.de">a</a>'),
        ("<b@c.de>", '<a href="mailto:b@c.de">b@c.de</a>'),
        ('[a](/b "c")', '<a href="/b" title="c">a</a>'),
        (f"![a]({SMALL})", f'<img src="{SMALL}" alt="a" {SMALL_IS}>'),
        (f"![a]({SMALL} 'c')", f'<img src="{SMALL}" alt="a" title="c" {SMALL_IS}>'),
        (f"![]({SMALL})", f'<img src="{SMALL}" alt="🖼" {SMALL_IS}>'),
        (f"![ *b* \\[c]({SMALL})", f'<img src="{SMALL}" alt=" b [c" {SMALL_IS}>'),
        (f"![![b](/c)]({SMALL})", f'<img src="{SMALL}" alt="b" {SMALL_IS}>'),
        (f"![a]({LARGE})", f'<a href="{LARGE}"><img src="{LARGE}" alt="a" {LARGE_IS}></a>'),
        (f"[![a]({LARGE})](/b)", f'<a href="/b"><img src="{LARGE}" alt="a" {LARGE_IS}></a>'),
    ],
)
def test_allowed_links_and_own_images_work(text: str, html: str) -> None:
    assert render(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:a",
        "JavaScript:a",
        "&#106;avascript:a",
        "vbscript:a",
        "data:text/html,a",
        "file:///a",
        "ftp://a.b",
        "//evil.example",
        "http:evil.example",
        "https:/evil.example",
        "tel:1",
        "magnet:?a",
        "javascript&colon;a",
    ],
)
def test_other_links_are_not_made(url: str) -> None:
    assert "<a " not in render(f"[a]({url}) [b](<{url}>) <{url}> {url}\n\n[c]\n\n[c]: {url}")


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/\\\\evil.example", "/%5Cevil.example"),
        ("\\\\\\\\evil.example", "%5C%5Cevil.example"),
        ("/&#9;/evil.example", "/%09/evil.example"),
        ("<java&#9;script:a>", "java%09script:a"),
    ],
)
def test_what_a_browser_would_misread_stays_on_this_site(url: str, href: str) -> None:
    assert render(f"[a]({url})") == f'<p><a href="{href}">a</a></p>\n'


@pytest.mark.parametrize(
    ("image", "html"),
    [
        ("![Foto](https://b.de/c.png)", f'<a href="https://b.de/c.png" {EXTERNAL}>Foto</a>'),
        ("![](https://b.de/c.png)", f'<a href="https://b.de/c.png" {EXTERNAL}>https://b.de/c.png</a>'),
        ("![Foto](/static/c.png 'T')", '<a href="/static/c.png" title="T">Foto</a>'),
        ("![Foto](/media/portraits/a.webp)", '<a href="/media/portraits/a.webp">Foto</a>'),
        (f"![Foto]({SMALL}?b)", f'<a href="{SMALL}?b">Foto</a>'),
        (f"![Foto]({SMALL.upper()})", f'<a href="{SMALL.upper()}">Foto</a>'),
        ("![Foto](/media/../account/)", '<a href="/media/../account/">Foto</a>'),
        ("![Foto](/media/%2e%2e/a.png)", '<a href="/media/%2e%2e/a.png">Foto</a>'),
        ("![Foto](/media/a.png?b)", '<a href="/media/a.png?b">Foto</a>'),
        ("[![Foto](https://b.de/c.png)](/d)", '<a href="/d">Foto</a>'),
        ("![Foto *bunt*](x.png)", '<a href="x.png">Foto bunt</a>'),
        ("![Foto](//evil/c.png)", "![Foto](//evil/c.png)"),
        ("![Foto](data:image/png;base64,AAAA)", "![Foto](data:image/png;base64,AAAA)"),
    ],
)
def test_a_foreign_image_is_a_link_and_nothing_is_fetched(image: str, html: str) -> None:
    assert render(image) == f"<p>{html}</p>\n"
