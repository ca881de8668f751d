"""What machines read of a page: its own address, its picture, and what it says in the words of schema.org."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from forum import poster_addresses, structured_data
from forum.models import FaqEntry
from forum.site import absolute_url
from forum.structured_data import Data
from forum.threads import Thread

register = template.Library()

# As django.utils.html.json_script does it: nothing in the data can end the element or begin another.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


@register.simple_tag(takes_context=True)
def own_address(context: Context, **parameters: Any) -> str:
    """`{% own_address topic=topic.slug as address %}`: one address of the page, however it was asked for.

    Of its parameters only those are named that make it another page, and only where they have a value.
    """
    query = urlencode({name: value for name, value in parameters.items() if value})
    return absolute_url(f"{context['request'].path}?{query}" if query else context["request"].path)


@register.simple_tag(takes_context=True)
def poster_url(context: Context, row: Any = None) -> str:
    return poster_addresses.poster_address(context["company"], row or None)


@register.simple_tag(takes_context=True)
def question_data(context: Context, thread: Thread) -> SafeString:
    return (
        SafeString("")
        if _has_account(context)
        else _script(structured_data.question_page(thread, context["company"].name))
    )


@register.simple_tag(takes_context=True)
def faq_data(context: Context, entries: list[FaqEntry]) -> SafeString:
    """None where there is no entry to speak of."""
    return SafeString("") if _has_account(context) or not entries else _script(structured_data.faq_page(entries))


@register.simple_tag(takes_context=True)
def trail_data(context: Context, *steps: str) -> SafeString:
    """`{% trail_data path name path name … %}`: the way from the start page, which comes first by itself."""
    if _has_account(context):
        return SafeString("")
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return _script(structured_data.breadcrumbs(context["company"].name, pairs))


def _has_account(context: Context) -> bool:
    """Machines come without one, and what somebody reads who is signed in may be theirs alone."""
    user = context.get("user")
    return user is not None and user.is_authenticated


def _script(data: Data) -> SafeString:
    """Data, no program: the Content-Security-Policy has nothing to refuse."""
    content = mark_safe(json.dumps(data, separators=(",", ":")).translate(_ESCAPES))  # noqa: S308 (escaped above)
    return format_html('<script type="application/ld+json">{}</script>', content)
