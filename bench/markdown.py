"""What rendering costs: an ordinary post, and the worst text we could think of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import product

from markdown_it import MarkdownIt

from forum.markdown import MAX_LENGTH, render
from forum.markdown.code import LANGUAGES, MAX_CODE
from forum.markdown.limits import MAX_BRACKETS, MAX_CELLS, MAX_IMAGE_NESTING, MAX_LINES, MAX_LINKS

POST_LIMIT_MS = 6.0
WORST_LIMIT_S = 1.0

POST = """\
Guten Tag, seit **zwei Wochen** nutze ich Ihre Seife mit Rosmarin und habe dazu drei Fragen:

1. Wie lange hält sie, wenn sie *trocken* liegt?
2. Steht die Zutatenliste auch auf https://www.example.de/zutaten?sorte=rosmarin&menge=2 im Netz?
3. Gibt es sie ohne Palmöl, oder nur die Sorten aus der [Übersicht](/faq/palmoel/)?

> Unsere Seifen reifen sechs Wochen. Danach sind sie mindestens zwei Jahre haltbar.

So steht es auf der Packung, aber im Laden sagte man mir etwas anderes. Meine Haut ist empfindlich, und nach dem
Waschen spannt sie manchmal. Ich habe folgendes ausprobiert:

- weniger Seife, dafür länger schäumen
- danach ein paar Tropfen Öl auf die noch feuchte Haut
- nur **lauwarmes** Wasser, nie heißes

| Woche | Sorte    | Gefühl danach |
|-------|----------|---------------|
| 1     | Rosmarin | spannt        |
| 2     | Olive    | angenehm      |

Im Bestellformular kommt außerdem diese Meldung, mit der ich nichts anfangen kann:

```
Fehler 17: Feld "Menge" darf nicht leer sein
```

Die Nummer meiner Bestellung lautet `2026-11-0815`. Könnten Sie bitte nachsehen, ob sie angekommen ist? Eine
Antwort bis Freitag wäre schön, dann fahre ich für zwei Wochen fort. Vielen Dank und freundliche Grüße!
"""

# Alone and in every pair: 35 + 1,225 patterns.
# fmt: off
PIECES = [
    "[", "]", "![", "](", "(", "<", "<a ", "<!--", "*", "**", "_", "~~", "`", "```\n", "> ", "- ", "1. ", "# ", "\n",
    "\n\n", "|", "|-|\n", "a|b\n-|-\n", "&", "&amp;", "\\", "://", "http://(", "www.", "[a]: b\n", "<http://a>",
    "    ", "\t", "a", "mailto:",
]
# fmt: on


def main() -> None:
    print(f"markdown_post {_post_ms():.2f} ms (limit {POST_LIMIT_MS:g}; {len(POST.encode())} bytes)")
    print(f"markdown_post_to_bare_parser {_post_ms() / _post_ms(_bare()):.2f} ratio (the parser alone = 1)")
    timed = sorted((_seconds(text), name) for name, text in (*_patterns(), *_shapes(), *_programs()))
    for seconds, name in reversed(timed[-3:]):
        print(f"markdown_worst {seconds:.2f} s (limit {WORST_LIMIT_S:g}; {name})")
    print(f"markdown_patterns {len(timed)} texts of {MAX_LENGTH} characters")


def _post_ms(function: Callable[[str], str] = render) -> float:
    """Median of many runs, in milliseconds of processor time."""
    function(POST)
    return 1000 * sorted(_seconds(POST, function) for _ in range(101))[50]


def _bare() -> Callable[[str], str]:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render


def _seconds(text: str, function: Callable[[str], str] = render) -> float:
    start = time.thread_time()
    function(text)
    return time.thread_time() - start


def _fill(pattern: str, length: int = MAX_LENGTH) -> str:
    return (pattern * (length // len(pattern) + 1))[:length]


def _patterns() -> Iterator[tuple[str, str]]:
    for pattern in (*PIECES, *("".join(pair) for pair in product(PIECES, PIECES))):
        yield f"{pattern!r} repeated", _fill(pattern)


def _shapes() -> Iterator[tuple[str, str]]:
    """Texts just below one of the caps, and ones that no repetition makes."""
    lines = MAX_LINES - 10
    for count in (20, 200, MAX_BRACKETS - 1):
        yield f"{count} open brackets, then <", _fill("[" * count + "<" * MAX_LENGTH)
        yield f"{count} nested links", _fill("[" * count + "a" + "](b)" * count)
        yield f"{count} open labels, then emphasis", _fill("[a" * count + "*_`" * MAX_LENGTH)
    yield "nested images", "![a" * MAX_IMAGE_NESTING + "*b" * 9_900 + "](b)" * MAX_IMAGE_NESTING
    yield "links in every text", _fill("a " * 9_000, MAX_LENGTH - 3 * MAX_LINKS) + "://" * MAX_LINKS
    yield "long links", ("http://" + "(" * 92) * MAX_LINKS
    yield "emphasis opened and closed", "**a " * 2_500 + "b** " * 2_500
    yield "one deep emphasis", "*" * 9_999 + "a" + "*" * 9_999
    yield "backticks of every length", "".join("`" * length + " " for length in range(1, 199))
    yield "quote continued without mark", ">" * 17 + "a\n" + "b\n" * lines
    yield "quotes of every depth", "".join(">" * (line % 18) + "a\n" for line in range(1_900))
    yield "lists in one line", _fill("- " * 9 + "a\n")
    yield "lists one below the other", _fill("".join(" " * (2 * depth) + "- a\n\n" for depth in range(9)))
    yield "definitions", "".join(f"[a{number}]: b\n" for number in range(MAX_BRACKETS - 1))[:MAX_LENGTH]
    yield "a wide table", "|".join("a" * 20) + "\n" + "|".join("-" * 20) + "\n" + "a\n" * (MAX_CELLS // 20 - 3)
    yield "a long table", "a|b\n-|-\n" + "a|b\n" * (MAX_CELLS // 2 - 10)
    yield "underlined paragraph", "a\n" * lines + "==="


def _programs() -> Iterator[tuple[str, str]]:
    """Hostile code: what makes the lexers look far ahead."""
    for language, piece in product(sorted(LANGUAGES), ("\n", "a ", "<", "<?", "&", "a.b", "1.", "?", "{", "'", '"""')):
        yield f"{piece!r} as {language}", f"~~~{language}\n{_fill(piece, MAX_CODE - 1)}\n~~~"


if __name__ == "__main__":
    main()
