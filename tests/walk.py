"""A way through every address of the resolver, with what was planted in its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from forum.models import Question
from tests.canaries import LURE, Planted
from tests.observatory import weak_points

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
POSTS = ("question", "answer", "comment", "faq")
# Forms about a post, beside the page that shows it: of each a third of the posts, and another third by who comes next.
FORMS = re.compile(r"^(?:report|moderation)/.*target_id|^q/.*/-/(?!history)")
# What a reader opens without being known, and leaves without having been marked.
READING = re.compile(r"/(?:$|q/|t/|faq/|team/|people/|search/|about/|feeds/)")
QUERIES = (
    f"?q={LURE}",
    f"?q={LURE}&kind=link",
    "?q=canary&kind=name",
    f"?title={LURE}&topic=quiet",
)


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
    assert known, f"/{route}: tests/walk.py has no value for <{name}>"
    return sorted(known)


def turns(planted: Planted, turn: int) -> Iterator[list[str]]:
    """`addresses`, of each form its third of the posts whose turn it is."""
    for number, (route, paths) in enumerate(addresses(planted)):
        yield paths[(number + turn) % 3 :: 3] if FORMS.match(route) and len(paths) > 9 else paths


def addresses(planted: Planted) -> Iterator[tuple[str, list[str]]]:
    """Every route and its paths, with every planted value in its place, and each question under its own words.

    Under others it redirects.
    """
    slugs = dict(Question.objects.values_list("public_id", "slug"))
    for route, names in routes(get_resolver()):
        if LEFT_OUT.match(route):
            continue
        if names[:2] == ["kind", "target_id"]:
            rest = [values_for(route, name, planted)[0] for name in names[2:]]
            targets = [(kind, target) for kind in POSTS for target in sorted(planted.args[kind])]
            yield route, [filled(route, (*target, *rest)) for target in targets]
        elif route.startswith("q/") and names == ["public_id", "slug"]:
            yield route, [filled(route, (question, slugs[question])) for question in sorted(planted.args["question"])]
        else:
            values = [values_for(route, name, planted) for name in names]
            yield route, [filled(route, combination) for combination in itertools.product(*values)]


def filled(route: str, values: tuple[str, ...]) -> str:
    parameter = r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|<(?:\w+:)?\w+>"
    for value in values:
        route = re.sub(parameter, value, route, count=1)
    return f"/{route}"


def shown(client: Client, path: str) -> str:
    return read(client.get(path, secure=True), path)


def read(response: Any, path: str) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code < 500 or path.startswith("/readyz"), f"{path}: {response.status_code}"
    return body.decode(errors="replace") + repr(response.headers)


@dataclass
class Walk:
    """What somebody came upon on the way through the house."""

    leaks: list[str] = field(default_factory=list)  # words that were not for them, and where
    heard: set[str] = field(default_factory=set)  # all planted words they read
    weak: list[str] = field(default_factory=list)  # what no response should be like
    marked: list[str] = field(default_factory=list)  # where a reader was given a cookie
    opened: list[str] = field(default_factory=list)


def walk(client: Client, who: str, planted: Planted, *, turn: int = 0) -> Walk:
    """One look at each page serves for all questions; of pages alike the markup of the first is read."""
    seen = Walk()
    for paths in turns(planted, turn):
        looks: set[int] = set()
        for path in paths:
            response = client.get(path, secure=True)
            if response.status_code == 405:
                break  # takes only what is sent, whatever stands in its address
            texts = {path: read(response, path)}
            seen.weak += weak_points(response, path, markup=response.status_code not in looks)
            looks.add(response.status_code)
            seen.opened += [path] if response.status_code == 200 else []
            seen.marked += [path] if response.cookies and READING.match(path) else []
            if SEARCHES.match(path):
                texts |= {path + query: shown(client, path + query) for query in QUERIES}
            for address, text in texts.items():
                found = {word for word in planted.words if word in text}
                seen.leaks += [f"{who} reads {word} at {address}" for word in found if who not in planted.words[word]]
                seen.heard |= found
    return seen
