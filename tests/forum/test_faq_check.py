"""What an entry rests on changes: the Desk has a task, readers see it, and the text stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.erasure import erase_account
from accounts.jobs import work_due
from accounts.models import User
from forum.actions.answers import edit_answer, undo_acceptance
from forum.actions.faq import edit_entry, promote_to_faq
from forum.actions.faq_drift import note_review_dates
from forum.models import Answer, Company, FaqEntry, FaqRecheck
from moderation.actions.decisions import hide
from tests.factories import make_accepted, make_answer, make_faq, make_faq_from, make_question

Login = Callable[[User], Client]
NOTE = "This entry is being rechecked"


@pytest.fixture
def answer(ann: User, stella: User) -> Answer:
    return make_accepted(make_question(ann), stella, by=ann)


@pytest.fixture
def entry(answer: Answer, stella: User) -> FaqEntry:
    return make_faq_from(answer, stella)


def reasons() -> list[str]:
    return [recheck.reason for recheck in FaqRecheck.objects.open()]


def test_an_answer_that_changes_is_a_task_until_somebody_has_checked(
    client: Client, login: Login, answer: Answer, entry: FaqEntry, stella: User, company: Company
) -> None:
    before = client.get(f"/faq/{entry.slug}/").text
    assert NOTE not in before
    edit_answer(answer=answer, editor=stella, text="About three years.")
    page = client.get(f"/faq/{entry.slug}/").text
    assert NOTE in page
    assert "About two years" in page, "the published text never changes by itself"
    assert NOTE in client.get("/faq/").text
    desk = login(stella)
    assert "An answer it was made from was changed" in desk.get("/desk/faq/?state=due").text
    assert "FAQ, to be checked" in desk.get("/desk/").text
    desk.post(f"/desk/faq/{entry.pk}/check/")
    entry.refresh_from_db()
    assert (entry.checked_by, entry.review_due_on) == (stella, next_year())
    assert reasons() == []
    assert NOTE not in client.get(f"/faq/{entry.slug}/").text
    assert "FAQ, to be checked" not in desk.get("/desk/").text


def next_year() -> object:
    today = timezone.localdate()
    day = min(today.day, 28) if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year + 1, day=day)


def test_it_is_told_when_what_it_was_made_from_is_taken_back_or_removed(
    answer: Answer, entry: FaqEntry, ann: User, moritz: User
) -> None:
    undo_acceptance(answer=answer, by=ann)
    hide(target=answer, by=moritz, rule="off-topic", reason="Not for here, sorry.")
    hide(target=answer.question, by=moritz, rule="off-topic", reason="Nor is this.")
    assert sorted(reasons()) == ["hidden", "unaccepted"], "one task for each reason"


def test_it_is_told_when_the_author_erases_it(ann: User, ben: User, stella: User) -> None:
    entry = make_faq_from(make_accepted(make_question(ann), ben, by=ann), stella)
    erase_account(user=ben, keep_posts=False)
    work_due()
    assert reasons() == ["erased"]
    assert FaqEntry.objects.public().get() == entry


def test_a_draft_and_a_retired_entry_are_nobodys_task(answer: Answer, stella: User) -> None:
    promote_to_faq(answer=answer, by=stella)
    edit_answer(answer=answer, editor=stella, text="About three years.")
    assert reasons() == []


def test_editing_the_entry_settles_it_too(answer: Answer, entry: FaqEntry, stella: User) -> None:
    edit_answer(answer=answer, editor=stella, text="About three years.")
    edit_entry(entry=entry, by=stella, text="Three years.")
    assert reasons() == []
    assert FaqRecheck.objects.get().cleared_by == stella


def test_the_worker_notes_the_day_once(stella: User, ann: User, client: Client) -> None:
    today = timezone.localdate()
    entry = make_faq(stella, review_due_on=today)
    make_faq(stella, "Is it vegan?", review_due_on=today + timedelta(days=1))
    make_answer(make_question(ann), stella)
    for _ in range(2):
        note_review_dates(timezone.now())
    assert [(recheck.entry, recheck.reason) for recheck in FaqRecheck.objects.open()] == [(entry, "review")]
    assert NOTE in client.get(f"/faq/{entry.slug}/").text
