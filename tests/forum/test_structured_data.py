"""What search engines read beside a page has the shapes that Google documents, and says nothing the page does not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.actions.answers import edit_answer
from forum.actions.questions import set_unnamed
from forum.models import Answer, Helpful
from tests.factories import make_accepted, make_answer, make_comment, make_faq, make_question, make_topic

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]
BASE = "https://ask.example.com"
# After https://developers.google.com/search/docs/appearance/structured-data/qapage, …/faqpage and …/breadcrumb
# (their tables of properties, read on 2026-11-26). "!" is required, "+" recommended, "?" recommended where there is
# such a thing. Of what is recommended for posts we leave out image and video, which no page of ours needs.
SHAPES: dict[str, dict[str, Any]] = {
    "QAPage": {"mainEntity!": "Asked"},
    "Asked": {
        "@type": "Question", "name!": str, "answerCount!": int,
        "acceptedAnswer?": ["Given"], "suggestedAnswer?": ["Given"],
        "text?": str, "author+": "Person", "datePublished+": datetime, "dateModified?": datetime, "upvoteCount+": int,
        "commentCount?": int, "comment?": ["Said"], "url?": "address", "inLanguage?": str,
    },
    "Given": {
        "@type": "Answer", "text!": str, "url+": "address", "author+": "Person", "datePublished+": datetime,
        "dateModified?": datetime, "upvoteCount+": int, "commentCount?": int, "comment?": ["Said"],
    },
    "Said": {
        "@type": "Comment", "text!": str, "author+": "Person", "datePublished+": datetime, "dateModified?": datetime,
    },
    "Person": {"name!": str, "url?": "address", "worksFor?": "Organization"},
    "Organization": {"name!": str},
    "FAQPage": {"mainEntity!": ["Frequent"]},
    "Frequent": {"@type": "Question", "name!": str, "acceptedAnswer!": "Told"},
    "Told": {"@type": "Answer", "text!": str},
    "BreadcrumbList": {"itemListElement!": ["ListItem"]},
    "ListItem": {"position!": int, "name!": str, "item!": "address"},
}  # fmt: skip


def faults(data: Any, shape: Any, at: str = "") -> Iterator[str]:
    """What is missing, left over, or of another kind than the shape says."""
    if isinstance(shape, list):
        assert isinstance(data, list), at
        for number, one in enumerate(data):
            yield from faults(one, shape[0], f"{at}[{number}]")
    elif shape == "address":
        yield from [] if re.fullmatch(rf"{BASE}/[\w/#?=-]*", data) else [f"{at}: {data} is no address of ours"]
    elif shape is datetime:
        assert datetime.fromisoformat(data).tzinfo, at
    elif isinstance(shape, type):
        yield from [] if type(data) is shape and data != "" else [f"{at}: {data!r}"]
    else:
        yield from _faults_of_thing(data, shape, at)


def _faults_of_thing(data: dict[str, Any], name: str, at: str) -> Iterator[str]:
    shape = {key: value for key, value in SHAPES[name].items() if key != "@type"}
    if data.get("@type") != SHAPES[name].get("@type", name):
        yield f"{at}: {data.get('@type')} instead of {name}"
    yield from (f"{at}.{key[:-1]} is missing" for key in shape if key[-1] in "!+" and key[:-1] not in data)
    known = {key[:-1] for key in shape}
    yield from (f"{at}.{key} is not documented" for key in data if key not in known | {"@type", "@context"})
    for key, kind in shape.items():
        if key[:-1] in data:
            yield from faults(data[key[:-1]], kind, f"{at}.{key[:-1]}")


def found(client: Client, path: str) -> dict[str, dict[str, Any]]:
    """The data of a page by their kinds, each of them as Google wants it."""
    page = client.get(path)
    assert page.status_code == 200, path
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    data = {one["@type"]: one for one in map(json.loads, scripts)}
    assert len(data) == len(scripts)
    assert [fault for kind, one in data.items() for fault in faults(one, kind, kind)] == []
    assert all(one["@context"] == "https://schema.org" for one in data.values())
    if asked := data.get("QAPage", {}).get("mainEntity"):
        # So many at least are there, and one at least is there where there are any.
        assert (asked["answerCount"] > 0) is ("acceptedAnswer" in asked or "suggestedAnswer" in asked)
    if trail := data.get("BreadcrumbList"):
        assert [step["position"] for step in trail["itemListElement"]] == [*range(1, len(trail["itemListElement"]) + 1)]
        assert len(trail["itemListElement"]) > 1
    return data


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.BASE_URL = BASE


def test_a_question_is_told_with_its_answers(client: Client, ann: User, ben: User, stella: User) -> None:
    question = make_question(ann, text="Mine is **a year** old & dry.")
    accepted, other = make_accepted(question, stella, by=ann), make_answer(question, ben, "Mine held `longer`.")
    edit_answer(answer=other, editor=ben, text="Mine held longer.")
    Helpful.objects.create(answer=accepted, user=ben)
    Answer.objects.filter(pk=accepted.pk).update(helpful_count=1)
    data = found(client, question.get_absolute_url())
    asked = data["QAPage"]["mainEntity"]
    assert (asked["name"], asked["text"]) == ("How long does soap last?", "Mine is a year old & dry.")
    assert (asked["answerCount"], asked["upvoteCount"]) == (2, 0)
    assert asked["author"] == {"@type": "Person", "name": "ann", "url": f"{BASE}/people/ann/"}
    [given], [suggested] = asked["acceptedAnswer"], asked["suggestedAnswer"]
    assert given["url"] == f"{BASE}{question.get_absolute_url()}#a-{accepted.public_id}"
    assert given["upvoteCount"] == 1
    assert given["author"] == {
        "@type": "Person", "name": "Stella Stern", "url": f"{BASE}/team/stella/",
        "worksFor": {"@type": "Organization", "name": "Quellmoos"},
    }  # fmt: skip
    assert suggested["text"] == "Mine held longer."
    assert suggested["dateModified"] > suggested["datePublished"]
    trail = [(step["name"], step["item"]) for step in data["BreadcrumbList"]["itemListElement"]]
    assert trail == [
        ("Quellmoos", f"{BASE}/"), ("Questions", f"{BASE}/q/"), ("Soap", f"{BASE}/t/soap/"),
        (question.title, f"{BASE}{question.get_absolute_url()}"),
    ]  # fmt: skip


def test_a_question_without_an_answer_is_told_too(client: Client, ann: User) -> None:
    question = make_question(ann)
    set_unnamed(question=question, on=True)
    asked = found(client, question.get_absolute_url())["QAPage"]["mainEntity"]
    assert asked["answerCount"] == 0
    assert asked["author"] == {"@type": "Person", "name": "A customer"}
    assert "noindex" not in client.get(question.get_absolute_url()).text


def test_what_is_removed_or_reviewed_is_not_told(client: Client, ann: User, ben: User, moritz: User) -> None:
    question = make_question(ann)
    make_answer(question, ben, "It stays.")
    removed = make_answer(question, ben, "canary one")
    removed.hide(by=moritz, rule="insult", reason="No.", at=timezone.now())
    make_answer(question, ben, "canary two", held_at=timezone.now(), held_edit=True)
    make_answer(question, ben, "canary three", held_at=timezone.now())
    data = found(client, question.get_absolute_url())
    assert [one["text"] for one in data["QAPage"]["mainEntity"]["suggestedAnswer"]] == ["It stays."]
    assert "canary" not in json.dumps(data)


def test_comments_are_told_and_counted(client: Client, ann: User, ben: User, stella: User, moritz: User) -> None:
    question = make_question(ann)
    answer = make_answer(question, stella, "Two years.")
    make_comment(answer, ann, "In the bath as well?")
    for number in range(7):
        make_comment(question, ben, f"Remark {number}")
    make_comment(question, ben, "canary").hide(by=moritz, rule="insult", reason="No.", at=timezone.now())
    data = found(client, question.get_absolute_url())["QAPage"]["mainEntity"]
    assert (data["commentCount"], [one["text"] for one in data["comment"]]) == (7, [f"Remark {n}" for n in range(5)])
    [suggested] = data["suggestedAnswer"]
    assert (suggested["commentCount"], suggested["comment"][0]["author"]["name"]) == (1, "ann")
    assert "canary" not in json.dumps(data)


def test_a_text_is_told_whole_or_not_at_all(client: Client, ann: User, ben: User, stella: User) -> None:
    """Half a text may not be shown, says the documentation; how many there are is told in any case."""
    long = "Soap lasts long. " * 1_100
    question = make_question(ann)
    for text in (long, "Short.", long, "Brief."):
        make_answer(question, ben, text)
    data = found(client, question.get_absolute_url())["QAPage"]["mainEntity"]
    assert [one["text"] for one in data["suggestedAnswer"]] == [long.strip(), "Short.", "Brief."]
    assert (data["answerCount"], "text" in data) == (4, True)
    for number in range(3):
        make_faq(stella, f"How long, number {number}?", text=long if number < 2 else "Two years.")
    told = found(client, "/faq/")["FAQPage"]["mainEntity"]
    assert [one["name"] for one in told] == ["How long, number 0?", "How long, number 2?"]


def test_no_words_end_the_data_or_begin_a_script(client: Client, ann: User) -> None:
    title = '</script><script>alert("1")</script> & \u2028 <!--'
    question = make_question(ann, title, text="Is `</script>` a > b? ![x > y](/media/none.webp)")
    page = client.get(question.get_absolute_url()).text
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert [re.search(r"[<>&\u2028]", one) for one in data] == [None, None]
    asked = json.loads(data[0])["mainEntity"]
    assert asked["name"] == question.title
    assert asked["text"].startswith("Is </script> a > b?")


def test_the_faq_is_told_on_its_page_its_topics_and_each_entrys_own(client: Client, stella: User) -> None:
    entry = make_faq(stella, text="Two *years*.")
    quiet = make_topic("Quiet", "quiet", channel="private", discreet=True, staff=[stella])
    hidden = make_faq(stella, "canary", topic=quiet)
    for path, steps in (("/faq/", 2), ("/faq/?topic=soap", 3), ("/t/soap/", 2), (entry.get_absolute_url(), 4)):
        data = found(client, path)
        [frequent] = data["FAQPage"]["mainEntity"]
        assert (frequent["name"], frequent["acceptedAnswer"]["text"]) == ("How long does soap last?", "Two years.")
        assert len(data["BreadcrumbList"]["itemListElement"]) == steps
    for path in (hidden.get_absolute_url(), f"/faq/?topic={quiet.pk}", f"/private/topic/{quiet.pk}/", "/t/none/"):
        assert "ld+json" not in client.get(path).text, path


def test_only_visitors_pages_tell_it_and_no_more_is_asked_for_it(
    client: Client, login: Login, ann: User, ben: User, django_assert_max_num_queries: Any
) -> None:
    question = make_question(ann)
    for number in range(30):
        make_answer(question, ben, f"Number {number}")
    assert "ld+json" not in login(ann).get(question.get_absolute_url()).text
    with django_assert_max_num_queries(6):
        asked = found(client, question.get_absolute_url())["QAPage"]["mainEntity"]
    assert (asked["answerCount"], len(asked["suggestedAnswer"])) == (30, 20)
