"""Two people for an entry: whoever wrote it hands it over, and somebody else publishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Company, FaqEntry, FaqRecheck, Topic
from tests.factories import make_faq, make_topic

Login = Callable[[User], Client]


@pytest.fixture
def two(company: Company) -> Company:
    company.faq_review = True
    company.save()
    return company


def form(entry: FaqEntry, **changed: Any) -> dict[str, Any]:
    kept = {"title": entry.title, "text": entry.text, "topic": entry.topic_id, "language": "en", "position": 0}
    return kept | {"review_due_on": "", **changed}


def test_who_wrote_it_hands_it_over_and_a_colleague_publishes_it(
    two: Company, login: Login, client: Client, stella: User, moritz: User
) -> None:
    entry = make_faq(stella, published=False)
    writer, colleague = login(stella), login(moritz)
    drafts = writer.get("/desk/faq/").text
    assert ("Hand over to be published" in drafts, "Checked on" in drafts) == (True, False)
    assert writer.post(f"/desk/faq/{entry.pk}/publish/").status_code == 403
    writer.post(f"/desk/faq/{entry.pk}/submit/")
    assert client.get(f"/faq/{entry.slug}/").status_code == 404
    waiting = colleague.get("/desk/faq/?state=submitted").text
    assert "says Stella Stern" in waiting
    assert f"/desk/faq/{entry.pk}/publish/" in waiting
    colleague.post(f"/desk/faq/{entry.pk}/publish/")
    entry.refresh_from_db()
    assert (entry.is_published, entry.submitted_at, entry.checked_by) == (True, None, moritz)
    assert client.get(f"/faq/{entry.slug}/").status_code == 200


def test_who_changes_the_words_of_a_colleague_hands_them_back(
    two: Company, login: Login, stella: User, moritz: User
) -> None:
    entry = make_faq(stella, published=False)
    login(moritz).post(f"/desk/faq/{entry.pk}/", form(entry, text="Three years.", publish="1"))
    entry.refresh_from_db()
    assert (entry.text, entry.published_at, entry.submitted_by) == ("Three years.", None, moritz)
    login(stella).post(f"/desk/faq/{entry.pk}/publish/")
    entry.refresh_from_db()
    assert entry.is_published


def test_a_change_of_what_is_published_waits_for_a_second_look(
    two: Company, login: Login, client: Client, stella: User, moritz: User
) -> None:
    entry = make_faq(stella, published=False)
    login(moritz).post(f"/desk/faq/{entry.pk}/publish/")
    login(stella).post(f"/desk/faq/{entry.pk}/", form(entry, text="Three years."))
    assert [recheck.reason for recheck in FaqRecheck.objects.open()] == ["unreviewed"]
    page = client.get(f"/faq/{entry.slug}/").text
    assert "This entry is being rechecked" in page
    assert "by Moritz Mai" in page, "her own change is no check"
    assert login(stella).post(f"/desk/faq/{entry.pk}/check/").status_code == 403
    login(stella).post(f"/desk/faq/{entry.pk}/", form(FaqEntry.objects.get()))
    assert FaqRecheck.objects.open().exists(), "saving it once more is no second look"
    login(moritz).post(f"/desk/faq/{entry.pk}/check/")
    assert not FaqRecheck.objects.open().exists()


def test_nobody_brings_back_alone_what_they_changed_while_it_was_retired(
    two: Company, login: Login, stella: User, moritz: User
) -> None:
    entry = make_faq(stella, published=False)
    login(moritz).post(f"/desk/faq/{entry.pk}/publish/")
    writer = login(stella)
    writer.post(f"/desk/faq/{entry.pk}/retire/")
    writer.post(f"/desk/faq/{entry.pk}/restore/")
    assert FaqEntry.objects.public().exists(), "nothing was changed"
    writer.post(f"/desk/faq/{entry.pk}/retire/")
    writer.post(f"/desk/faq/{entry.pk}/", form(FaqEntry.objects.get(), text="Three years."))
    assert writer.post(f"/desk/faq/{entry.pk}/restore/").status_code == 403
    assert login(moritz).post(f"/desk/faq/{entry.pk}/restore/").status_code == 302


@pytest.mark.parametrize("mark", ["sensitive", "health_data"])
def test_where_health_is_at_stake_it_is_always_so(
    company: Company, login: Login, stella: User, moritz: User, mark: str
) -> None:
    entry = make_faq(stella, published=False, topic=make_topic("Skin", "skin"))
    Topic.objects.filter(pk=entry.topic_id).update(**{mark: True})
    assert login(stella).post(f"/desk/faq/{entry.pk}/publish/").status_code == 403
    assert login(moritz).post(f"/desk/faq/{entry.pk}/publish/").status_code == 302


def test_elsewhere_one_is_enough(company: Company, login: Login, stella: User) -> None:
    entry = make_faq(stella, published=False)
    assert "Hand over" not in login(stella).get("/desk/faq/").text
    login(stella).post(f"/desk/faq/{entry.pk}/publish/")
    assert FaqEntry.objects.public().exists()
