"""`{% translate %}` says what Django's says, and looks up once what stands in the template."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.template.base import Node
from django.test import override_settings
from django.utils import translation

from forum.templatetags.words import FixedWordsNode


def node_of(source: str) -> Node:
    return list(Template("{% load i18n %}" + source).nodelist)[-1]


def said(source: str, language: str | None, **known: Any) -> str:
    template = Template("{% load i18n %}" + source)
    with translation.override(language):
        return template.render(Context(known))


def test_each_language_has_its_own_words() -> None:
    template = Template('{% load i18n %}{% translate "Questions" %}')
    heard = []
    for language in ("de", "en", "de-du", "de", None):
        with translation.override(language):
            heard.append(template.render(Context()))
    assert heard == ["Fragen", "Questions", "Fragen", "Fragen", "Questions"]


def test_words_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    node = node_of('{% translate "Questions" %}')
    assert isinstance(node, FixedWordsNode)
    with translation.override("de"):
        assert node.render(Context()) == "Fragen"
        monkeypatch.setattr(node.node, "render", lambda _context: pytest.fail("looked up again"))
        assert node.render(Context()) == "Fragen"


def test_the_same_word_in_another_place_is_another() -> None:
    assert said('{% translate "Ask a question" context "button" %}', "de") == "Frage stellen"
    assert isinstance(node_of('{% translate "Ask a question" context "button" %}'), FixedWordsNode)


@pytest.mark.parametrize(
    "source", ["{% translate words %}", '{% translate "Questions"|upper %}', '{% translate "Questions" as title %}',
               '{% translate "Ask a question" context place %}'],
)  # fmt: skip
def test_what_depends_on_the_page_is_djangos(source: str) -> None:
    assert not isinstance(node_of(source), FixedWordsNode)


def test_words_of_the_page_are_looked_up_each_time() -> None:
    assert said("{% translate words %}", "de", words="Questions") == "Fragen"
    assert said("{% translate words %}", "de", words="Search") == "Suchen"
    assert said('{% translate "Questions" as title %}<{{ title }}>', "de") == "<Fragen>"


def test_markup_and_percent_signs_are_as_django_leaves_them() -> None:
    assert said('{% translate "<b>100 %</b>" %}', "en") == "<b>100 %</b>"
    assert said("{% translate words %}", "en", words="<b>") == "&lt;b&gt;"


@override_settings(DEBUG=True)
def test_who_works_on_the_catalogues_sees_new_words_at_once() -> None:
    assert not isinstance(node_of('{% translate "Questions" %}'), FixedWordsNode)
