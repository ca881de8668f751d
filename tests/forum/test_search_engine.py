"""Finding what was asked and answered before, whatever is typed, and nothing that is not shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone, translation

from accounts.models import User
from forum.actions.questions import ask
from forum.models import Question
from forum.search import SearchPage, search, similar
from forum.search.documents import index_questions
from forum.search.engine import SHOWN
from forum.search.wanted import MOST
from moderation.actions.decisions import hide
from tests.factories import make_answer, make_faq, make_question, make_topic

VISITOR = AnonymousUser()
HOSTILE = ["'", '"', "%", "_", "\\", "\x00", "a\x00b", "\ud800", "(((", "' OR 1=1 --", "%%%___", "NEAR/3 *", "ſoap",
           "🧼🧼🧼", "NOT soap", "soap AND", "xsoap:* & !(", "a" * 40 + "!" * 40 + "*" * 40, "-'-'-&.&.",
           "ﷺ" * 200]  # fmt: skip


def titles(page: SearchPage) -> list[str]:
    return [str(hit.found.title) for hit in [*page.faq, *page.questions]]


def test_every_word_must_be_there(ann: User) -> None:
    make_question(ann, "Soap for dry skin")
    make_question(ann, "Soap for oily skin")
    assert titles(search("dry soap", user=VISITOR)) == ["Soap for dry skin"]


def test_the_faq_stands_first_and_hits_in_the_title_before_hits_in_the_text(ann: User, stella: User) -> None:
    make_question(ann, "Something else", text="It is about lavender.")
    make_question(ann, "Lavender soap", last_activity_at=timezone.now() - timedelta(days=9))
    make_faq(stella, "Where does lavender grow?")
    assert titles(search("lavender", user=VISITOR)) == ["Where does lavender grow?", "Lavender soap", "Something else"]


def test_the_readers_language_comes_first_in_the_faq(stella: User) -> None:
    make_faq(stella, "Lavender in German", language="de")
    make_faq(stella, "Lavender in English")
    with translation.override("de"):
        assert titles(search("lavender", user=VISITOR))[0] == "Lavender in German"


@pytest.mark.parametrize("typed", ["öl", "Öl", "ÖL", "Olivenöl"])
def test_umlauts_are_found_in_either_case(ann: User, typed: str) -> None:
    make_question(ann, "Öle: ist Olivenöl drin? OLIVENÖL?")
    assert len(titles(search(typed, user=VISITOR))) == 1


def test_one_soap_finds_soaps_and_seifen_find_seife(ann: User) -> None:
    make_question(ann, "Which soap floats? Welche Seife schwimmt?")
    assert titles(search("soaps", user=VISITOR)) == titles(search("Seifen", user=VISITOR)) != []


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Rückgabe", "Ruckgabe"), ("Rueckgabe", "Die Rückgaben"), ("grosse Straße", "Große Strassen"),
        ("e-mail-adresse", "Email Adresse"), ("email", "Meine E-Mail"), ("Adresse", "E-Mail-Adresse"),
        ("schutz", "Datenschutzerklärung"), ("versicherung", "Haftpflichtversicherungsschein"),
        ("c++", "C++ oder C#"), ("Привет", "Привет мир"), ("日本", "日本語"), ("FAQ", "ＦＡＱ"),
        ("iphone-14", "iPhone 14"),
        ("passwort", "Passwörter"), ("0815", "Charge 0815-A"),
    ],
)  # fmt: skip
def test_words_are_found_in_whatever_form_they_stand(ann: User, typed: str, text: str) -> None:
    """The same on both databases, since neither has a part in it."""
    ask(author=ann, topic=make_topic(), title="Etwas", text=text, language="de")
    assert titles(search(typed, user=VISITOR)) == ["Etwas"]


def test_a_short_word_is_no_part_of_what_holds_its_letters_by_chance(ann: User) -> None:
    for title in ("Geht das automatisch?", "Starkes Aroma", "Rundes Hundeshampoo", "Bratoma"):
        ask(author=ann, topic=make_topic(), title=title, text="Etwas zum Besuch.", language="de")
    assert titles(search("darf ich meine Oma besuchen", user=VISITOR)) == ["Bratoma"]
    assert titles(search("Hund", user=VISITOR)) == ["Rundes Hundeshampoo"]
    assert search("Kunde", user=VISITOR).suggestion == ""
    assert search("rudnes", user=VISITOR).suggestion == "rundes"


def test_an_excerpt_is_of_the_answer_where_that_has_the_words(ann: User, stella: User) -> None:
    make_answer(make_question(ann, "How long?"), stella, "Store it with **lavenders** and <b>care</b>.")
    assert "<mark>lavenders</mark>" in search("lavender", user=VISITOR).questions[0].excerpt


def test_what_a_hidden_answer_says_finds_nothing(ann: User, stella: User, moritz: User) -> None:
    answer = make_answer(make_question(ann), stella, "canary")
    assert not search("canary", user=VISITOR).is_empty
    hide(target=answer, by=moritz, rule="insult", reason="An example.")
    assert search("canary", user=VISITOR).is_empty


def test_the_wildcards_of_the_database_are_plain_signs(ann: User) -> None:
    make_question(ann, "Soap with 100 % olive oil")
    assert search("so_p", user=VISITOR).is_empty
    assert search("%", user=VISITOR).is_empty


@pytest.mark.parametrize("typed", [*HOSTILE, "x" * 10_000, "a " * 5_000, "", "   "])
def test_nothing_typed_breaks_the_search(ann: User, typed: str) -> None:
    make_question(ann)
    assert len(search(typed, user=VISITOR).q) <= 200
    assert isinstance(similar(typed, user=VISITOR), list)


@pytest.mark.parametrize("after", ["t.", "x.", "x", "t.9-", "t.99999999999999999-a", "x.-1-b", "\x00", "q" * 999])
def test_a_broken_cursor_begins_at_the_start(ann: User, after: str) -> None:
    make_question(ann, "Soap")
    assert titles(search("soap", user=VISITOR, after=after)) in ([], ["Soap"])


@pytest.mark.parametrize("in_title", [5, SHOWN, SHOWN + 5])
def test_paging_shows_each_question_once(ann: User, in_title: int) -> None:
    for number in range(2 * SHOWN + 5):
        make_question(ann, "Lavender" if number < in_title else "Other", text="About lavender.")
    seen, after = [], ""
    while page := search("lavender", user=VISITOR, after=after):
        seen += [hit.found.pk for hit in page.questions]
        if not (after := page.next_cursor):
            break
    assert len(seen) == len(set(seen)) == 2 * SHOWN + 5


def test_the_faq_alone_is_paged_too(stella: User) -> None:
    for number in range(SHOWN + 5):
        make_faq(stella, f"Lavender {number}")
    first = search("lavender", user=VISITOR, kind="faq")
    second = search("lavender", user=VISITOR, kind="faq", after=first.next_cursor)
    assert (len(first.faq), len(second.faq), second.next_cursor) == (SHOWN, 5, "")
    assert len({*titles(first), *titles(second)}) == SHOWN + 5
    assert len(search("lavender", user=VISITOR).faq) == 5


def test_where_the_newest_end_the_page_says_so(ann: User, client: Client) -> None:
    of = make_question(ann, "Lavender")
    fields = {"topic": of.topic, "author": ann, "slug": "lavender", "title": "Lavender"}
    made = Question.objects.bulk_create([Question(**fields) for _ in range(MOST + 9)])
    index_questions([question.pk for question in made])
    seen, after = 0, ""
    while page := search("lavender", user=VISITOR, after=after):
        seen += len(page.questions)
        assert page.is_cut == (not page.next_cursor)
        if page.is_cut:
            break
        after = page.next_cursor
    assert seen == MOST
    assert "Only the newest finds" in client.get("/search/", {"q": "lavender", "after": after}).text
    assert "Only the newest finds" not in client.get("/search/", {"q": "lavender"}).text


def test_only_one_kind_or_topic_when_wished(ann: User, stella: User) -> None:
    make_question(ann, "Soap asked", topic=make_topic("Courses", "courses"))
    make_faq(stella, "Soap answered")
    assert titles(search("soap", user=VISITOR, kind="faq")) == ["Soap answered"]
    assert titles(search("soap", user=VISITOR, kind="question")) == ["Soap asked"]
    assert titles(search("soap", user=VISITOR, topic=make_topic("Courses", "courses"))) == ["Soap asked"]


def test_ben_finds_nothing_that_is_held_hidden_deleted_or_a_draft(ann: User, ben: User, stella: User) -> None:
    for fact in ("held_at", "hidden_at", "deleted_at"):
        make_question(ann, "Soap canary", **{fact: timezone.now()})
    make_faq(stella, "Soap canary", published=False)
    make_faq(stella, "Soap canary", retired_at=timezone.now())
    for person in (VISITOR, ben):
        assert search("canary", user=person).is_empty
        assert similar("soap canary", user=person) == []


def test_ann_finds_her_own_question_while_it_is_reviewed(ann: User) -> None:
    make_question(ann, "Soap", held_at=timezone.now())
    assert titles(search("soap", user=ann)) == ["Soap"]


def test_titles_and_excerpts_are_escaped_and_words_are_marked(ann: User) -> None:
    make_question(ann, "<b>Soaps</b>", text="Start <script>alert(1)</script> **soap** & more")
    hit = search("soap", user=VISITOR).questions[0]
    assert hit.title == "&lt;b&gt;<mark>Soaps</mark>&lt;/b&gt;"
    assert "<script" not in hit.excerpt
    assert "<mark>soap</mark> &amp; more" in hit.excerpt


def test_an_excerpt_reads_as_the_text_does(ann: User) -> None:
    make_question(ann, "Palm oil?", text="Is **every**, also the [lilac](https://example.org/), without it?")
    (hit,) = search("lilac", user=ann).questions
    assert hit.excerpt == "Is every, also the <mark>lilac</mark>, without it?"


def test_the_excerpt_shows_the_place_of_the_hit_in_a_long_text(ann: User) -> None:
    make_question(ann, "Title", text="word " * 1_000 + "lavender " + "word " * 1_000)
    excerpt = search("lavender", user=VISITOR).questions[0].excerpt
    assert "<mark>lavender</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 260


def test_similar_ones_are_ranked_by_the_number_of_words(ann: User, stella: User) -> None:
    make_faq(stella, "How do I store soap?")
    make_question(ann, "How long does lavender soap last?")
    make_question(ann, "Shipping to Austria")
    found = similar("Does lavender soap keep long?", user=VISITOR)
    assert [one.title for one in found] == ["How long does lavender soap last?", "How do I store soap?"]


def test_similar_ones_share_more_than_one_common_word_of_a_long_title(ann: User) -> None:
    make_question(ann, "Order soap")
    assert similar("Parcel damaged, half of the order missing", user=VISITOR) == []


def test_a_title_of_small_words_is_like_nothing(ann: User) -> None:
    make_question(ann, "What is this?", text="and how about that")
    assert similar("How is it, and what?", user=VISITOR) == []


def test_queries_stay_the_same_however_much_is_found(ann: User, django_assert_max_num_queries) -> None:
    for number in range(30):
        make_question(ann, f"Soap {number}")
    with django_assert_max_num_queries(3):
        search("soap", user=VISITOR)
    with django_assert_max_num_queries(3):
        assert len(similar("soap question", user=VISITOR, limit=3)) == 3
