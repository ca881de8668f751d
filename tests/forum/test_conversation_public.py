"""From private to public: exactly what stood before the customer at the click, once, and back with one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import Role, User
from forum.actions.faq import EntryRemoved, promote_to_faq, publish_entry, restore_entry
from forum.actions.going_public import (
    OfferOver,
    OfferOvertaken,
    decline_publication,
    offer,
    publish,
    withdraw_publication,
)
from forum.models import (
    Answer,
    Conversation,
    FaqEntry,
    FaqSource,
    PublicConsent,
    PublicDraft,
    PublicWords,
    Question,
    Topic,
)
from moderation.actions.decisions import hide, restore
from tests.factories import make_conversation, make_topic
from tests.races import together

Login = Callable[[User], Client]
TITLE, TEXT, ANSWER = "Does it help dry hands?", "My hands are dry in winter.", "Yes: oat, and cream at night."
WORDS = PublicWords(TITLE, TEXT, ANSWER)
FAQ_WORDS = PublicWords(TITLE, "", ANSWER)


@pytest.fixture
def topic(stella: User) -> Topic:
    return make_topic("Skin", "skin", channel="both", staff=[stella])


@pytest.fixture
def room(ann: User, topic: Topic) -> Conversation:
    return make_conversation(ann, topic, "About my hands", "They itch.")


def offered(room: Conversation, by: User, kind: str = "faq") -> PublicDraft:
    words = WORDS if kind == "question" else FAQ_WORDS
    return offer(conversation=room, by=by, kind=kind, language="en", words=words, version=0)


def form(**changed: Any) -> dict[str, Any]:
    return {"title": TITLE, "text": TEXT, "answer": ANSWER, "version": 1, "under": "customer", **changed}


def decide(client: Client, room: Conversation, **changed: Any) -> Any:
    return client.post(f"/private/{room.pk}/public/", form(**changed))


def propose(client: Client, room: Conversation, **changed: Any) -> Any:
    said = {"kind": "faq", "title": TITLE, "text": "", "answer": ANSWER, "version": 0, **changed}
    return client.post(f"/private/{room.pk}/offer/", said)


def public(client: Client) -> str:
    """All that everybody finds."""
    paths = ["/faq/", "/q/", "/search/?q=hands", "/feeds/faq.atom", "/feeds/questions.atom", "/sitemap.xml", "/t/skin/"]
    paths += [entry.get_absolute_url() for entry in FaqEntry.objects.all()]
    paths += [question.get_absolute_url() for question in Question.objects.all()]
    return "".join(client.get(path).text for path in paths)


def test_stella_offers_and_nothing_is_public_before_ann_says_yes(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    assert "They itch." in login(stella).get(f"/private/{room.pk}/offer/").text
    assert propose(login(stella), room).status_code == 302
    assert "dry hands" not in public(client)
    page = login(ann).get(f"/private/{room.pk}/public/").text
    assert TITLE in page
    assert ANSWER in page
    assert "They itch." in page
    assert "others may read a question and answer" in login(ann).get(room.get_absolute_url()).text


def test_the_draft_is_sealed_with_the_key_of_the_room(room: Conversation, stella: User) -> None:
    draft = offered(room, stella)
    assert b"oat" not in bytes(draft.sealed_words)
    room.delete()
    assert not PublicDraft.objects.exists()


def test_ann_says_yes_and_it_is_an_entry_of_the_faq(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    assert decide(login(ann), room).status_code == 302
    entry = FaqEntry.objects.get()
    assert (entry.title, entry.text, entry.author, entry.topic) == (TITLE, ANSWER, stella, room.topic)
    consent = FaqSource.objects.get().consent
    assert consent
    assert (consent.user, consent.under, consent.text_version, consent.text_digest) == (
        ann, "customer", 1, FAQ_WORDS.digest,
    )  # fmt: skip
    page = client.get(entry.get_absolute_url()).text
    assert "From a private conversation, published with the customer's consent" in page
    assert "ann" not in page.split("<main")[1].split("</main")[0].replace("answer", "")
    assert "They itch" not in public(client)


def test_ann_lets_her_nickname_stand_there(
    login: Login, client: Client, room: Conversation, ann: User, stella: User
) -> None:
    offered(room, stella)
    decide(login(ann), room, under="nickname")
    assert "From a private conversation with ann" in client.get(FaqEntry.objects.get().get_absolute_url()).text


def test_it_becomes_a_question_under_the_nickname(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    decide(login(ann), room, under="nickname")
    question, answer = Question.objects.get(), Answer.objects.get()
    assert (question.author, question.title, question.text) == (ann, TITLE, TEXT)
    assert (answer.text, answer.posted_as_name, answer.posted_as_role) == (ANSWER, "Stella Stern", "Soap maker")
    assert not Question.objects.awaiting_staff().exists()
    assert TITLE in client.get("/people/ann/").text


def test_as_a_customer_not_even_the_team_learns_who_it_was(
    login: Login, client: Client, room: Conversation, stella: User, ann: User, moritz: User
) -> None:
    offered(room, stella, "question")
    decide(login(ann), room)
    question = Question.objects.get()
    assert question.author is None
    for reader in (client, login(moritz), login(stella)):
        body = reader.get(question.get_absolute_url()).text.split("<main")[1].split("</main")[0]
        assert "A customer" in body
        assert ">ann<" not in body
        assert "Somebody who left" not in body
    assert TITLE not in client.get("/people/ann/").text


def test_exactly_what_stood_there_is_published(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    offer(conversation=room, by=stella, kind="faq", language="en", words=FAQ_WORDS._replace(answer="No."), version=1)
    answer = decide(login(ann), room)
    assert answer.status_code == 409
    assert "The text was changed meanwhile" in answer.text
    assert "No." in answer.text
    assert not FaqEntry.objects.exists()
    assert decide(login(ann), room, version=2, answer="No.").status_code == 302
    assert FaqEntry.objects.get().text == "No."


def test_what_ann_changes_in_her_own_question_is_published_so(
    login: Login, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    decide(login(ann), room, text="My hands are dry, always.")
    assert Question.objects.get().text == "My hands are dry, always."
    assert PublicConsent.objects.get().text_version == 2


@pytest.mark.parametrize(("kind", "changed"), [("question", {"answer": "No."}), ("faq", {"title": "Dry hands, why?"})])
def test_what_she_changes_in_our_words_comes_back_to_us_first(
    login: Login, room: Conversation, stella: User, ann: User, kind: str, changed: dict[str, str]
) -> None:
    offered(room, stella, kind)
    assert decide(login(ann), room, **changed).status_code == 302
    assert not FaqEntry.objects.exists()
    assert not Question.objects.exists()
    desk = login(stella).get("/desk/doors/").text
    assert "The customer changed the text on" in desk
    page = login(stella).get(f"/private/{room.pk}/offer/").text
    assert next(iter(changed.values())) in page
    text = TEXT if kind == "question" else ""
    propose(login(stella), room, kind=kind, version=2, **{"text": text, **changed})
    assert decide(login(ann), room, version=3, **changed).status_code == 302
    assert FaqEntry.objects.exists() or Question.objects.exists()


def test_no_costs_nothing_and_is_not_asked_again(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    draft = offered(room, stella)
    assert decide(login(ann), room, under="no", title="").status_code == 302
    assert "dry hands" not in public(client)
    assert propose(login(stella), room, version=1).status_code == 409
    assert "Ask the customer" not in login(stella).get(room.get_absolute_url()).text
    assert decide(login(ann), room).status_code == 409
    assert PublicDraft.objects.get(pk=draft.pk).words == ("", "", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicDraft.objects.create(conversation=room, kind="faq", language="en", sealed_words=b"")


def test_one_button_takes_it_back_everywhere_and_its_author_is_told(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    decide(login(ann), room)
    assert "dry hands" in public(client)
    deliver_due()
    mail.outbox.clear()
    assert login(ann).post(f"/private/{room.pk}/unpublish/").status_code == 302
    assert "dry hands" not in public(client)
    assert client.get(FaqEntry.objects.get().get_absolute_url()).status_code == 404
    deliver_due()
    assert [letter.subject for letter in mail.outbox if letter.to == [stella.email]] == [
        "A consent to publish was taken back"
    ]


def test_a_question_that_is_taken_back_takes_along_what_was_made_of_it(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    decide(login(ann), room, under="nickname")
    entry = promote_to_faq(answer=Answer.objects.get(), by=stella)
    publish_entry(entry=entry, by=stella)
    login(ann).post(f"/private/{room.pk}/unpublish/")
    assert "dry" not in public(client)


def test_it_can_be_taken_back_when_the_room_is_gone(
    login: Login, client: Client, room: Conversation, stella: User, ann: User, ben: User
) -> None:
    offered(room, stella)
    decide(login(ann), room)
    room.delete()
    consent = PublicConsent.objects.get()
    assert TITLE in login(ann).get("/private/").text
    assert login(ben).post(f"/private/published/{consent.pk}/withdraw/").status_code == 404
    assert "dry hands" in public(client)
    assert login(ann).post(f"/private/published/{consent.pk}/withdraw/").status_code == 302
    assert "dry hands" not in public(client)


def test_nobody_of_us_brings_it_back(
    login: Login, client: Client, room: Conversation, stella: User, moritz: User
) -> None:
    consent = publish(draft=offered(room, stella), words=FAQ_WORDS, version=1, under="customer")
    entry = FaqEntry.objects.get()
    hide(target=entry, by=moritz, rule="off-topic", reason="Not for here, sorry.")
    withdraw_publication(consent=consent)
    restore(target=FaqEntry.objects.get(), by=moritz, reason="It was for here after all.")
    assert not FaqEntry.objects.public().exists()
    for act in (restore_entry, lambda entry: publish_entry(entry=entry, by=stella)):
        with pytest.raises(EntryRemoved):
            act(entry=FaqEntry.objects.get())
    assert login(stella).post(f"/desk/faq/{entry.pk}/restore/").status_code == 403
    assert login(stella).post(f"/desk/faq/{entry.pk}/publish/").status_code == 403


def test_a_replayed_yes_publishes_once_and_not_again_after_it_was_taken_back(
    login: Login, client: Client, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella)
    assert [decide(login(ann), room).status_code for _click in range(3)] == [302, 302, 302]
    assert (FaqEntry.objects.count(), PublicConsent.objects.count()) == (1, 1)
    login(ann).post(f"/private/{room.pk}/unpublish/")
    decide(login(ann), room)
    assert "dry hands" not in public(client)


def test_what_looks_personal_is_pointed_out_before_it_is_offered(
    login: Login, room: Conversation, stella: User
) -> None:
    said = f"{ANSWER} Ann got R-2026/118 on 3.3.2026."
    answer = propose(login(stella), room, answer=said)
    assert answer.status_code == 422
    for words in ("R-2026/118", "3.3.2026", "Ann"):
        assert f"<mark>{words} <small>" in answer.text
    assert not PublicDraft.objects.exists()
    assert propose(login(stella), room, answer=said, looked="on").status_code == 302


def test_of_a_discreet_topic_nothing_becomes_a_question(login: Login, ann: User, stella: User) -> None:
    topic = make_topic("Quiet", "quiet", channel="private", discreet=True, staff=[stella])
    room = make_conversation(ann, topic)
    assert propose(login(stella), room, kind="question", text=TEXT).status_code == 422
    assert propose(login(stella), room).status_code == 302
    page = login(ann).get(f"/private/{room.pk}/public/").text
    assert page.index('value="customer"') < page.index('value="nickname"')
    assert "checked" not in page
    assert "Quiet" not in page.split("</head>")[0]
    deliver_due()
    assert not [one for one in mail.outbox if one.to == [ann.email] and "Quiet" in one.subject + one.body]


@pytest.mark.parametrize("under", ["", "owner", "1"])
def test_without_a_clear_word_nothing_is_published(
    login: Login, room: Conversation, stella: User, ann: User, under: str
) -> None:
    offered(room, stella)
    assert decide(login(ann), room, under=under).status_code == 422
    assert not FaqEntry.objects.exists()


def test_strangers_find_nothing_and_nobody_decides_for_the_customer(
    login: Login, client: Client, room: Conversation, ben: User, stella: User, moritz: User, ann: User
) -> None:
    assert login(ann).get(f"/private/{room.pk}/public/").status_code == 404
    offered(room, stella)
    for place in ("offer", "public", "unpublish"):
        for who in (ben, moritz):
            assert login(who).post(f"/private/{room.pk}/{place}/", form()).status_code == 404
    assert decide(login(stella), room).status_code == 403
    assert login(stella).post(f"/private/{room.pk}/unpublish/").status_code == 403
    assert propose(login(ann), room).status_code == 403
    assert client.post(f"/private/{room.pk}/public/", form()).status_code == 401
    assert not FaqEntry.objects.exists()
    assert TITLE not in login(moritz).get("/desk/doors/").text


def test_who_lost_the_role_offers_nothing_from_an_open_page(login: Login, room: Conversation, stella: User) -> None:
    window = login(stella)
    window.get(f"/private/{room.pk}/offer/")
    User.objects.filter(pk=stella.pk).update(role="")
    assert propose(window, room).status_code == 404
    assert not PublicDraft.objects.exists()


def test_an_offer_of_somebody_who_left_is_published_under_the_name_it_was_made_with(
    login: Login, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    User.objects.filter(pk=stella.pk).update(role="")
    assert decide(login(ann), room).status_code == 302
    assert Answer.objects.get().posted_as_name == "Stella Stern"


def test_two_of_the_staff_do_not_overwrite_each_other(login: Login, room: Conversation, stella: User) -> None:
    offered(room, stella)
    answer = propose(login(stella), room, answer="Another answer.")
    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert "Another answer." in answer.text


def test_a_room_without_an_account_has_the_same_way(client: Client, room: Conversation, stella: User) -> None:
    """Who holds a receipt is nobody by name: published is "a customer", whatever the form says."""
    Conversation.objects.update(customer=None, customer_name="")
    fresh = Conversation.objects.get()
    consent = publish(draft=offered(fresh, stella, "question"), words=WORDS, version=1, under="nickname")
    assert (consent.user, consent.under, Question.objects.get().author) == (None, "customer", None)
    withdraw_publication(consent=consent)
    assert "dry hands" not in public(client)


def read(room: Conversation) -> PublicDraft:
    return PublicDraft.objects.select_related("conversation__customer", "conversation__topic").get(conversation=room)


@pytest.mark.django_db(transaction=True)
def test_yes_twice_in_the_same_instant(room: Conversation, stella: User) -> None:
    offered(room, stella)

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    assert together(say_yes, say_yes, refusals=()) == ["done", "done"]
    assert (FaqEntry.objects.count(), PublicConsent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_in_the_same_instant(room: Conversation, stella: User) -> None:
    offered(room, stella)

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    assert together(say_yes, lambda: decline_publication(draft=read(room)), refusals=(OfferOver,)) == [
        "OfferOver", "done",
    ]  # fmt: skip
    assert FaqEntry.objects.exists() == (read(room).declined_at is None)


@pytest.mark.django_db(transaction=True)
def test_yes_while_stella_changes_the_text(room: Conversation, stella: User) -> None:
    offered(room, stella)
    other = FAQ_WORDS._replace(answer="No.")

    def say_yes() -> object:
        return publish(draft=read(room), words=FAQ_WORDS, version=1, under="customer")

    def change() -> object:
        return offer(conversation=room, by=stella, kind="faq", language="en", words=other, version=1)

    results = together(say_yes, change, refusals=(OfferOver, OfferOvertaken))
    assert results in (["OfferOver", "done"], ["OfferOvertaken", "done"])
    assert [entry.text for entry in FaqEntry.objects.all()] in ([ANSWER], [])


@pytest.mark.django_db(transaction=True)
def test_two_of_the_staff_offer_in_the_same_instant(room: Conversation, stella: User) -> None:
    sami = User.objects.create_user("sami", "sami@example.org", role=Role.STAFF)
    acts = (lambda: offered(room, stella), lambda: offered(room, sami))
    assert together(*acts, refusals=(OfferOvertaken,)) == ["OfferOvertaken", "done"]
    assert read(room).version == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_stella_publishes_it_again(room: Conversation, stella: User) -> None:
    consent = publish(draft=offered(room, stella), words=FAQ_WORDS, version=1, under="customer")
    entry = FaqEntry.objects.get()
    acts = (
        lambda: withdraw_publication(consent=PublicConsent.objects.get(pk=consent.pk)),
        lambda: publish_entry(entry=FaqEntry.objects.get(pk=entry.pk), by=stella),
    )
    together(*acts, refusals=(EntryRemoved,))
    assert not FaqEntry.objects.public().exists()
