"""Whatever is written, the index says at once what an index made anew would say; and it can be made anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from accounts.erasure import erase_account
from accounts.jobs import work_due
from accounts.models import User
from forum.actions.answers import accept_answer, edit_answer, undo_acceptance
from forum.actions.duplicates import link, unlink
from forum.actions.faq import edit_entry, promote_to_faq, publish_entry, restore_entry, retire_entry, version_of_entry
from forum.actions.faq_merging import merge_entries, undo_merge
from forum.actions.going_public import publish, withdraw_publication
from forum.actions.merging import merge, unmerge
from forum.actions.questions import close_question, edit_question, reopen_question
from forum.models import FaqDocument, FaqEntry, PublicConsent, Question, QuestionDocument, SearchWord, Under
from forum.search import search, similar
from forum.search.reindexing import index_all
from forum.search.tables import TABLES
from moderation.actions.decisions import hide, release, restore
from moderation.actions.redactions import redact
from tests.factories import make_accepted, make_answer, make_comment, make_faq, make_question, make_topic
from tests.publishing import make_room, offered, read

VISITOR = AnonymousUser()


def index() -> tuple[set[tuple[object, ...]], set[str]]:
    """All documents, and all words."""
    documents: set[tuple[object, ...]] = {
        ("q", *row) for row in QuestionDocument.objects.values_list("pk", "head", "tokens")
    }
    documents |= {("f", *row) for row in FaqDocument.objects.values_list("pk", "head", "tokens")}
    return documents, set(SearchWord.objects.exclude(stem=SearchWord.ALL).values_list("stem", flat=True))


def anew() -> tuple[set[tuple[object, ...]], set[str]]:
    for model in (QuestionDocument, FaqDocument, SearchWord):
        model.objects.all().delete()
    index_all()
    return index()


def life(ann: User, ben: User, stella: User, moritz: User) -> Iterator[str]:
    """Every way in which something comes into the index, changes there, and leaves it."""
    question = make_question(ann, "Does lavender soap last?", text="Bought in summertime.")
    yield "asked"
    edit_question(question=question, editor=ann, title="Does rosemary soap last?", text="Bought in autumn.",
                  topic=make_topic("Hair", "hair"))  # fmt: skip
    yield "edited, and moved to another topic"
    answer = make_answer(question, stella, "Keep it drysilver.")
    yield "answered"
    edit_answer(answer=answer, editor=stella, text="Keep it drygolden.")
    yield "the answer edited"
    accept_answer(answer=answer, by=ann)
    yield "accepted"
    undo_acceptance(answer=answer, by=ann)
    yield "acceptance undone"
    make_comment(answer, ben, "Mine tooverde.")
    yield "commented"
    hide(target=answer, by=moritz, rule="insult", reason="An example.")
    yield "the answer hidden"
    restore(target=answer, by=moritz, reason="A mistake.")
    yield "the answer restored"
    close_question(question=question, by=stella, reason="Settled.")
    yield "closed"
    reopen_question(question=question)
    yield "opened again"
    hide(target=question, by=moritz, rule="insult", reason="An example.")
    yield "the question hidden"
    question.refresh_from_db()
    restore(target=question, by=moritz, reason="A mistake.")
    yield "the question restored"
    yield from _held(ann, ben, moritz)
    yield from _joined(question, ben, stella)
    yield from _faq(make_accepted(question, stella, ann), stella, moritz)
    yield from _published(ann, stella)
    redact(post=answer, by=stella, words=["drygolden", "rosemary"])
    yield "words taken out"
    erase_account(user=ben, keep_posts=False)
    while work_due():
        pass
    yield "an account erased"


def _held(ann: User, ben: User, moritz: User) -> Iterator[str]:
    links = " ".join(f"https://example.invalid/{number}" for number in range(9))
    doubtful = make_question(ben, "Buy heldcopper soap?", text=links)
    assert doubtful.is_held
    yield "held"
    release(post=doubtful, by=moritz, reason="Fine.")
    yield "released"
    answer = make_answer(doubtful, ann, f"See {links}")
    assert answer.is_held
    release(post=answer, by=moritz, reason="Fine.")
    yield "an answer released"


def _joined(original: Question, ben: User, stella: User) -> Iterator[str]:
    again = make_question(ben, "Will chamomile soap keep?", text="Asked in springtide.", topic=original.topic)
    make_answer(again, stella, "Keep it in a tinbox.")
    link(question=again, original=original, by=stella, reason="The same.")
    yield "marked as asked before"
    unlink(question=again, by=stella)
    yield "not asked before after all"
    merge(question=again, original=original, by=stella, reason="The same.")
    yield "merged"
    unmerge(question=again, by=stella, reason="A mistake.")
    yield "taken apart"


def _merged(entry: FaqEntry, stella: User) -> Iterator[str]:
    other = make_faq(stella, "Does bluebell soap dry out?")
    merge_entries(entry=other, into=FaqEntry.objects.get(pk=entry.pk), by=stella)
    yield "an entry merged"
    undo_merge(entry=other)
    yield "the entry by itself again"


def _faq(answer: object, stella: User, moritz: User) -> Iterator[str]:
    entry = promote_to_faq(answer=answer, by=stella)  # type: ignore[arg-type]
    publish_entry(entry=entry, by=stella)
    yield "an entry published"
    entry.title = "How long does bluebell soap last?"
    edit_entry(entry=entry, by=stella, text="Two yearlings.", version=version_of_entry(entry))
    yield "the entry edited"
    retire_entry(entry=entry)
    yield "the entry retired"
    restore_entry(entry=entry, by=stella)
    yield "the entry brought back"
    hide(target=entry, by=moritz, rule="insult", reason="An example.")
    yield "the entry hidden"
    restore(target=FaqEntry.objects.get(pk=entry.pk), by=moritz, reason="A mistake.")
    yield "the entry restored"
    yield from _merged(entry, stella)


def _published(ann: User, stella: User) -> Iterator[str]:
    for kind in ("question", "faq"):
        room = make_room(ann, stella)
        offered(room, stella, kind)
        publish(draft=read(room), words=read(room).words, version=read(room).version, under=Under.NICKNAME)
        yield f"{kind} made of a private conversation"
        withdraw_publication(consent=PublicConsent.objects.get(conversation=room))
        yield f"{kind} taken back"


def test_after_each_write_the_index_is_as_if_made_anew(ann: User, ben: User, stella: User, moritz: User) -> None:
    steps = 0
    for step in life(ann, ben, stella, moritz):
        written = index()
        assert written == anew(), step
        steps += 1
    assert steps > 25


def test_reindex_mends_whatever_became_of_the_index(ann: User, stella: User) -> None:
    question = make_question(ann, "Does lavender soap last?")
    make_faq(stella, "Where does lavender grow?")
    whole = index()
    QuestionDocument.objects.filter(pk=question.pk).update(tokens="vpublic xwrong")
    FaqDocument.objects.all().delete()
    QuestionDocument.objects.create(question_id=question.pk + 1_000, head="tgone", tokens="vpublic xgone")
    call_command("reindex", verbosity=0)
    assert index() == whole
    assert [hit.found for hit in search("lavender", user=VISITOR).questions] == [question]


def test_an_upgraded_site_says_that_the_index_is_to_come(ann: User) -> None:
    question = make_question(ann, "Does lavender soap last?")
    QuestionDocument.objects.all().delete()
    SearchWord.objects.create(stem=SearchWord.ALL, documents=SearchWord.NOT_BUILT)
    page = search("anything else", user=VISITOR)
    assert (page.is_plain, [hit.found for hit in page.questions]) == (True, [question])
    call_command("reindex", if_due=True, verbosity=0)
    assert not search("lavender", user=VISITOR).is_plain
    call_command("reindex", if_due=True, verbosity=0)
    assert search("lavender", user=VISITOR).questions


@pytest.mark.django_db(transaction=True)
def test_without_an_index_there_is_a_plain_list(ann: User, client: object) -> None:
    question = make_question(ann, "Does lavender soap last?")
    _break_index()
    try:
        page = search("lavender", user=VISITOR)
        assert (page.is_plain, [hit.found for hit in page.questions]) == (True, [question])
        assert client.get("/search/?q=lavender").status_code == 200  # type: ignore[attr-defined]
        assert similar("lavender", user=VISITOR) == []
    finally:
        call_command("reindex", verbosity=0)
    assert not search("lavender", user=VISITOR).is_plain
    assert Question.objects.public().exists()


def _break_index() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            of_postgresql = f"ALTER TABLE {table} DROP COLUMN vector"
            cursor.execute(f"DROP TABLE {table}_index" if connection.vendor == "sqlite" else of_postgresql)
