"""Ann erases her account: at once for everybody, and then nothing of her is left anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.erasure import begin_erasure, erase_account, go_on, resume_erasures
from accounts.jobs import work_due
from accounts.mail import deliver_due
from accounts.models import Erasure, Job, OutgoingMail, User
from accounts.reserved import check_free
from forum.models import Answer, Comment, Conversation, Question
from moderation.actions.notices import report
from moderation.models import Decision, LogEntry, Notice
from tests.accounts.privacy import WORDS, left_of, live, made_copy, reauthenticated
from tests.factories import make_accepted, make_answer, make_comment, make_conversation, make_question

Login = Callable[[User], Client]
YES = {"posts": "remove", "sure": "on"}
ANN = ("wolkenfrau7", "wolkenfrau7@example.org")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def frau(ann: User) -> User:
    """Ann under a name that no other text holds."""
    ann.nickname, ann.email = ANN
    ann.save()
    ann.emailaddress_set.update(email=ann.email)  # type: ignore[attr-defined]
    return ann


def test_nobody_erases_without_the_password(login: Login, ann: User) -> None:
    answer = login(ann).post("/account/erase/", YES)
    assert answer.url.startswith("/account/reauthenticate/")
    assert User.objects.get(pk=ann.pk).is_active


def test_ann_erases_her_account_and_is_out_everywhere(login: Login, frau: User) -> None:
    here, elsewhere = login(frau), login(frau)
    reauthenticated(here, "/account/erase/")
    page = here.post("/account/erase/", YES)
    assert page.status_code == 200
    assert "Your account is erased" in page.text
    assert elsewhere.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 302
    assert not User.objects.filter(pk=frau.pk).exists()


def test_the_password_page_goes_on_with_what_was_chosen(login: Login, frau: User) -> None:
    client = login(frau)
    way = client.post("/account/erase/", YES).url
    page = client.post(way, {"password": "correct-horse-battery"})
    assert "Your account is erased" in page.text


@pytest.mark.parametrize("wrong", [{}, {"posts": "keep"}, {"sure": "on"}, {"posts": "burn", "sure": "on"}])
def test_half_an_answer_comes_back(login: Login, ann: User, wrong: dict[str, str]) -> None:
    client = reauthenticated(login(ann), "/account/erase/")
    assert client.post("/account/erase/", wrong | {"x": "y"}).status_code == 422
    assert User.objects.filter(pk=ann.pk, is_active=True).exists()


def test_nothing_of_her_is_left_when_she_takes_her_posts_along(
    frau: User, ben: User, stella: User, moritz: User, media: Path, settings: Any
) -> None:
    live(frau, ben, stella, moritz)
    made_copy(frau)
    make_comment(make_question(ben, "Who knows @Wolkenfrau7?"), stella, "wolkenfrau7 does, see /people/wolkenfrau7/.")
    assert len(left_of((*WORDS, *ANN), media)) > 5
    erase_account(user=frau, keep_posts=False)
    deliver_due()
    assert left_of((*WORDS, *ANN), media, settings.EXPORTS_DIR.parent) == []


def test_the_last_letter_goes_to_the_address_as_it_was(frau: User) -> None:
    erase_account(user=frau, keep_posts=True)
    deliver_due()
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [([ANN[1]], "Your account is erased")]
    assert "wolkenfrau7" not in str(mail.outbox[0].body)
    letter = OutgoingMail.objects.get()
    assert (letter.address, letter.recipient) == ("", None)


def test_letters_that_wait_are_not_sent(frau: User, stella: User) -> None:
    make_answer(make_question(frau), stella)
    erase_account(user=frau, keep_posts=True)
    deliver_due()
    assert [letter.subject for letter in mail.outbox] == ["Your account is erased"]


def test_what_others_said_below_stays_under_a_stub(
    frau: User, ben: User, stella: User, moritz: User, client: Client
) -> None:
    question = live(frau, ben, stella, moritz)
    erase_account(user=frau, keep_posts=False)
    question.refresh_from_db()
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Removed question" in page
    assert "Yes, all of it." in page
    assert "Somebody who left" in page
    assert question.slug == "removed-question"
    assert client.get(f"/q/{question.public_id}/-/history/").status_code == 200
    assert not question.revisions.exists()


def test_a_question_nobody_answered_goes_altogether(frau: User, client: Client) -> None:
    question = make_question(frau)
    erase_account(user=frau, keep_posts=False)
    assert client.get(f"/q/{question.public_id}/").status_code == 404


def test_what_she_keeps_stands_there_without_her(frau: User, ben: User, client: Client) -> None:
    question = make_question(frau, "Is it green?", text="I ask as wolkenfrau7.")
    make_accepted(question, ben, by=frau)
    erase_account(user=frau, keep_posts=True)
    page = client.get(question.get_absolute_url(), follow=True).content.decode()
    assert "Is it green?" in page
    assert "I ask as somebody." in page
    assert "chosen by Somebody who left" in page
    deliver_due()
    assert left_of(ANN) == []


def test_deleted_posts_are_nobodys_to_keep(frau: User, ben: User) -> None:
    comment = make_comment(make_question(ben), frau, "wordgone", deleted_at=timezone.now())
    erase_account(user=frau, keep_posts=True)
    assert not Comment.objects.filter(pk=comment.pk).exists()


def test_votes_go_and_counts_are_right(frau: User, ben: User, stella: User, moritz: User) -> None:
    live(frau, ben, stella, moritz)
    erase_account(user=frau, keep_posts=True)
    assert set(Question.objects.values_list("metoo_count", flat=True)) == {0}
    assert set(Answer.objects.values_list("helpful_count", flat=True)) == {0}


def test_an_answer_that_settled_something_leaves_a_question_that_waits(frau: User, ben: User) -> None:
    question = make_question(ben)
    make_accepted(question, frau, by=ben)
    erase_account(user=frau, keep_posts=False)
    question.refresh_from_db()
    assert (question.accepted_count, question.answer_count, question.waiting_on) == (0, 0, "us")


def test_private_conversations_go_with_their_keys(frau: User, ben: User, stella: User, moritz: User) -> None:
    live(frau, ben, stella, moritz)
    erase_account(user=frau, keep_posts=True)
    assert not Conversation.objects.exists()


def test_her_reports_and_what_was_decided_stay_without_her(frau: User, ben: User, stella: User, moritz: User) -> None:
    live(frau, ben, stella, moritz)
    Notice.objects.create(target_kind="question", target_id="x", rule="insult", reason="Signed out.",
                          reporter_name="Frau W", reporter_email="Wolkenfrau7@example.org")  # fmt: skip
    erase_account(user=frau, keep_posts=False)
    assert not Notice.objects.exclude(reporter=None, reporter_name="", reporter_email="").exists()
    assert Notice.objects.filter(reason="This is about something else.").exists()
    assert Decision.objects.get().target_author is None
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("name", ["wolkenfrau7", "Wolkenfrau7", "WOLKENFRAU7"])
def test_nobody_takes_her_name(frau: User, name: str) -> None:
    erase_account(user=frau, keep_posts=True)
    with pytest.raises(ValidationError):
        check_free(name)


def test_at_once_her_name_and_page_are_gone_while_the_rest_goes_on(frau: User, client: Client) -> None:
    """Killed right after the first transaction."""
    question = make_question(frau)
    begin_erasure(user=frau, keep_posts=True)
    page = client.get(question.get_absolute_url()).content.decode()
    assert "wolkenfrau7" not in page
    assert "Somebody who left" in page
    assert client.get("/people/wolkenfrau7/").status_code == 404
    assert client.get(f"/people/{User.objects.get(pk=frau.pk).nickname}/").status_code == 404
    assert "wolkenfrau7" not in client.get("/feeds/questions.atom").content.decode()


def test_the_team_reads_no_made_up_name_meanwhile(
    frau: User, ben: User, stella: User, moritz: User, login: Login
) -> None:
    conversation, question = make_conversation(frau), make_question(ben)
    stella.served_topics.add(conversation.topic)
    notice = report(target=question, reporter=frau, rule="insult", reason="It is about a person.")
    begin_erasure(user=frau, keep_posts=True)
    for person, path in (
        (stella, "/desk/private/"), (stella, conversation.get_absolute_url()), (moritz, notice.get_absolute_url()),
    ):  # fmt: skip
        page = login(person).get(path)
        assert "Somebody who left" in page.text
        assert "erased-" not in page.text


def test_killed_at_any_step_the_worker_finishes_it(
    frau: User, ben: User, stella: User, moritz: User, media: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Each step is killed after its work and before that is noted; the worker comes back each time."""
    for module in ("accounts.erasing", "accounts.mentions", "forum.erasing.posts", "forum.erasing.marks"):
        monkeypatch.setattr(f"{module}.BATCH", 1)
    live(frau, ben, stella, moritz)
    erasure = begin_erasure(user=frau, keep_posts=False)
    deaths: set[str] = set()
    note = Erasure.note

    def dies(self: Erasure, **progress: object) -> None:
        moment = f"{self.progress.get('step')} {progress}"
        if moment not in deaths:
            deaths.add(moment)
            raise KeyboardInterrupt
        note(self, **progress)

    monkeypatch.setattr(Erasure, "note", dies)
    while Erasure.objects.get(pk=erasure.pk).finished_at is None:
        try:
            go_on(Erasure.objects.get(pk=erasure.pk))
        except KeyboardInterrupt:
            continue
    deliver_due()
    assert len(deaths) > len(settings.ERASURE_STEPS)
    assert left_of((*WORDS, *ANN), media) == []


def test_a_fault_in_the_request_is_left_to_the_worker(frau: User, settings: Any) -> None:
    whole = settings.ERASURE_STEPS
    settings.ERASURE_STEPS = ["accounts.nowhere.step"]
    erase_account(user=frau, keep_posts=True)
    settings.ERASURE_STEPS = whole
    assert Erasure.objects.get().finished_at is None
    work_due()
    assert Erasure.objects.get().finished_at
    assert Job.objects.get().done_at


def test_what_was_given_up_is_begun_again(frau: User) -> None:
    begin_erasure(user=frau, keep_posts=True)
    Job.objects.update(failed_at=timezone.now())
    resume_erasures(timezone.now())
    assert Job.objects.open().count() == 0, "not while it is fresh"
    for _hour in range(2):
        resume_erasures(timezone.now() + timedelta(hours=2))
    assert Job.objects.open().count() == 1
    work_due()
    assert Erasure.objects.get().finished_at


def test_a_sign_in_that_was_given_up_does_not_keep_the_address(frau: User, ben: User, client: Client) -> None:
    client.post("/account/login/code/", {"email": ANN[1]})
    assert any(ANN[1] in str(one.get_decoded()) for one in Session.objects.all())
    User.objects.filter(pk=ben.pk).update(email="x" + ANN[1])
    ben.emailaddress_set.update(email="x" + ANN[1])  # type: ignore[attr-defined]
    Client().post("/account/login/code/", {"email": "x" + ANN[1]})
    erase_account(user=frau, keep_posts=True)
    assert ["x" + ANN[1] in str(one.get_decoded()) for one in Session.objects.all()] == [True]


def test_a_stub_waits_for_nobodys_review(frau: User, ben: User) -> None:
    question = make_question(frau)
    make_answer(question, ben)
    Question.objects.filter(pk=question.pk).update(held_at=timezone.now(), held_edit=True, held_reason="links")
    erase_account(user=frau, keep_posts=False)
    question.refresh_from_db()
    assert (question.title, question.held_at, question.held_edit) == ("Removed question", None, False)
