"""How many pages for visitors a process serves, against a bare Django view that returns the same bytes.

Both run under the server of production with one process each. The same visitors ask first the one, then the other, in
short rounds that turn: what else the machine does strikes both, and the ratio says the same on a slow one.
"""

from __future__ import annotations

import json
import os
import random
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.engines import engine, on_each_engine
from bench.site import ROOT
from bench.visitors import HEADERS, Visitors
from launch.processes import start, stop
from launch.serve import wait_for_answer, web_server

if TYPE_CHECKING:
    from forum.models import FaqEntry

LIMIT = 0.8
QUESTIONS, ENTRIES = 300, 40
ROUNDS, REQUESTS = 25, 160  # of each round, to each server


def main() -> int:
    if not engine():
        return on_each_engine("bench.reading", sys.argv[1:])
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("generate", questions=QUESTIONS, verbosity=0)
    pages = _pages()
    for name, path in pages.items():
        print(f"queries_kept_{name}_{engine()} {_queries(path)} queries (limit ≤ 0, beside the number)", flush=True)
    _measure(pages)
    return 0


def _pages() -> dict[str, str]:
    """Their addresses; what `generate` leaves out is added."""
    from forum.models import FaqEntry, Question, Topic

    entries = list(_entries())
    FaqEntry.objects.bulk_create(entries)
    question, topic = Question.objects.order_by("pk")[QUESTIONS // 2], Topic.objects.get(slug="seifen")
    return {
        "faq": "/faq/",
        "faq_entry": entries[0].get_absolute_url(),
        "questions": "/q/",
        "question": question.get_absolute_url(),
        "topic": topic.get_absolute_url(),
    }


def _entries() -> Iterator[FaqEntry]:
    from django.utils import timezone

    from accounts.models import User
    from forum.generation import texts
    from forum.models import FaqEntry, Topic

    randomness, topics = random.Random(5), list(Topic.objects.order_by("pk"))
    author = User.objects.get(nickname="hanne-muster")
    for number, text in enumerate(texts.answer_pool(randomness, ENTRIES)):
        entry = FaqEntry(slug=f"eintrag-{number}", language="de", topic=topics[number % len(topics)], author=author)
        entry.title, entry.text, entry.html = texts.title(randomness), text.source, text.html
        entry.author_name, entry.published_at = author.public_name, timezone.now()
        yield entry


def _queries(path: str) -> int:
    """Of Django's connection; on one of its own the site asks whether anything was written."""
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from config.wsgi import application

    def visit() -> None:
        list(application(RequestFactory(headers=HEADERS).get(path).environ, lambda *_: None))

    visit()
    with CaptureQueriesContext(connection) as captured:
        visit()
    return len(captured)


def _measure(pages: dict[str, str]) -> None:
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        said = Path(folder) / "pages.json"
        site = stack.enter_context(_visited("config.wsgi", {}))
        fresh = stack.enter_context(_visited("config.wsgi", {"KEPT_PAGES_MB": "0"}))
        bodies = {path: site.body(path) for path in pages.values()}
        said.write_text(json.dumps({path: body.decode() for path, body in bodies.items()}), "utf-8")
        bare = stack.enter_context(_visited("bench.bare", {"BARE_PAGES": str(said)}))
        for name, path in pages.items():
            _compare(name, path, bodies[path], site, bare)
            made = fresh.speed(path, bodies[path], REQUESTS // 4)
            print(f"reading_{name}_anew_{engine()} {made:.0f} requests/s (each made anew)", flush=True)


@contextmanager
def _visited(application: str, settings: dict[str, str]) -> Iterator[Visitors]:
    """A server of its own, as `make run` and production start it, with one process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **settings, "WEB_CONCURRENCY": "1", "ALLOWED_HOSTS": "testserver,127.0.0.1"}
    command = web_server(environment, "127.0.0.1", port)
    command[command.index("config.wsgi")] = application
    server = start(command, env=environment, cwd=ROOT)
    try:
        wait_for_answer({application: server}, "127.0.0.1", port)
        yield Visitors(port)
    finally:
        stop([server])


def _compare(name: str, path: str, body: bytes, site: Visitors, bare: Visitors) -> None:
    speeds: dict[Visitors, list[float]] = {site: [], bare: []}
    for number in range(-1, ROUNDS):
        for visitors in (site, bare) if number % 2 else (bare, site):
            speed = visitors.speed(path, body, REQUESTS)
            if number >= 0:  # the first fills what is kept
                speeds[visitors].append(speed)
    ratio = median(ours / theirs for ours, theirs in zip(speeds[site], speeds[bare], strict=True))
    print(
        f"reading_{name}_{engine()} {ratio:.2f} times (limit ≥ {LIMIT}; {median(speeds[site]):.0f} requests/s against "
        f"{median(speeds[bare]):.0f} of a bare view; {len(body)} bytes)",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
