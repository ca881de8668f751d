"""PostgreSQL holds no NUL: an address or a choice with one must not end in an error page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import make_topic


@pytest.mark.parametrize(
    "address", ["/report/question/%00/", "/moderation/%00/", "/people/a%00b/", "/t/%00/", "/media/%00.png"]
)
def test_a_path_leads_nowhere(client: Client, company: object, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/faq/?language=%00", "/search/?q=%%0000&topic=%00", "/private/new/?topic=%00", "/private/new/?question=%00"],
)
def test_a_query_goes_without(login: Callable[[User], Client], ann: User, address: str) -> None:
    response = login(ann).get(address)
    assert response.status_code == 200
    assert not any("\0" in value for value in response.wsgi_request.GET.values())


def test_no_topic_is_called_so(login: Callable[[User], Client], ann: User) -> None:
    make_topic()
    typed = {"title": "How long does soap last?", "text": "Mine is old.", "topic": "soap\0", "language": "en"}
    response = login(ann).post("/ask/", typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["topic"]
