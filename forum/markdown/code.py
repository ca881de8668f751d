"""Colours for code: classes for the style sheet, never styles."""

from __future__ import annotations

from functools import cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES

MAX_CODE = 3_000  # characters of coloured code in one post; the rest stays black

# What customers of small firms paste. Each was measured against hostile input before it came in; the lexers for
# C, C#, Java and Apache need seconds for a few thousand line breaks and stay out.
# fmt: off
LANGUAGES = frozenset({
    "bash", "css", "html", "ini", "javascript", "js", "json", "nginx", "php", "powershell", "py", "python", "sh",
    "sql", "toml", "xml", "yaml", "yml",
})
# fmt: on
LANGUAGE_CLASSES = frozenset(f"language-{name}" for name in LANGUAGES)
TOKEN_CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)

_FORMATTER = HtmlFormatter(nowrap=True)


def highlighted(code: str, language: str) -> str:
    """The code as escaped HTML with a class for every token. `language` is one of LANGUAGES."""
    return highlight(code, _lexer_class(language)(stripnl=False, ensurenl=False), _FORMATTER)


@cache
def _lexer_class(language: str) -> type[Lexer]:
    return find_lexer_class_by_name(language)
