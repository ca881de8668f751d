"""What a decision took out of the FAQ, nothing but a decision brings back."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.faq import edit_entry
from forum.models import FaqEntry
from moderation.actions.decisions import hide
from moderation.models import Decision
from tests.factories import make_faq
from tests.forum.test_faq_edit import filled

Login = Callable[[User], Client]
SENTENCE = "Only a decision of moderation can show it again."


@pytest.fixture
def entry(stella: User, moritz: User) -> FaqEntry:
    entry = make_faq(stella)
    hide(target=entry, by=moritz, rule="personal-data", reason="It named a customer.")
    entry.refresh_from_db()
    return entry


@pytest.mark.parametrize("who", ["stella", "moritz"])
@pytest.mark.parametrize("verb", ["publish", "restore"])
def test_no_button_of_the_desk_brings_it_back(
    client: Client, login: Login, entry: FaqEntry, who: str, verb: str
) -> None:
    response = login(User.objects.get(nickname=who)).post(f"/desk/faq/{entry.pk}/{verb}/")
    assert response.status_code == 403
    assert SENTENCE in response.text
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_saving_and_publishing_is_refused_and_the_words_stay_in_the_form(
    client: Client, login: Login, entry: FaqEntry, stella: User
) -> None:
    response = login(stella).post(f"/desk/faq/{entry.pk}/", filled(entry, publish="1"))
    assert response.status_code == 422
    assert SENTENCE in response.text
    assert "About **two** years." in response.text
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_the_words_may_be_mended_so_that_moderation_can_show_it(login: Login, entry: FaqEntry, stella: User) -> None:
    draft = make_faq(stella, "Nobody saw this", published=False)
    hide(target=draft, by=stella, rule="insult", reason="Not like this.")
    for each in (entry, draft):
        login(stella).post(f"/desk/faq/{each.pk}/", filled(each, title="Another title"))
        slug = each.slug
        each.refresh_from_db()
        assert (each.text, each.is_hidden, each.slug) == ("About **two** years.", True, slug)


def test_the_desk_says_why_and_leads_each_to_what_they_may_see(
    login: Login, entry: FaqEntry, stella: User, moritz: User
) -> None:
    restore = f"/moderation/restore/faq/{entry.slug}/"
    for path in ("/desk/faq/?state=retired", f"/desk/faq/{entry.pk}/", entry.get_absolute_url()):
        for reader, leads_to in ((stella, "/transparency/"), (moritz, restore)):
            page = login(reader).get(path).text
            assert SENTENCE in page
            assert "It named a customer." in page
            assert f'href="{leads_to}"' in page
            assert f"/desk/faq/{entry.pk}/restore/" not in page
            assert f"/desk/faq/{entry.pk}/publish/" not in page
    assert restore not in login(stella).get(f"/desk/faq/{entry.pk}/").text


def test_an_editor_who_saves_late_does_not_undo_a_decision(stella: User, moritz: User) -> None:
    entry = make_faq(stella)
    stale = FaqEntry.objects.get(pk=entry.pk)
    hide(target=entry, by=moritz, rule="insult", reason="Not like this.")
    edit_entry(entry=stale, by=stella, text="Three years.")
    entry.refresh_from_db()
    assert (entry.is_hidden, entry.is_published, entry.text) == (True, False, "Three years.")


def test_retiring_twice_changes_nothing(login: Login, stella: User) -> None:
    entry = make_faq(stella)
    for _ in range(2):
        login(stella).post(f"/desk/faq/{entry.pk}/retire/")
    first = FaqEntry.objects.values_list("retired_at", flat=True).get()
    login(stella).post(f"/desk/faq/{entry.pk}/retire/")
    assert FaqEntry.objects.values_list("retired_at", flat=True).get() == first


def test_entries_removed_by_the_former_release_are_marked(stella: User, moritz: User) -> None:
    """A decision used to leave nothing but the day on which the entry was retired."""
    removed = make_faq(stella, "Removed", retired_at=timezone.now())
    back = make_faq(stella, "Back again")
    for entry in (removed, back):
        Decision.objects.create(
            verb="hide", target_kind="faq", target_id=entry.slug, rule="insult", reason="No.", decided_by=moritz
        )
    import_module("moderation.migrations.0002_removed_faq_entries").mark_removed(apps, None)
    removed.refresh_from_db()
    back.refresh_from_db()
    assert (removed.hidden_at, removed.hidden_rule) == (removed.retired_at, "insult")
    assert not back.is_hidden
