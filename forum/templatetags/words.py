"""`{% load i18n %}` of this site: Django's, with a `{% translate %}` that looks a sentence up once for each language.

A page says some thirty sentences that stand in its templates; each costs Django as much as ten variables.
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class FixedWordsNode(Node):
    """For words that stand in the template; what they are in a language depends on nothing else."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            said = self._said[language] = self.node.render(context)
        return said


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag, and for all that depends on more than the language its node; also while catalogues change."""
    node: i18n.TranslateNode = i18n.do_translate(parser, token)
    context = node.message_context
    is_fixed = _is_text(node.filter_expression) and (context is None or not (context.is_var or context.filters))
    return FixedWordsNode(node) if is_fixed and not (node.asvar or settings.DEBUG) else node


def _is_text(said: FilterExpression) -> bool:
    return isinstance(getattr(said.var, "literal", None), str) and not said.filters
