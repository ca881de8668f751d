"""The editor: django-markdownx's widget with nothing left of what it does to a page.

Its two views are not routed, its script and its settings are not used and its app is not installed, so nothing of it
is served (docs/decisions/0016-editor.md says why, and which finding is closed where). What the toolbar offers stands
in the template; a browser without scripts shows a plain text field.
"""

from __future__ import annotations

from typing import Any

from django import forms
from markdownx.widgets import MarkdownxWidget


class EditorWidget(MarkdownxWidget):
    """A text field with toolbar, live preview and completion (static/js/editor.js).

    `attrs` may hold `data-upload-url`, where pictures are sent to; without it the editor takes none.
    """

    template_name = "forum/widgets/editor.html"

    class Media:
        extend = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        context = forms.Textarea.get_context(self, name, value, attrs)
        context["widget"]["upload_url"] = self.attrs.get("data-upload-url", "")
        return context

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        return forms.Textarea.render(self, name, value, attrs, renderer)
