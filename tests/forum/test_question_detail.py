"""One question with everything public about it, at one address for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import edit_answer
from forum.actions.questions import close_question, edit_question
from forum.models import Door, Question
from tests.factories import (
    make_accepted,
    make_answer,
    make_comment,
    make_conversation,
    make_faq_from,
    make_note,
    make_question,
    make_topic,
)


def page(client: Client, question: Question) -> str:
    response = client.get(question.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def hidden() -> dict[str, Any]:
    return {"hidden_at": timezone.now(), "hidden_rule": "insult", "hidden_reason": "It calls somebody names."}


def test_a_visitor_reads_question_answers_and_comments(client: Client, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann, text="It is **dry**.")
    make_comment(make_answer(question, stella), ben, "Mine lasted longer.")
    make_comment(question, ben, "Which kind?")
    text = page(client, question)
    assert "<h1>How long does soap last?</h1>" in text
    assert "<strong>dry</strong>" in text
    assert "About two years" in text
    assert "Yours, Stella" in text
    assert "Which kind?" in text
    assert "Mine lasted longer." in text


@pytest.mark.parametrize("slug", ["", "wrong/", "-/", "ä\u202e/"])
def test_any_other_address_leads_to_the_one(client: Client, ann: User, slug: str) -> None:
    question = make_question(ann)
    response = client.get(f"/q/{question.public_id}/{slug}")
    assert response.status_code == 301
    assert response["Location"] == question.get_absolute_url()


def test_a_changed_title_leaves_no_circle_in_browsers(client: Client, ann: User) -> None:
    response = client.get(f"/q/{make_question(ann).public_id}/")
    assert response["Cache-Control"] == "no-cache"


def test_a_merged_question_leads_to_the_other(client: Client, ann: User) -> None:
    kept = make_question(ann, "The one that is kept")
    merged = make_question(ann, "The same again", merged_into=kept)
    response = client.get(merged.get_absolute_url(), follow=True)
    assert [status for _url, status in response.redirect_chain] == [301, 301]
    assert response.redirect_chain[-1][0] == kept.get_absolute_url()


def test_a_merged_question_does_not_tell_the_title_of_a_hidden_one(client: Client, ann: User) -> None:
    merged = make_question(ann, merged_into=make_question(ann, "Unspeakable", **hidden()))
    assert "unspeakable" not in client.get(merged.get_absolute_url())["Location"]


def test_a_hidden_question_leaves_a_tombstone_and_no_word(client: Client, ann: User) -> None:
    question = make_question(ann, "An unspeakable thing", text="Unspeakable details.", **hidden())
    for address in (question.get_absolute_url(), f"/q/{question.public_id}/"):
        response = client.get(address)
        assert response.status_code == 410
        text = response.content.decode()
        assert "It calls somebody names." in text
        assert "Insult or threat" in text
        assert "/transparency/" in text
        assert text.count("This question was removed") == 2  # in the title and in the heading
        assert "unspeakable" not in text.lower()


def test_held_deleted_and_missing_questions_look_the_same(client: Client, ann: User) -> None:
    make_question(ann)
    held = make_question(ann, held_at=timezone.now())
    deleted = make_question(ann, deleted_at=timezone.now())
    missing = client.get("/q/0000000000/some-words/")
    for question in (held, deleted):
        response = client.get(f"/q/{question.public_id}/some-words/")
        assert (response.status_code, response.content) == (404, missing.content)


def test_a_visitor_learns_nothing_of_a_question_that_is_held_and_hidden(client: Client, ann: User) -> None:
    question = make_question(ann, held_at=timezone.now(), **hidden())
    assert client.get(question.get_absolute_url()).status_code == 404


def test_ann_reads_her_held_question_and_that_it_is_reviewed(login: Any, ann: User) -> None:
    question = make_question(ann, held_at=timezone.now())
    text = page(login(ann), question)
    assert "Being reviewed" in text
    assert "You will have an answer by" not in text


def test_ann_reads_her_hidden_question_and_why(login: Any, ann: User) -> None:
    question = make_question(ann, **hidden())
    assert "It calls somebody names." in page(login(ann), question)


def test_ben_does_not_read_what_stands_under_anns_hidden_question(login: Any, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    question.hide(by=ann, rule="insult", reason="x", at=timezone.now())
    assert login(ben).get(question.get_absolute_url()).status_code == 410
    assert login(ben).get(f"/a/{answer.public_id}/edit/").status_code == 404


def test_accepted_answers_stand_first_and_once(client: Client, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, ben, "An early guess.")
    accepted = make_accepted(question, stella, by=ann)
    text = page(client, question)
    assert text.index("About two years") < text.index("An early guess.")
    assert text.count(f'id="a-{accepted.public_id}"') == 1
    assert "chosen by ann" in text


def test_the_other_answers_stand_in_order_of_time(client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    make_answer(question, ben, "Said second.")
    make_answer(question, ben, "Said first.", created_at=timezone.now() - timedelta(days=1))
    text = page(client, question)
    assert text.index("Said first.") < text.index("Said second.")


def test_a_hidden_answer_leaves_a_tombstone_without_its_comments(client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben, "An unspeakable answer.", **hidden())
    make_comment(answer, ann, "Quoting the unspeakable.")
    text = page(client, question)
    assert "This answer was removed" in text
    assert "unspeakable" not in text


def test_the_promise_shows_while_the_question_waits_for_us(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann)
    assert "Answer promised by" in page(client, question)
    make_answer(question, stella, waiting_on="us")
    assert "Answer promised by" in page(client, question)
    make_answer(question, stella, waiting_on="asker")
    assert "promised by" not in page(client, question)


def test_a_broken_promise_is_admitted(client: Client, ann: User) -> None:
    question = make_question(ann, promised_at=timezone.now() - timedelta(hours=1))
    assert "We are late" in page(client, question)


def test_asked_before_leads_to_the_other_question(client: Client, ann: User, stella: User) -> None:
    original = make_question(ann, "The first time this was asked")
    question = make_question(ann)
    close_question(question=question, by=stella, reason="Asked before.", duplicate_of=original)
    text = page(client, question)
    assert f'href="{original.get_absolute_url()}"' in text
    assert "Closed by Stella Stern" in text


def test_asked_before_does_not_tell_a_hidden_title(client: Client, ann: User, stella: User) -> None:
    original = make_question(ann, "The unspeakable first time")
    question = make_question(ann)
    close_question(question=question, by=stella, reason="Asked before.", duplicate_of=original)
    original.hide(by=stella, rule="insult", reason="x", at=timezone.now())
    assert "unspeakable" not in page(client, question)


def test_edits_are_marked_and_lead_to_the_versions(client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    assert "/history/" not in page(client, question)
    edit_question(question=question, editor=ann, title=question.title, text="Since summer.")
    edit_answer(answer=answer, editor=ben, text="One year.")
    text = page(client, question)
    assert f"/q/{question.public_id}/-/history/" in text
    assert f"/a/{answer.public_id}/history/" in text


def test_every_post_can_be_reported(client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, ben)
    comment = make_comment(answer, ann)
    text = page(client, question)
    for post in (question, answer, comment):
        assert f"/report/{post.kind}/{post.public_id}/" in text


def test_a_topic_with_a_private_channel_offers_it(client: Client, ann: User, stella: User) -> None:
    skin = make_topic("Skin", "skin", channel="both", staff=[stella])
    question = make_question(ann, topic=skin)
    assert f"/private/new/?topic=skin&amp;question={question.public_id}" in page(client, question)
    assert "/private/new/" not in page(client, make_question(ann))


def test_a_promoted_answer_leads_to_the_faq(client: Client, ann: User, stella: User) -> None:
    question = make_question(ann)
    entry = make_faq_from(make_answer(question, stella), stella)
    assert f'href="{entry.get_absolute_url()}"' in page(client, question)


def test_a_visitor_is_shown_no_form_and_gets_no_cookie(client: Client, ann: User, ben: User) -> None:
    question = make_question(ann)
    make_answer(question, ben)
    response = client.get(question.get_absolute_url())
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert "Sign in to answer" in response.content.decode()


def test_everybody_is_offered_what_they_may_do(login: Any, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, ben)
    for_ann, for_ben, for_stella = (page(login(user), question) for user in (ann, ben, stella))
    assert "I have this too" in for_ben
    assert "I have this too" not in for_ann
    assert "/accept/" in for_ann
    assert "/accept/" not in for_ben
    assert "/-/edit/" in for_ann
    assert "/-/edit/" not in for_stella
    assert "/-/close/" in for_stella
    assert "/-/close/" not in for_ann
    assert 'name="waiting_on"' in for_stella


def test_ann_reads_when_she_will_have_an_answer(login: Any, ann: User) -> None:
    assert "You will have an answer by" in page(login(ann), make_question(ann))


@pytest.mark.parametrize("public_id", ["0" * 5000, "ABCDEFGHJK", "%00", "a%00b", "ü"])
def test_odd_addresses_are_not_found(client: Client, company: object, public_id: str) -> None:
    assert client.get(f"/q/{public_id}/").status_code == 404


def test_the_page_needs_eight_queries_however_much_stands_on_it(
    login: Any, ann: User, ben: User, stella: User, moritz: User, django_assert_max_num_queries: Any
) -> None:
    original = make_question(ann, "Asked before")
    topic = make_topic("Skin", "skin", channel="both", staff=[stella])
    question = make_question(ann, topic=topic)
    for author in (ben, stella, moritz) * 4:
        answer = make_accepted(question, author, by=ann)
        for commentator in (ann, ben, stella):
            make_comment(answer, commentator)
            make_comment(question, commentator)
    entry = make_faq_from(answer, stella)
    close_question(question=question, by=stella, reason="Asked before.", duplicate_of=original)
    Question.objects.update(closed_at=None)
    make_question(ben, "Asked again", duplicate_of=question)
    Door.objects.create(question=question, conversation=make_conversation(ann, topic), agreed_at=timezone.now())
    question.suggestions.create(entry=entry)
    question.suggestions.create(found=original)
    for noter in (stella, moritz):
        make_note(question, noter)
    for reader in (ann, ben, stella, moritz):
        client = login(reader)
        with django_assert_max_num_queries(8):
            text = page(client, question)
        assert all(part in text for part in ("Now in the FAQ", "Asked again", "settling this in private"))
        assert ("She rang about this too." in text and "The asker was shown" in text) == reader.is_staff
