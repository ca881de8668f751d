"""`{% url %}` for addresses that are always the same: a page has twenty, in its head and foot and beside each form."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()


class FixedAddressNode(Node):
    """For a name and parts that stand in the template: looked for in the map of all addresses once."""

    child_nodelists = ()

    def __init__(self, name: str, parts: tuple[Any, ...]) -> None:
        self.name, self.parts = name, parts

    def render(self, _context: Context) -> SafeString:
        return _found(settings.ROOT_URLCONF, get_script_prefix(), self.name, self.parts)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's tag, and for all that depends on more than the template its node."""
    node: URLNode = django_url(parser, token)
    said = [node.view_name, *node.args]
    if node.kwargs or node.asvar or not all(map(_is_fixed, said)):
        return node
    name, *parts = (one.var for one in said)
    return FixedAddressNode(name, tuple(parts))


def _is_fixed(said: FilterExpression) -> bool:
    return not (said.is_var or said.filters)


@lru_cache(maxsize=1_000)
def _found(_map: str, _prefix: str, name: str, parts: tuple[Any, ...]) -> SafeString:
    return conditional_escape(reverse(name, args=parts))
