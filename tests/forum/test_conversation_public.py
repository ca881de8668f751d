"""The customer decides: exactly what stood there at the click is published, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from forum.actions.going_public import (
    offer,
)
from forum.models import (
    Answer,
    Conversation,
    FaqEntry,
    FaqSource,
    PublicConsent,
    PublicDraft,
    Question,
)
from tests.publishing import (
    ANSWER,
    FAQ_WORDS,
    TEXT,
    TITLE,
    decide,
    form,
    make_room,
    offered,
    propose,
    public,
)

Login = Callable[[User], Client]


@pytest.fixture
def room(ann: User, stella: User) -> Conversation:
    return make_room(ann, stella)


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


def test_an_offer_of_somebody_who_left_is_published_under_the_name_it_was_made_with(
    login: Login, room: Conversation, stella: User, ann: User
) -> None:
    offered(room, stella, "question")
    User.objects.filter(pk=stella.pk).update(role="")
    assert decide(login(ann), room).status_code == 302
    assert Answer.objects.get().posted_as_name == "Stella Stern"
