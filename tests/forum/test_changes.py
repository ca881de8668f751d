"""The number that tells whether a kept page is still right: another one after each write, by whatever way."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction

from accounts.models import User
from forum import changes
from forum.models import Question
from tests.factories import make_answer, make_question, make_topic


def counted_tables() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_change_insert'")
        else:
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_change'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_table_counts_that_is_not_known_to_be_seen_by_nobody() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert counted_tables() == tables - changes.UNSEEN
    assert tables >= changes.UNSEEN


@pytest.mark.django_db
def test_a_table_that_a_migration_made_anew_counts_again() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER forum_topic_change_update")
            cursor.execute("DROP TRIGGER forum_topic_change_insert")
        else:
            cursor.execute("DROP TRIGGER forum_topic_change ON forum_topic")
    assert "forum_topic" not in counted_tables()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert "forum_topic" in counted_tables()
    before = changes.number()
    make_topic("Another", "another").delete()
    assert (changes.number() or 0) > (before or 0)


@pytest.mark.django_db(transaction=True)
def test_the_number_is_another_one_after_each_write_and_no_other(ann: User) -> None:
    question = make_question(ann)
    before = changes.number()
    assert before is not None
    assert changes.number() == before
    for write in (
        lambda: Question.objects.filter(pk=question.pk).update(title="Another"),
        lambda: make_answer(question, ann),
        lambda: question.answers.all().delete(),
    ):
        write()
        now = changes.number()
        assert now is not None
        assert now > before
        before = now


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_leaves_the_number_right(ann: User) -> None:
    question = make_question(ann)
    before = changes.number()
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            Question.objects.update(title="Taken back")
            _ = 1 / 0
        Question.objects.update(title="Kept")
        Question.objects.update(text="Kept as well")
    assert (changes.number() or 0) > (before or 0)
    after = changes.number()
    with suppress(ZeroDivisionError), transaction.atomic():
        question.delete()
        _ = 1 / 0
    assert changes.number() == after


@pytest.mark.django_db(transaction=True)
def test_the_rows_of_many_writes_are_put_together(ann: User) -> None:
    question = make_question(ann)
    before = changes.number()
    for number in range(90):
        Question.objects.filter(pk=question.pk).update(metoo_count=number)
    assert changes.number() == (before or 0) + 90
    with transaction.atomic():
        for number in range(90):
            Question.objects.filter(pk=question.pk).update(metoo_count=number)
    if connection.vendor == "postgresql":
        assert changes.number() == (before or 0) + 91
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM forum_change")
        assert cursor.fetchone()[0] <= 40
