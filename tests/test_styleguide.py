"""The style page shows the real components, all of them, to staff only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.templatetags import sprechstunde

pytestmark = pytest.mark.any_database

TEMPLATES = Path(__file__).parent.parent / "templates"


def test_stella_sees_every_component(login: Callable[[User], Client], stella: User) -> None:
    for kept in (sprechstunde._statuses, sprechstunde._footer_nav):
        kept.cache_clear()  # what was kept is not put together again
    response = login(stella).get(reverse("forum:styleguide"))

    shown = {template.name for template in response.templates}
    ours = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("components/_*.html")}
    assert ours - shown == set()


def test_a_visitor_does_not_learn_of_it(client: Client, company: object) -> None:
    assert client.get(reverse("forum:styleguide")).status_code == 404


def test_ann_does_not_learn_of_it(login: Callable[[User], Client], ann: User) -> None:
    assert login(ann).get(reverse("forum:styleguide")).status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_themes_can_be_seen(login: Callable[[User], Client], stella: User, theme: str) -> None:
    page = login(stella).get(reverse("forum:styleguide"), {"theme": theme}).content.decode()

    assert f'data-theme="{theme}"' in page


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("components/_*.html")), ids=lambda path: path.name)
def test_a_component_says_what_it_takes(path: Path) -> None:
    assert "{# " in path.read_text().split("\n")[0]
