"""Several questions, one entry: answers go into one that is there, and two entries become one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import OutgoingMail, User
from forum.actions.answers import edit_answer
from forum.actions.faq import EntryMerged, edit_entry, publish_entry, restore_entry
from forum.actions.faq_feedback import give_feedback
from forum.actions.faq_merging import CannotMerge, merge_entries, undo_merge
from forum.actions.going_public import publish, withdraw_publication
from forum.models import FaqEntry, FaqRecheck
from tests.factories import make_answer, make_faq, make_faq_from, make_question
from tests.publishing import FAQ_WORDS, make_room, offered

Login = Callable[[User], Client]


@pytest.fixture
def old(ann: User, stella: User) -> FaqEntry:
    return make_faq_from(make_answer(make_question(ann, "How long does it keep?"), stella), stella)


@pytest.fixture
def new(ben: User, stella: User) -> FaqEntry:
    return make_faq_from(make_answer(make_question(ben, "When does soap go off?"), stella), stella)


def asked(entry: FaqEntry) -> list[str]:
    return [source.question.title for source in entry.sources.order_by("pk") if source.question]


def test_a_second_answer_goes_into_an_entry_that_is_there(
    login: Login, client: Client, ann: User, stella: User, new: FaqEntry
) -> None:
    answer = make_answer(make_question(ann, "Does soap age?"), stella)
    desk = login(stella)
    assert new.title in desk.get(f"/a/{answer.public_id}/faq/").text
    assert new.title not in desk.get(f"/a/{answer.public_id}/faq/?q=vinegar").text
    for _ in range(2):
        desk.post(f"/a/{answer.public_id}/faq/", {"entry": new.pk})
    assert asked(new) == ["When does soap go off?", "Does soap age?"]
    assert "From 2 questions of customers" in client.get(f"/faq/{new.slug}/").text
    assert OutgoingMail.objects.filter(kind="faq_published", recipient=ann).count() == 1
    assert desk.post(f"/a/{answer.public_id}/faq/", {"entry": "999"}).status_code == 422
    assert login(ann).get(f"/a/{answer.public_id}/faq/").status_code == 404


def test_a_question_is_added_from_the_entry_and_taken_off_again(
    login: Login, ann: User, stella: User, new: FaqEntry
) -> None:
    question = make_question(ann, "Does soap age?")
    answer = make_answer(question, stella)
    desk = login(stella)
    address = f"https://example.org{question.get_absolute_url()}"
    assert desk.post(f"/desk/faq/{new.pk}/sources/", {"question": "/q/0000000000/"}).status_code == 422
    desk.post(f"/desk/faq/{new.pk}/sources/", {"question": address})
    source = new.sources.get(question=question)
    assert source.answer == answer
    desk.post(f"/desk/faq/{new.pk}/sources/{source.pk}/remove/")
    assert asked(new) == ["When does soap go off?"]


def test_the_old_address_leads_to_the_entry_that_answers_now(
    login: Login, client: Client, old: FaqEntry, new: FaqEntry, stella: User, ann: User
) -> None:
    edit_entry(entry=old, by=stella, text="Two years, in the dark.")
    give_feedback(entry=old, is_helpful=False, text="And in the bath?")
    desk = login(stella)
    assert desk.post(f"/desk/faq/{old.pk}/merge/", {"entry": new.pk})["Location"] == f"/desk/faq/{new.pk}/"
    moved = client.get(f"/faq/{old.slug}/")
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (301, f"/faq/{new.slug}/", "no-cache")
    assert desk.get(f"/faq/{old.slug}/").status_code == 301
    assert sorted(asked(new)) == ["How long does it keep?", "When does soap go off?"]
    assert old.title not in client.get("/faq/").text
    assert "And in the bath?" in desk.get(f"/desk/faq/{new.pk}/feedback/").text
    assert "Versions of this FAQ entry" in desk.get(f"/desk/faq/{old.pk}/history/").text
    assert f"/desk/faq/{old.pk}/unmerge/" in desk.get(f"/desk/faq/{new.pk}/").text
    assert "Merged into" in desk.get("/desk/faq/?state=retired").text
    assert OutgoingMail.objects.filter(kind="faq_published", recipient=ann).count() == 1, "told before"
    for act in (publish_entry, restore_entry):
        with pytest.raises(EntryMerged):
            act(entry=FaqEntry.objects.get(pk=old.pk), by=stella)


def test_it_can_be_undone(login: Login, client: Client, old: FaqEntry, new: FaqEntry, stella: User) -> None:
    merge_entries(entry=old, into=new, by=stella)
    login(stella).post(f"/desk/faq/{old.pk}/unmerge/")
    assert client.get(f"/faq/{old.slug}/").status_code == 200
    assert (asked(old), asked(new)) == (["How long does it keep?"], ["When does soap go off?"])


def test_a_chain_of_them_leads_to_its_end_and_comes_apart_in_any_order(
    client: Client, old: FaqEntry, new: FaqEntry, stella: User
) -> None:
    last = make_faq(stella, "Does soap age at all?")
    merge_entries(entry=old, into=new, by=stella)
    merge_entries(entry=new, into=last, by=stella)
    assert client.get(f"/faq/{old.slug}/")["Location"] == f"/faq/{last.slug}/"
    assert len(asked(last)) == 2
    for pair in ((last, old), (old, last), (last, last)):
        with pytest.raises(CannotMerge):
            merge_entries(entry=pair[0], into=pair[1], by=stella)
    undo_merge(entry=new)
    assert (len(asked(last)), len(asked(new))) == (0, 2)
    assert client.get(f"/faq/{old.slug}/")["Location"] == f"/faq/{new.slug}/"
    undo_merge(entry=old)
    assert (asked(old), asked(new)) == (["How long does it keep?"], ["When does soap go off?"])


def test_what_happens_to_an_answer_is_a_task_of_the_entry_that_answers_now(
    old: FaqEntry, new: FaqEntry, stella: User
) -> None:
    answer = old.sources.get().answer
    assert answer
    merge_entries(entry=old, into=new, by=stella)
    edit_answer(answer=answer, editor=stella, text="About three years.")
    assert [recheck.entry for recheck in FaqRecheck.objects.open()] == [new]


def test_a_consent_that_is_taken_back_reaches_through_a_merge(ann: User, stella: User, new: FaqEntry) -> None:
    room = make_room(ann, stella)
    consent = publish(draft=offered(room, stella), words=FAQ_WORDS, version=1, under="customer")
    private = FaqEntry.objects.get(public_consents=consent)
    merge_entries(entry=private, into=new, by=stella)
    withdraw_publication(consent=consent)
    assert not FaqEntry.objects.public().exists()
    undo_merge(entry=private)
    assert not FaqEntry.objects.public().exists(), "what it was made from is not to be public any more"
