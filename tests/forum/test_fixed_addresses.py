"""`{% url %}` says what Django's says: of what stands in the template at once, of all else as ever."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template
from django.template.base import Node
from django.urls import NoReverseMatch, reverse, set_script_prefix

from forum.templatetags import addresses
from forum.templatetags.addresses import FixedAddressNode


def node_of(source: str) -> Node:
    return next(iter(Template(source).nodelist))


def test_an_address_that_is_always_the_same_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(name: str, **parts: Any) -> str:
        asked.append(name)
        return reverse(name, **parts)

    addresses._found.cache_clear()
    monkeypatch.setattr("forum.templatetags.addresses.reverse", counted)
    template = Template("{% url 'forum:about' 'house-rules' %}#{% url 'forum:about' 'house-rules' %}")
    assert template.render(Context()) == "/about/house-rules/#/about/house-rules/"
    assert asked == ["forum:about"]


@pytest.mark.parametrize(
    "source", ["{% url name %}", "{% url 'forum:about' page %}", "{% url 'forum:about' page=page %}",
               "{% url 'forum:about' page|lower %}", "{% url 'forum:search' as address %}"],
)  # fmt: skip
def test_what_depends_on_the_page_is_djangos(source: str) -> None:
    assert not isinstance(node_of(source), FixedAddressNode)


def test_parts_of_the_page_are_put_in_each_time() -> None:
    template = Template("{% url 'forum:about' page %}{% url 'forum:search' as address %}{{ address }}")
    for page in ("terms", "privacy"):
        assert template.render(Context({"page": page})) == f"/about/{page}/{reverse('forum:search')}"


def test_a_site_below_a_folder_has_its_own() -> None:
    template = Template("{% url 'forum:search' %}")
    assert template.render(Context()) == "/search/"
    set_script_prefix("/help/")
    try:
        assert template.render(Context()) == "/help/search/"
    finally:
        set_script_prefix("/")


def test_an_address_that_there_is_not_is_said() -> None:
    with pytest.raises(NoReverseMatch):
        Template("{% url 'forum:nowhere' %}").render(Context())
