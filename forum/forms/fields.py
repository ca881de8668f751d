"""Fields for words that people write: nothing is cut off, and what is wrong is said in a sentence."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from markdownx.fields import MarkdownxFormField

from forum.forms.editor import EditorWidget
from forum.markdown import MAX_LENGTH
from forum.markdown.characters import readable
from forum.markdown.pictures import names_in

TITLE_MIN, TITLE_MAX = 5, 150
REASON_MAX = 200
COMMENT_MAX = 2_000
PICTURES_MAX = 20

_TOO_LONG = _("This is %(show_value)d characters long; at most %(limit_value)d fit.")


class WordsField(forms.CharField):
    """Words somebody can see. No `maxlength` in the page: browsers cut pasted text off without a word."""

    default_error_messages = {
        "required": _("Please write something here."),
        "max_length": _TOO_LONG,
        "null_characters_not_allowed": _("There is a character in it that can not be stored (NUL)."),
    }

    def to_python(self, value: Any) -> str:
        words = self.tidy(super().to_python(value) or "")
        return words if _shows_something(words) else ""

    def tidy(self, words: str) -> str:
        """One line, single spaces."""
        return " ".join(words.split())

    def clean(self, value: Any) -> str:
        """Control characters would break feeds; NUL was refused before with a sentence."""
        return readable(super().clean(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class TitleField(WordsField):
    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=TITLE_MIN, max_length=TITLE_MAX, **options)
        self.error_messages["min_length"] = _("Please write a little more: at least %(limit_value)d characters.")


class ReasonField(WordsField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=REASON_MAX, **options)


class TextField(WordsField, MarkdownxFormField):
    """Markdown, in the editor. Line ends become "\\n" before anything is counted or compared; indentation stays."""

    widget = EditorWidget

    def __init__(self, *, max_length: int = MAX_LENGTH, **options: Any) -> None:
        super().__init__(max_length=max_length, strip=False, **options)

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        if len(names_in(words)) > PICTURES_MAX:
            raise forms.ValidationError(_("A text can show at most %(most)d pictures.") % {"most": PICTURES_MAX})
        return words

    def tidy(self, words: str) -> str:
        return words.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n").rstrip()


def _shows_something(words: str) -> bool:
    """False for a text of spaces and invisible characters only."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in words)
