"""Walks around the building: every address of the resolver, as everybody, looking for what should not show."""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.mail import deliver_due
from accounts.models import Role, StaffCard, User
from forum import receipt_code
from forum.models import Question
from tests.canaries import LURE, Cast, Planted, plant
from tests.factories import CODE, PASSWORD

# Addresses whose GET changes something or that belong to nobody's reading.
LEFT_OUT = re.compile(r"^(?:admin/(?:logout|jsi18n)|static/|account/logout)")
# Values for parameters that do not name a planted thing.
FIXED = {
    "kind": ["question", "answer", "comment", "faq"],
    "page": ["imprint", "privacy", "house-rules", "service-hours"],
    "path": ["portraits/none.webp"],
    "object_id": ["1"],
    "number": ["1", "2"],
    "code": ["7k3qm", "zzzzz"],
    "form": ["svg", "pdf"],
    "app_label": ["forum", "accounts", "moderation"],
    "content_type_id": ["1"],
    "key": ["none"],
    "uidb36": ["1"],
    "url": ["none"],
}
# The same parameter name means another thing in another part of the house: what, by the first matching prefix.
MEANS = {
    "public_id": (
        ("q/", "question"),
        ("a/", "answer"),
        ("c/", "comment"),
        ("moderation/", "notice"),
        ("account/", "export"),
    ),
    "token": (("private/helped/", "rating"), ("faq-objection/", "objection"), ("account/", "token")),
    "pk": (
        ("private/published/", "consent"),
        ("private/topic/", "topic_pk"),
        ("desk/notes/", "note"),
        ("desk/replies/", "reply"),
        ("desk/faq/", "pk"),
        ("faq/helpful/", "pk"),
    ),
    "slug": (("t/", "topic"), ("faq/", "faq"), ("team/", "card")),
}
# Pages that look for words or take a draft from the address.
SEARCHES = re.compile(r"^/(?:$|search/|complete/|ask/|q/$|faq/$|private/(?:new|receipt)/|desk/(?:faq/|private/)?$)")
# The code of a receipt as its page shows it.
SHOWN = receipt_code.grouped(CODE)
POSTS = ("question", "answer", "comment", "faq")
QUERIES = (
    f"?q={LURE}",
    f"?q={LURE}&kind=link",
    "?q=canary&kind=name",
    f"?title={LURE}&topic=quiet",
)


@pytest.fixture
def cast(ann: User, ben: User, stella: User, moritz: User, olga: User) -> Cast:
    sami = User.objects.create_user("sami", "sami@example.org", PASSWORD, role=Role.STAFF)
    StaffCard.objects.create(user=sami, slug="sami", name="Sami Sand", role_title="Advice", sign_off="Yours, Sami")
    return Cast(ann, ben, stella, sami, moritz, olga)


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    for part in resolver.url_patterns:
        route = prefix + re.sub(r"^\^|\\Z$|\$$", "", str(part.pattern))
        if isinstance(part, URLResolver):
            yield from routes(part, route)
        elif isinstance(part, URLPattern):
            yield route, re.findall(r"<(?:\w+:)?(\w+)>", route)


def values_for(route: str, name: str, planted: Planted) -> list[str]:
    """What to put in the place of a parameter; an unknown one fails the walk."""
    meant = next((thing for prefix, thing in MEANS.get(name, ()) if route.startswith(prefix)), name)
    known = planted.args.get(meant) or FIXED.get(name)
    assert known, f"/{route}: tests/test_visibility.py has no value for <{name}>"
    return sorted(known)


def addresses(planted: Planted) -> Iterator[list[str]]:
    """Of every route its paths, with every planted value in its place, and each question under its own words.

    Under others it redirects.
    """
    slugs = dict(Question.objects.values_list("public_id", "slug"))
    for route, names in routes(get_resolver()):
        if LEFT_OUT.match(route):
            continue
        if names[:2] == ["kind", "target_id"]:
            rest = [values_for(route, name, planted)[0] for name in names[2:]]
            yield [filled(route, (kind, target, *rest)) for kind in POSTS for target in sorted(planted.args[kind])]
        elif route.startswith("q/") and names == ["public_id", "slug"]:
            yield [filled(route, (question, slugs[question])) for question in sorted(planted.args["question"])]
        else:
            values = [values_for(route, name, planted) for name in names]
            yield [filled(route, combination) for combination in itertools.product(*values)]


def filled(route: str, values: tuple[str, ...]) -> str:
    parameter = r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|<(?:\w+:)?\w+>"
    for value in values:
        route = re.sub(parameter, value, route, count=1)
    return f"/{route}"


def shown(client: Client, path: str) -> str:
    return read(client.get(path), path)


def read(response: Any, path: str) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code < 500 or path.startswith("/readyz"), f"{path}: {response.status_code}"
    return body.decode(errors="replace") + repr(response.headers)


def walk(client: Client, who: str, planted: Planted) -> tuple[list[str], set[str]]:
    """What this person reads and should not; and every planted word they read."""
    leaks, heard = [], set()
    for paths in addresses(planted):
        for path in paths:
            response = client.get(path)
            if response.status_code == 405:
                break  # takes only what is sent, whatever stands in its address
            texts = {path: read(response, path)}
            if SEARCHES.match(path):
                texts |= {path + query: shown(client, path + query) for query in QUERIES}
            for address, text in texts.items():
                found = {word for word in planted.words if word in text}
                leaks += [f"{who} reads {word} at {address}" for word in found if who not in planted.words[word]]
                heard |= found
    return leaks, heard


# The canaries do sing where they may: else the walk would prove nothing.
SINGS = {
    "ann": {
        "canarydraftann",
        "canarydraftofann",
        "canarydraftprivate",
        "canarysubject",
        "canarymessage",
        "canaryreply",
        "canaryfilename",
        "canaryfilecontent",
        "canarywaitingname",
        "canarywaitingcontent",
        "canaryheldquestion",
        "canaryhiddenpicture",
        "canarynewpicture",
    },
    "sami": {
        "canaryfeedback",
        "canarysubject",
        "canaryreceiptmessage",
        "canaryfilecontent",
        "canaryroomnote",
        "canaryhandingover",
        "canarydrafttitle",
        "canarynote",
        "canaryshared",
    },
    "stella": {"canarynote", "canaryshared", "canaryown"},
    "moritz": {
        "canaryhiddenquestion",
        "canaryheldanswer",
        "canarynotice",
        "canaryhiddenversion",
        "canaryversionpicture",
        "canaryhelddetail",
        "canaryfaqpicture",
        "canarydisclosed",
    },
    "olga": {"canaryholdreason"},
}
# All that is said in a conversation, beside it, and in what leaves it sealed.
PRIVATE = (
    "canarysubject", "canarymessage", "canaryreply", "canaryfilename", "canaryfilecontent", "canarywaitingname",
    "canarywaitingcontent", "canaryhandingover", "canaryroomnote", "canarydraftprivate", "canarydisclosed",
    "canaryholdreason", "canaryreceipt", "canaryping", CODE, SHOWN,
)  # fmt: skip


# A second database is asked as the one concerned, and as a moderator, who reads the most of what others may not.
ALIKE = [pytest.param(who, marks=pytest.mark.any_database) for who in ("visitor", "ben", "sami", "stella", "olga")]


@pytest.mark.long
@pytest.mark.parametrize("who", ["ann", "moritz", *ALIKE])
def test_nobody_reads_what_is_not_theirs(who: str, cast: Cast, client: Client, login: Callable[[User], Client]) -> None:
    planted = plant(cast)
    leaks, heard = walk(client if who == "visitor" else login(getattr(cast, who)), who, planted)
    assert leaks == []
    assert SINGS.get(who, set()) - heard == set()


def test_letters_tell_nothing_that_is_hidden_when_they_leave(cast: Cast) -> None:
    planted = plant(cast)
    deliver_due(limit=500)
    by_address = {user.email: user.nickname for user in User.objects.all()}
    # Who is invited has no account yet, and may read nothing.
    wrong = [
        f"{word} to {letter.to[0]}"
        for letter in mail.outbox
        for word, readers in planted.words.items()
        if not word.startswith("canarymail") and by_address.get(letter.to[0]) not in readers
        and word in f"{letter.subject}{letter.body}{letter.alternatives}"
    ]  # fmt: skip
    assert mail.outbox
    assert wrong == []


def test_no_letter_carries_a_word_of_a_conversation(cast: Cast) -> None:
    planted = plant(cast)
    deliver_due(limit=500)
    assert [
        w for w in (*PRIVATE, "Quiet matters") for m in mail.outbox if w in f"{m.subject}{m.body}{m.alternatives}"
    ] == []
    assert planted.conversation


def test_the_database_holds_no_word_of_a_conversation_in_clear(cast: Cast) -> None:
    plant(cast)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            assert not [word for word in PRIVATE if word in content], table


def test_nor_does_what_is_copied_from_it(
    cast: Cast, login: Callable[[User], Client], caplog: pytest.LogCaptureFixture
) -> None:
    """A dump, what lies in the folders of files, the queue of letters, and the log of both sides reading."""
    with caplog.at_level(logging.DEBUG):
        planted = plant(cast)
        assert planted.conversation
        for reader in (cast.ann, cast.sami, cast.ben):
            login(reader).get(planted.conversation.get_absolute_url())
            for file in planted.args["file"]:
                shown(login(reader), f"{planted.conversation.get_absolute_url()}file/{file}/")
        deliver_due(limit=500)
    dumped = StringIO()
    call_command("dumpdata", stdout=dumped)
    folders = [Path(settings.MEDIA_ROOT), Path(storages["private"].location)]  # type: ignore[attr-defined]
    lying = [path.name + path.read_bytes().decode("latin-1") for place in folders for path in place.rglob("*.*")]
    lying += [path.name + path.read_bytes().decode("latin-1") for path in folders[1].rglob("*") if path.is_file()]
    assert len(lying) > 2
    for place in (dumped.getvalue(), "".join(lying), caplog.text):
        assert [word for word in PRIVATE if word in place] == []
    assert "canarynotice" in dumped.getvalue()  # the dump does hold what is not private


def test_forbidden_and_missing_look_the_same(cast: Cast, login: Callable[[User], Client]) -> None:
    planted = plant(cast)
    assert planted.conversation
    reader = login(cast.ben)
    forbidden = reader.get(planted.conversation.get_absolute_url())
    missing = reader.get("/private/00000000-0000-4000-8000-000000000000/")
    # Every page has its own token against forged requests; all else must be equal.
    pages = [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.text) for page in (forbidden, missing)]
    assert forbidden.status_code == missing.status_code == 404
    assert pages[0] == pages[1]
    assert forbidden.headers == missing.headers
