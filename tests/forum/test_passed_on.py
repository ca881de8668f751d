"""Each public page has one address, and search engines are kept from thin pages alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import LegalPage
from tests.factories import make_faq, make_question, make_topic
from tests.site_map import names, plant

pytestmark = pytest.mark.any_database

BASE = "https://ask.example.com"
# Open to everybody, and nothing to find: forms, letters' doors, people, old versions, private rooms.
THIN = {
    "account_inactive", "account_login", "account_password_reset_completed", "account_request_login_code",
    "account_reset_password", "account_signup", "account_signup_by_passkey", "forum:answer_history",
    "forum:comment_history", "forum:conversation_new", "forum:conversation_rate", "forum:faq_helpful",
    "forum:faq_objection", "forum:invitation", "forum:person_detail", "forum:private_entry", "forum:private_topic",
    "forum:question_history", "forum:receipt", "forum:search",
    "mfa_login_webauthn", "moderation:report",
}  # fmt: skip
FOUND = {
    "forum:about", "forum:faq_detail", "forum:faq_list", "forum:home", "forum:question_detail", "forum:question_list",
    "forum:team_detail", "forum:team_list", "forum:topic_detail", "moderation:transparency",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = BASE


def head(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.text.split("</head>")[0]


def address(client: Client, path: str) -> str:
    return "".join(re.findall(r'<link rel="canonical" href="([^"]+)">', head(client, path))).replace("&amp;", "&")


def is_kept_out(client: Client, path: str) -> bool:
    return 'name="robots" content="noindex' in head(client, path)


def test_every_page_is_found_under_one_address_or_is_thin(
    client: Client, ann: User, ben: User, stella: User, moritz: User, olga: User
) -> None:
    site = plant(ann, ben, stella)
    LegalPage(kind="imprint", language="en", text="We are Quellmoos.").publish(by=stella)
    found: set[str] = set()
    thin: set[str] = set()
    for name in names():
        response = client.get(site.path(name))
        is_page = response.status_code == 200 and response["Content-Type"].startswith("text/html")
        if not is_page or "<head>" not in response.text:
            continue
        kept_out = 'name="robots" content="noindex' in response.text
        (thin if kept_out else found).add(name)
        if not kept_out:
            assert f'<link rel="canonical" href="{BASE}{site.path(name)}">' in response.text, name
            assert f'property="og:url" content="{BASE}{site.path(name)}"' in response.text, name
    assert found == FOUND
    assert thin - THIN == set()
    assert THIN - thin <= {"mfa_login_webauthn"}


def test_a_list_has_one_address_for_each_choice(client: Client, ann: User, stella: User) -> None:
    make_question(ann)
    make_faq(stella)
    for asked, proper in {
        "/q/?sort=wanted": "/q/",
        "/q/?utm_source=x&state=open": "/q/?state=open",
        "/q/?state=nonsense": "/q/",
        "/q/?state=open&topic=soap&sort=new": "/q/?topic=soap&state=open",
        "/faq/?x=1": "/faq/",
        "/faq/?topic=soap&x": "/faq/?topic=soap",
        "/faq/?topic=soap&language=en": "/faq/?topic=soap&language=en",
        "/faq/?topic=soap&language=xx": "/faq/?topic=soap",
        "/faq/?topic=soap&print=1": "/faq/?topic=soap",
        "/t/soap/?x": "/t/soap/",
    }.items():
        assert address(client, asked) == BASE + proper, asked


def test_only_what_is_empty_or_moves_on_is_kept_out(client: Client, ann: User, stella: User) -> None:
    make_topic("Empty", "empty")
    for number in range(21):
        make_question(ann, f"Number {number}")
    unanswered = make_question(ann)
    make_faq(stella)
    more = client.get("/q/").context["page"].next_cursor
    for path in ("/q/", "/q/?state=open", "/t/soap/", "/faq/", "/faq/?topic=soap", unanswered.get_absolute_url()):
        assert not is_kept_out(client, path), path
    for path in (f"/q/?after={more}", "/q/?state=accepted", "/t/empty/", f"/t/soap/?after={more}", "/faq/?topic=empty"):
        assert is_kept_out(client, path), path
        assert "ld+json" not in head(client, path), path
    assert is_kept_out(client, "/faq/?topic=soap&print=1")


def test_of_what_is_discreet_nothing_is_passed_on(client: Client, stella: User) -> None:
    quiet = make_topic("Quiet matters", "quiet", channel="private", discreet=True, staff=[stella])
    entry = make_faq(stella, "Which one is mild?", topic=quiet)
    assert client.get("/faq/?topic=quiet&print=1").url == f"/faq/?topic={quiet.pk}&print=1"
    for path in (entry.get_absolute_url(), f"/faq/?topic={quiet.pk}", f"/faq/?topic={quiet.pk}&print=1"):
        shown = head(client, path)
        assert not re.search(r"og:|canonical|ld\+json|[Qq]uiet|mild", shown), path
        assert "noindex" in shown
    assert "no-store" in client.get(f"/faq/?topic={quiet.pk}")["Cache-Control"]
    assert "topic=quiet" not in client.get("/faq/").text
