"""Ann takes a new nickname: at most once in 30 days, everywhere at once, and the old one stays hers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import mail
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from accounts.mail import deliver_due
from accounts.models import FormerNickname, Role, User
from accounts.renaming import change_nickname
from accounts.reserved import check_free, is_taken
from forum.actions.answers import accept_answer
from forum.actions.questions import close_question, edit_question
from forum.models import Question
from tests.accounts.entrance import sign_in, sign_up
from tests.factories import make_answer, make_comment, make_conversation, make_faq, make_question

Login = Callable[[User], Client]
URL = "/account/nickname/"


def test_ann_is_called_anna_everywhere(login: Login, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann)
    edit_question(question=question, editor=ann, title=question.title, text="Changed.")
    answer = make_answer(question, ben)
    make_comment(answer, ann)
    accept_answer(answer=answer, by=ann)
    client = login(ann)
    assert client.post(URL, {"nickname": "Josefa"}).url == "/account/"
    visitor = Client()
    pages = [question.get_absolute_url(), "/q/", "/", "/feeds/questions.atom", "/people/Josefa/",
             question.topic.get_absolute_url(), f"/q/{question.public_id}/-/history/"]  # fmt: skip
    for path in pages:
        page = visitor.get(path).content.decode()
        assert "Josefa" in page, path
        assert ">ann<" not in page, path
        assert "/people/ann/" not in page, path
    assert "Josefa" in client.get("/account/").content.decode()


def test_no_row_keeps_the_old_name(ann: User, ben: User, olga: User) -> None:
    User.objects.filter(pk=ann.pk).update(nickname="xaverine", nickname_key="xaverine", role=Role.MODERATOR)
    ann.refresh_from_db()  # of the team, but without a card: public deeds stand under the nickname
    question = make_question(ann)
    edit_question(question=question, editor=ann, title=question.title, text="Changed.")
    accept_answer(answer=make_answer(question, ben), by=ann)
    make_comment(question, ann)
    make_faq(ann)
    close_question(question=question, by=ann, reason="Settled.")
    question.hide(by=ann, rule="insult", reason="Against the house rules.", at=timezone.now())
    make_conversation(ann)
    LogEntry.objects.log_actions(olga.pk, [ann], CHANGE, "role", single_object=True)
    change_nickname(user=ann, nickname="Josefa")
    text = (models.CharField, models.TextField)
    for model in apps.get_models():
        for field in (field for field in model._meta.concrete_fields if isinstance(field, text)):
            found = model._base_manager.filter(**{f"{field.name}__icontains": "xaverine"})
            assert not found.exists() or field.name == "email", f"{model.__name__}.{field.name}"


def test_a_name_on_a_card_is_not_the_nickname(ann: User, stella: User) -> None:
    stella.staff_card.name = "stella"
    stella.staff_card.save()
    question = make_question(ann)
    make_answer(question, stella)
    close_question(question=question, by=stella, reason="Settled.")
    change_nickname(user=stella, nickname="Sternchen")
    question.refresh_from_db()
    assert question.closed_by_name == "stella"
    assert question.answers.get().shown_name == "stella"


def test_letters_that_wait_say_the_new_name(ann: User, ben: User) -> None:
    make_answer(make_question(ben), ann)
    change_nickname(user=ann, nickname="Josefa")
    deliver_due()
    assert "Josefa has answered" in mail.outbox[-1].body


def test_ann_signs_in_by_the_new_name_only(ann: User) -> None:
    change_nickname(user=ann, nickname="Josefa")
    assert sign_in(Client(), "josefa").status_code == 302
    assert sign_in(Client(), "ann").status_code == 422


def test_once_in_thirty_days(login: Login, ann: User) -> None:
    client = login(ann)
    client.post(URL, {"nickname": "Josefa"})
    page = client.get(URL).content.decode()
    assert "You can change it again from" in page
    assert 'name="nickname"' not in page
    assert client.post(URL, {"nickname": "Antonia"}).status_code == 422
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        client = login(ann)
        assert client.post(URL, {"nickname": "Antonia"}).status_code == 302
    ann.refresh_from_db()
    assert ann.nickname == "Antonia"


@pytest.mark.parametrize("wish", ["ann", "ANN", "Ann"])
def test_the_old_name_is_blocked_for_others_and_free_for_ann(login: Login, ann: User, ben: User, wish: str) -> None:
    change_nickname(user=ann, nickname="Josefa")
    response = login(ben).post(URL, {"nickname": wish})
    assert response.status_code == 422
    assert "This nickname is taken." in response.content.decode()
    response = sign_up(Client(), nickname=wish)
    assert response.status_code == 422
    User.objects.filter(pk=ann.pk).update(nickname_changed_at=None)
    ann.refresh_from_db()
    check_free(wish, ann)
    change_nickname(user=ann, nickname=wish)
    assert not is_taken("josefa", ann)
    assert is_taken("josefa", ben)


def test_a_look_alike_of_an_old_name_is_blocked_too(ann: User, ben: User) -> None:
    change_nickname(user=ben, nickname="Ingolf")
    change_nickname(user=ann, nickname="Josefa")
    User.objects.filter(pk=ben.pk).update(nickname_changed_at=None)
    ben.refresh_from_db()
    change_nickname(user=ben, nickname="Karl")
    assert is_taken("lngoif", ann)


def test_the_block_keeps_no_name_and_outlives_the_account(ann: User, ben: User) -> None:
    change_nickname(user=ann, nickname="Josefa")
    kept = FormerNickname.objects.values().get()
    assert "ann" not in {kept["key_digest"], kept["skeleton_digest"]}
    ann.delete()
    assert FormerNickname.objects.get().owner is None
    assert is_taken("ann", ben)


def test_a_block_is_known_under_a_former_secret_key(ann: User, ben: User, settings: Any) -> None:
    change_nickname(user=ann, nickname="Josefa")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 60
    assert is_taken("ann", ben)


def test_strangers_find_nobody_at_the_old_address(login: Login, ann: User, ben: User, stella: User) -> None:
    make_question(ann)
    change_nickname(user=ann, nickname="Josefa")
    for reader in (Client(), login(ben)):
        assert reader.get("/people/ann/").status_code == 404
    for reader in (login(ann), login(stella)):
        response = reader.get("/people/ann/")
        assert (response.status_code, response["Location"]) == (302, "/people/Josefa/")


def test_the_old_address_looks_like_one_that_never_was(ann: User) -> None:
    make_question(ann)
    change_nickname(user=ann, nickname="Josefa")
    gone, never = Client().get("/people/ann/"), Client().get("/people/zoe/")
    assert gone.content.replace(b"ann", b"zoe") == never.content
    assert gone.headers == never.headers


@pytest.mark.parametrize(
    ("wish", "said"),
    [("", "Please choose a nickname"), ("no", "3 to 20 characters"), ("ann", "your nickname already"),
     ("ben", "Still free: ben2, ben3, ben4."), ("Stella.Stern", "mistaken for the company"),
     ("Supp0rt", "mistaken for the company"), ("x" * 21, "3 to 20 characters")],
)  # fmt: skip
def test_what_can_not_be_taken_comes_back(
    login: Login, ann: User, ben: User, stella: User, wish: str, said: str
) -> None:
    response = login(ann).post(URL, {"nickname": wish})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_nickname_error"' in page
    assert said in page
    assert f'value="{wish}"' in page or not wish


def test_ann_may_write_her_name_in_capitals(login: Login, ann: User) -> None:
    assert login(ann).post(URL, {"nickname": "ANN"}).status_code == 302
    assert not FormerNickname.objects.exists()


def test_a_visitor_signs_in_first(client: Client, ann: User) -> None:
    assert client.get(URL)["Location"] == f"/account/login/?next={URL}"


def test_who_is_suspended_keeps_the_name(login: Login, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    assert login(ann).post(URL, {"nickname": "Josefa"}).status_code == 403


def test_a_name_given_up_between_look_and_deed_stays_blocked(login: Login, ann: User, ben: User) -> None:
    """Ben's look saw nothing: Ann took Josefa and gave it up again in between."""

    def look_and_lose(nickname: str, user: User | None = None) -> None:
        check_free(nickname, user)
        FormerNickname.keep("Josefa", ann)

    with patch("accounts.nickname_forms.check_free", look_and_lose):
        response = login(ben).post(URL, {"nickname": "Josefa"})
    assert response.status_code == 422
    assert "This nickname is taken" in response.content.decode()
    ben.refresh_from_db()
    assert ben.nickname == "ben"


def test_so_it_does_at_sign_up(client: Client, ann: User) -> None:
    def look_and_lose(nickname: str) -> None:
        check_free(nickname)
        FormerNickname.keep("nora", ann)

    with patch("accounts.adapter.check_free", look_and_lose):
        response = sign_up(client)
    assert response.status_code == 422
    assert "This nickname is taken" in response.content.decode()
    assert not User.objects.filter(nickname="nora").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_name_in_one_moment(login: Login, ann: User, ben: User) -> None:
    """Both look and find it free; one gets it, the other reads that it is taken. Here the names only look the same."""
    wishes = {ann: "Ingolf", ben: "lngolf"}
    clients = {user: login(user) for user in wishes}
    pages: dict[User, Any] = {}
    looked: set[User] = set()
    meeting = Barrier(2, timeout=30)

    def send(user: User) -> None:
        pages[user] = clients[user].post(URL, {"nickname": wishes[user]})

    def look_and_wait(nickname: str, user: User) -> None:
        check_free(nickname, user)
        if user not in looked:
            looked.add(user)
            _wait_for_the_other(user)

    def _wait_for_the_other(user: User) -> None:
        # SQLite lets one write after the other, so the second is let in while the first is still looking.
        if connection.vendor == "postgresql":
            meeting.wait()
        elif user == ann:
            send(ben)

    with patch("accounts.nickname_forms.check_free", look_and_wait):
        if connection.vendor == "postgresql":
            _together(lambda: send(ann), lambda: send(ben))
        else:
            send(ann)
    assert sorted(page.status_code for page in pages.values()) == [302, 422]
    refused = next(page for page in pages.values() if page.status_code == 422)
    assert "This nickname is taken" in refused.content.decode()
    assert User.objects.filter(nickname__in=["Ingolf", "lngolf"]).count() == 1


def _together(*deeds: Callable[[], None]) -> None:
    def do(deed: Callable[[], None]) -> None:
        try:
            deed()
        finally:
            connection.close()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_nothing_is_half_done(ann: User, ben: User) -> None:
    make_question(ann)
    broken = patch("accounts.renaming._rename_copies", side_effect=RuntimeError)
    with pytest.raises(RuntimeError), broken, transaction.atomic():
        change_nickname(user=ann, nickname="Josefa")
    assert User.objects.get(pk=ann.pk).nickname == "ann"
    assert not FormerNickname.objects.exists()
    assert Question.objects.get().author_name == "ann"
