"""Small dumps with every quirk that was seen in real ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Role, StaffCard, User
from forum.importing.failure import ImportFailed
from forum.models import Acceptance, Answer, Comment, Company, Question, Topic
from forum.search import search
from tests.factories import make_topic
from tests.importing.dumps import ANSWER, QUESTION, USERS, bring_in, fingerprint, write_dump

pytestmark = pytest.mark.usefixtures("company")


def test_questions_answers_and_comments_keep_author_and_time(tmp_path: Path) -> None:
    comment = {"Id": "5", "PostId": "2", "Text": "So *long*?", "UserId": "7", "CreationDate": "2016-08-04T00:00:00"}
    bring_in(write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=USERS, Comments=[comment]))
    question, answer = Question.objects.get(), Answer.objects.get()
    assert (question.title, question.text, question.shown_name) == ("How long?", "Dry.", "Ann")
    assert question.created_at.isoformat() == "2016-08-02T15:39:14.947000+00:00"
    assert (answer.question, answer.shown_name, question.answer_count) == (question, "Ben", 1)
    assert Comment.objects.get().html == "<p>So <em>long</em>?</p>\n"


@pytest.mark.parametrize("tags", ["<soap><dry>", "|soap|dry|"])
def test_tags_come_in_both_forms(tmp_path: Path, tags: str) -> None:
    bring_in(write_dump(tmp_path, Posts=[{**QUESTION, "Tags": tags}, {**QUESTION, "Id": "3"}]))
    assert {question.topic.name for question in Question.objects.all()} == {"Soap"}


def test_a_public_question_never_lands_in_a_private_topic(tmp_path: Path) -> None:
    make_topic("Soap", "soap", channel="private")
    bring_in(write_dump(tmp_path, Posts=[QUESTION]))
    assert Question.objects.get().topic.channel == "public"


def test_people_can_not_sign_in_and_get_no_mail(tmp_path: Path) -> None:
    bring_in(write_dump(tmp_path, Posts=[QUESTION], Users=USERS))
    user = User.objects.get()
    assert (user.nickname, user.is_active, user.has_usable_password()) == ("Ann", False, False)
    assert user.email.endswith("@imported.invalid")


def test_of_deleted_people_the_name_is_left(tmp_path: Path) -> None:
    question = {key: value for key, value in QUESTION.items() if key != "OwnerUserId"}
    bring_in(write_dump(tmp_path, Posts=[{**question, "OwnerDisplayName": "user22"}]))
    assert (Question.objects.get().author, Question.objects.get().shown_name) == (None, "user22")


def test_the_robot_of_the_old_site_is_nobody(tmp_path: Path) -> None:
    bring_in(write_dump(tmp_path, Posts=[{**QUESTION, "OwnerUserId": "-1"}], Users=[{"Id": "-1", "DisplayName": "x"}]))
    assert not User.objects.exists()


def test_no_customer_comes_in_under_a_name_of_the_team(tmp_path: Path, stella: User) -> None:
    users = [{"Id": "7", "DisplayName": "Stella Stern"}, {"Id": "8", "DisplayName": "support"}]
    bring_in(write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=users))
    assert set(User.objects.exclude(pk=stella.pk).values_list("nickname", flat=True)) == {"member-7", "member-8"}


def test_same_names_are_told_apart(tmp_path: Path) -> None:
    users = [{"Id": "7", "DisplayName": "Ann"}, {"Id": "8", "DisplayName": "ANN"}]
    bring_in(write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=users))
    assert sorted(User.objects.values_list("nickname", flat=True)) == ["ANN-2", "Ann"]


@pytest.mark.parametrize("who", ["Ben", "8"])
def test_staff_are_named_by_name_or_number(tmp_path: Path, who: str) -> None:
    bring_in(write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=USERS), who)
    assert (User.objects.get(nickname="Ben").role, StaffCard.objects.get().name) == (Role.STAFF, "Ben")
    assert Answer.objects.get().posted_as_name == "Ben"
    assert [status.key for status in Question.objects.get().statuses] == ["answered", "waiting-us"]


@pytest.mark.parametrize(("who", "problem"), [("Cleo", "nobody is called 'Cleo'"), ("Ann", "name one of 7, 9"),
                                              ("-1", "nobody is called '-1'")])  # fmt: skip
def test_a_stranger_never_becomes_staff(tmp_path: Path, who: str, problem: str) -> None:
    users = [*USERS, {"Id": "9", "DisplayName": "Ann"}, {"Id": "-1", "DisplayName": "Community"}]
    with pytest.raises(ImportFailed, match=problem):
        bring_in(write_dump(tmp_path, Posts=[QUESTION], Users=users), who)
    assert not Question.objects.exists()


def test_what_came_in_is_found_at_once_by_the_words_of_its_answer(tmp_path: Path) -> None:
    bring_in(write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=USERS))
    found = search("two years", user=AnonymousUser()).questions
    assert [hit.found.title for hit in found] == ["How long?"]
    assert found[0].excerpt == "<mark>Two</mark> <mark>years</mark>."


ACCEPTED = {**QUESTION, "AcceptedAnswerId": "2", "AnswerCount": "1"}


def test_an_accepted_answer_has_the_day_of_its_vote(tmp_path: Path) -> None:
    votes = [{"Id": "1", "PostId": "2", "VoteTypeId": "1", "CreationDate": "2016-09-01T00:00:00.000"},
             {"Id": "2", "PostId": "99", "VoteTypeId": "2", "CreationDate": "2016-09-01T00:00:00.000"}]  # fmt: skip
    bring_in(write_dump(tmp_path, Posts=[ACCEPTED, ANSWER], Users=USERS, Votes=votes))
    acceptance = Acceptance.objects.get()
    assert (acceptance.accepted_at.isoformat(), acceptance.accepted_by_name) == ("2016-09-01T00:00:00+00:00", "Ann")
    assert [status.key for status in Question.objects.get().statuses] == ["accepted"]


def test_without_votes_an_answer_is_accepted_when_it_was_written(tmp_path: Path) -> None:
    bring_in(write_dump(tmp_path, Posts=[ACCEPTED, ANSWER]))
    assert Acceptance.objects.get().accepted_at == Answer.objects.get().created_at


def test_what_is_not_there_is_left_out_and_said(tmp_path: Path) -> None:
    posts = [
        {**QUESTION, "AcceptedAnswerId": "77"},
        {**ANSWER, "ParentId": "99"},
        {**QUESTION, "Id": "4", "PostTypeId": "5"},
    ]
    links = [{"PostId": "1", "RelatedPostId": "98", "LinkTypeId": "3"}]
    report = bring_in(write_dump(tmp_path, Posts=posts, PostLinks=links, Comments=[{"Id": "1", "PostId": "99"}]))
    assert report.lines()[1:] == [
        "Left out: 1 accepted answers that are not in the dump.",
        "Left out: 1 answers to questions that are not in the dump.",
        "Left out: 1 comments on posts that were not imported.",
        "Left out: 1 duplicate marks between posts that are not both in the dump.",
        "Left out: 1 pages about tags and the like.",
    ]


def test_a_duplicate_leads_to_what_was_asked_before(tmp_path: Path) -> None:
    links = [
        {"PostId": "3", "RelatedPostId": "1", "LinkTypeId": "3"},
        {"PostId": "1", "RelatedPostId": "1", "LinkTypeId": "3"},
    ]
    repeat = {**QUESTION, "Id": "3", "ClosedDate": "2016-08-05T00:00:00.000", "AnswerCount": "1"}
    bring_in(write_dump(tmp_path, Posts=[QUESTION, repeat], PostLinks=links))
    question = Question.objects.get(duplicate_of__isnull=False)
    assert [status.key for status in question.statuses] == ["duplicate", "closed"]


def test_the_authors_markdown_is_taken_where_it_reads_the_same(tmp_path: Path) -> None:
    posts = [{**QUESTION, "Body": "<p><em>Dry</em>.</p>"}, {**ANSWER, "Body": "<h1>Two</h1>"}]
    history = [{"PostId": "1", "PostHistoryTypeId": "2", "Text": "Wet."},
               {"PostId": "1", "PostHistoryTypeId": "5", "Text": "_Dry_."},
               {"PostId": "2", "PostHistoryTypeId": "2", "Text": "#Two"}]  # fmt: skip
    bring_in(write_dump(tmp_path, Posts=posts, PostHistory=history))
    assert (Question.objects.get().text, Answer.objects.get().text) == ("_Dry_.", "# Two")


@pytest.mark.parametrize(
    "title", ["  a \n b ", "=1+1", "<b>x</b>", "\u202egnol", "😀" * 150, "x" * 151, "&amp;", "", "`a` *b*", "-"]
)
def test_odd_titles_are_only_text(tmp_path: Path, title: str, client: Any) -> None:
    bring_in(write_dump(tmp_path, Posts=[{**QUESTION, "Title": title}]))
    question = Question.objects.get()
    assert 1 <= len(question.title) <= 150
    assert client.get(question.get_absolute_url()).status_code == 200


def test_a_text_too_long_stays_whole_and_is_said(tmp_path: Path) -> None:
    body = "<p>" + "long " * 6_000 + "end</p>"
    report = bring_in(write_dump(tmp_path, Posts=[{**QUESTION, "Body": body}]))
    assert Question.objects.get().html.rstrip().endswith("end</p>")
    assert Question.objects.get().html.count("long") == 6_000
    assert "texts too long for this site, shown without their form" in " ".join(report.lines())


@pytest.mark.parametrize("text", ["yesterday", "2016-13-45T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59", ""])
def test_broken_dates_break_nothing(tmp_path: Path, text: str, client: Any) -> None:
    dates = dict.fromkeys(("CreationDate", "LastEditDate", "LastActivityDate", "ClosedDate"), text)
    bring_in(write_dump(tmp_path, Posts=[{**QUESTION, **dates}], Users=[{**USERS[0], "CreationDate": text}]))
    assert client.get(Question.objects.get().get_absolute_url()).status_code == 200


def test_rows_without_a_proper_number_are_left_out(tmp_path: Path) -> None:
    rows = [
        QUESTION,
        *({**QUESTION, "Id": odd} for odd in ("", "x", "9" * 90)),
        {"PostTypeId": "1"},
        {},
        {**ANSWER, "ParentId": ""},
    ]
    bring_in(write_dump(tmp_path, Posts=rows, Users=[{"DisplayName": "x"}], Comments=[{"PostId": "1"}]))
    assert (Question.objects.count(), Answer.objects.count()) == (1, 0)


def test_a_number_that_comes_twice_counts_once(tmp_path: Path) -> None:
    report = bring_in(write_dump(tmp_path, Posts=[QUESTION, {**QUESTION, "Title": "Again"}]))
    assert (Question.objects.get().title, report.left_out["questions whose number came before"]) == ("How long?", 1)


def test_odd_numbers_of_answers_break_nothing(tmp_path: Path) -> None:
    bring_in(write_dump(tmp_path, Posts=[{**QUESTION, "AnswerCount": "many"}]))
    assert Question.objects.get().answer_count == 0


def test_hostile_texts_are_only_text(tmp_path: Path) -> None:
    body = '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><b onclick=a>y</b>'
    bring_in(
        write_dump(
            tmp_path, Posts=[{**QUESTION, "Body": body, "Title": "<script>"}], Users=[{"Id": "7", "DisplayName": "<b>"}]
        )
    )
    html = Question.objects.get().html
    assert not any(word in html for word in ("script", "onerror", "onclick", "<img"))


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    links = [{"PostId": "3", "RelatedPostId": "1", "LinkTypeId": "3"}]
    write_dump(tmp_path, Posts=[ACCEPTED, ANSWER, {**QUESTION, "Id": "3"}], Users=USERS, PostLinks=links)
    bring_in(tmp_path)
    before = fingerprint()
    report = bring_in(tmp_path)
    assert fingerprint() == before
    assert report.known["questions"] == 2


def test_two_dumps_do_not_mix(tmp_path: Path) -> None:
    write_dump(tmp_path, Posts=[QUESTION, ANSWER], Users=USERS)
    bring_in(tmp_path, source="one")
    bring_in(tmp_path, source="two")
    assert (Question.objects.count(), User.objects.count(), Topic.objects.count()) == (2, 4, 1)


def test_the_command_names_what_is_wrong(tmp_path: Path, company: Company) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "Posts.xml").write_text("<posts>\n<row")
    write_dump(tmp_path, Posts=[QUESTION], Users=USERS)
    wrong = {
        ("missing",): "missing: does not exist.",
        ("Posts.xml",): "Posts.xml: is not a folder.",
        ("empty",): "empty: has no Posts.xml and no Posts.xml.xz.",
        ("", "--staff", "Cleo"): "Users.xml: nobody is called 'Cleo'.",
        ("cut",): "cut/Posts.xml, line 2: not well-formed XML (unclosed token)."
        " What was read before is kept; mend the file and start again.",
    }
    for (folder, *options), sentence in wrong.items():
        with pytest.raises(CommandError) as failure:
            call_command("import_stackexchange", tmp_path / folder, *options, verbosity=0)
        assert str(failure.value) == f"{tmp_path}/{sentence}"
    assert not Question.objects.exists()


def test_postgresql_knows_how_much_came_in(tmp_path: Path) -> None:
    """It counts by itself only now and then; with the old count it reads whole tables for every row of another."""
    answers = [{**ANSWER, "Id": str(number)} for number in range(10, 60)]
    bring_in(write_dump(tmp_path, Posts=[QUESTION, *answers]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'forum_answer'")
            assert cursor.fetchone() == (50,)
    assert Question.objects.get().answer_count == 50
