"""What templates say often: icons, instants, the stylesheet's address, and "may this person do that?"."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from forum import bylines, markdown, permissions
from forum.models import Company, Conversation, FaqEntry, Question, SavedReply, Status
from forum.service_hours import ServiceHours
from forum.stylesheet import stylesheet
from forum.suggestions import key_of

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=200)
def icon(name: str) -> SafeString:
    """A drawing from static/img/icons.svg; always beside words, so screen readers skip it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name)


@register.simple_tag
def statuses(question: Question) -> SafeString:
    """All that is true of a question now."""
    return _statuses(tuple(question.statuses), get_language())


@lru_cache(maxsize=200)  # there are few combinations, and many rows in a list
def _statuses(statuses: tuple[Status, ...], _language: str | None) -> SafeString:
    return render_to_string("components/_statuses.html", {"statuses": statuses})


@register.simple_tag
def answers(number: int) -> str:
    """3 answers"""
    return ngettext("%(count)s answer", "%(count)s answers", number) % {"count": number}


@register.simple_tag(takes_context=True)
def stylesheet_url(context: Context) -> str:
    """The one stylesheet in the company's hue; the version makes it cacheable for ever."""
    return f"{reverse('forum:stylesheet')}?v={stylesheet(context['company'].hue).version}"


@register.simple_tag(takes_context=True)
def may(context: Context, verb: str, subject: Any) -> bool:
    """`{% may "accept" answer as may_accept %}` asks permissions.can_accept about the reader."""
    user = context.get("user")
    return user is not None and getattr(permissions, f"can_{verb}")(user, subject)


@register.simple_tag
def suggestion_key(one: Question | FaqEntry) -> str:
    """By which a form names what was suggested."""
    return key_of(one)


@register.simple_tag(takes_context=True)
def byline(context: Context, post: Any) -> bylines.Byline:
    """`{% byline post as by %}`: under which name the post stands for the reader; also inside an include with only."""
    return bylines.byline(post, getattr(getattr(context, "request", None), "user", None))


@register.simple_tag(takes_context=True)
def saved_replies(context: Context) -> list[SavedReply] | None:
    """Those of the reader, once they were asked for with the button; None before that, for the sake of the queries."""
    request = context["request"]
    if not {"replies", "insert"} & set(request.POST):
        return None
    return list(SavedReply.objects.visible_to(request.user).only("title"))


@register.simple_tag
def kept_by_law(user: Any) -> int:
    """How many private conversations of this person an owner keeps from being deleted."""
    return Conversation.objects.own(user).on_hold().count()


@register.simple_tag(takes_context=True)
def here(context: Context, *view_names: str) -> SafeString:
    """Marks a link of the navigation: the first name is its own page, the others live in the same room."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None or match.view_name not in view_names:
        return SafeString("")
    return format_html(' aria-current="{}"', "page" if match.view_name == view_names[0] else "true")


@register.simple_tag(takes_context=True)
def visitors_nav(context: Context) -> SafeString:
    """The rooms of the site for who is not signed in: they depend on the room and the language, made once for each."""
    match = getattr(context.get("request"), "resolver_match", None)
    return _visitors_nav(get_script_prefix(), get_language(), match.view_name if match else "")


@lru_cache(maxsize=500)
def _visitors_nav(_prefix: str, _language: str | None, view_name: str) -> SafeString:
    request = SimpleNamespace(resolver_match=SimpleNamespace(view_name=view_name))
    return render_to_string("components/_site_nav.html", {"request": request})


@register.simple_tag
def footer_nav() -> SafeString:
    return _footer_nav(get_script_prefix(), get_language())


@lru_cache(maxsize=50)
def _footer_nav(_prefix: str, _language: str | None) -> SafeString:
    return render_to_string("components/_footer_nav.html")


@register.simple_tag
def day(moment: date | datetime) -> SafeString:
    """21 November 2026"""
    local = _local(moment)
    return _time(local, _written_day(local.year, local.month, local.day, get_language()))


@lru_cache(maxsize=5_000)  # in a list the same days come again and again
def _written_day(year: int, month: int, day: int, _language: str) -> str:
    return escape(date_format(date(year, month, day), pgettext("date format", "j F Y")))


@register.simple_tag
def when(moment: datetime) -> SafeString:
    """21 November 2026, 14:05"""
    local = _local(moment)
    return _time(local, date_format(local, pgettext("date format", "j F Y, H:i")))


@register.simple_tag
def due(moment: datetime) -> SafeString:
    """Wed 25 Nov, 12:00. The date stands beside the weekday because a page may be read a week later."""
    local = _local(moment)
    return _time(local, date_format(local, pgettext("date format", "D j M, H:i")))


@register.filter
def is_past(moment: datetime) -> bool:
    return moment < timezone.now()


@register.simple_tag
def hours(company: Company) -> str:
    """We answer Mon–Thu 09:00–17:00, Fri 09:00–15:00. And, in a closed period, its note."""
    sentence = _hours_sentence(tuple(company.service_hours.weekdays), get_language())
    note = company.closed_note if company.is_away_on(timezone.localdate()) else ""
    return f"{sentence} {note}" if note else sentence


@lru_cache(maxsize=32)
def _hours_sentence(weekdays: tuple[str, ...], _language: str | None) -> str:
    """Neighbouring days with the same hours share a range. Made once a language: it stands on every page."""
    rows = ServiceHours(weekdays=weekdays, zone=ZoneInfo("UTC")).rows()
    parts = []
    for times, run in groupby(range(7), key=lambda number: rows[number].hours):
        days = [str(WEEKDAYS_ABBR[number]) for number in run if weekdays[number].strip()]
        if days:
            parts.append(f"{days[0]}–{days[-1]} {times}" if len(days) > 1 else f"{days[0]} {times}")
    if not parts:
        return _("We answer as soon as we can.")
    sentence = _("We answer %(hours)s.") % {"hours": ", ".join(parts)}
    return sentence.replace("..", ".")  # "2 p.m." brings a full stop of its own


@register.filter
def excerpt(text: str, length: int = 200) -> str:
    """The beginning of a Markdown text as one plain line; escaped by the template like any other text."""
    return markdown.excerpt(text, length)


def _local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


def _time(local: date | datetime, written: str) -> SafeString:
    # ISO 8601 has no sign that markup knows.
    return mark_safe(f'<time datetime="{local.isoformat()}">{conditional_escape(written)}</time>')  # noqa: S308
