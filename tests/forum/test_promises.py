"""A promise keeps the service hours it was counted with."""

from __future__ import annotations

from accounts.models import User
from forum.actions.conversations import send_message
from forum.models import Company, ServiceCalendar
from tests.factories import make_answer, make_conversation, make_question, make_topic


def change_hours(company: Company, **hours: object) -> None:
    for name, value in hours.items():
        setattr(company, name, value)
    company.save()


def test_what_is_promised_under_the_same_hours_shares_one_calendar(company: Company, ann: User) -> None:
    first, second = make_question(ann), make_question(ann, "And the lavender one?")
    assert first.promised_with == second.promised_with
    assert ServiceCalendar.objects.count() == 1


def test_an_old_promise_can_be_explained_after_the_hours_have_changed(company: Company, ann: User) -> None:
    question = make_question(ann)
    change_hours(company, monday="13:00-14:00", promised_hours=2)
    later = make_question(ann, "And the lavender one?")
    question.refresh_from_db()
    assert question.promised_with
    assert question.promised_with.hours["weekdays"][0] == "09:00-17:00"
    assert later.promised_with.hours["weekdays"][0] == "13:00-14:00"
    assert later.promised_with.hours["promised_hours"] == 2


def test_a_new_wait_is_counted_with_the_hours_of_its_day(company: Company, ann: User, stella: User) -> None:
    question = make_question(ann)
    make_answer(question, stella, waiting_on="asker")
    change_hours(company, tuesday="")
    make_answer(question, ann, "It was the lavender one.")
    question.refresh_from_db()
    assert question.promised_with.hours["weekdays"][1] == ""


def test_a_private_conversation_keeps_its_calendar_too(company: Company, ann: User, stella: User) -> None:
    conversation = make_conversation(ann, make_topic(channel="private", staff=[stella]))
    send_message(conversation=conversation, author=stella, text="Which one?", waiting_on="asker")
    change_hours(company, closed_from="2030-12-24", closed_until="2030-12-31")
    send_message(conversation=conversation, author=ann, text="The lavender one.")
    conversation.refresh_from_db()
    assert conversation.promised_with.hours["closed"] == [["2030-12-24", "2030-12-31"]]
