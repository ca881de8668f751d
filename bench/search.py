"""How long a search takes on the server, on generated questions: `python -m bench search --sizes 100000 1000000`.

Each query is asked as a whole page by a visitor, in any order; the first round is thrown away.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from bench.engines import engine, on_each_engine
from bench.site import ROOT, manage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (10_000,)
P50, P99, GROWTH, SIMILAR = 15, 120, 2, 30  # ms, ms, times, ms
BUDGETED = 100_000  # questions for which the limits are set
ROUNDS = 12


def main() -> int:
    parser = ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of questions, rising")
    sizes = parser.parse_args().sizes
    if not engine():
        return on_each_engine("bench.search", sys.argv[1:])
    import django

    django.setup()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    p99, there = {}, 0
    for number, size in enumerate(sizes):
        start = time.perf_counter()
        # By a process of its own: no web worker carries what it takes to write so much.
        command = manage("generate", f"--questions={size - there}", f"--seed={number + 1}", "--verbosity=0")
        subprocess.run(command, cwd=ROOT, check=True)
        _settle()
        print(f"# {engine()}: {size} questions after {time.perf_counter() - start:.0f} s", flush=True)
        p99[size], there = _measure(size), size
    if len(sizes) > 1:
        ratio = p99[sizes[-1]] / p99[sizes[0]]
        print(
            f"search_growth_{engine()} {ratio:.2f} times (limit ≤ {GROWTH}; p99 of {sizes[-1]} to that of {sizes[0]})"
        )
    return 0


def _settle() -> None:
    """What PostgreSQL does by itself in the minutes after so much was written."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def _measure(size: int) -> float:
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    import config.wsgi  # noqa: F401 - as the web server has it, garbage collection included
    from forum.search import search, similar

    client, visitor = Client(), AnonymousUser()
    queries = list(_queries())
    pages = _times(lambda q: client.get("/search/", {"q": q}), queries)
    calls = _times(lambda q: search(q, user=visitor), queries)
    alike = _times(lambda q: similar(q, user=visitor), _titles())
    name = f"{engine()}_{size}"
    # The small size is a quick look; the limits are those of the larger ones.
    of_p50, of_p99 = (f"(limit ≤ {P50}; ", f"(limit ≤ {P99}; ") if size == BUDGETED else ("(", "(")
    remark = f"whole page, {len(pages)} requests)"
    print(f"search_p50_{name} {_part(pages, 50):.1f} ms {of_p50}{remark}")
    print(f"search_p99_{name} {_part(pages, 99):.1f} ms {of_p99}{remark}")
    print(f"search_alone_p50_{name} {_part(calls, 50):.1f} ms (without the page; p99 {_part(calls, 99):.1f} ms)")
    print(
        f"similar_p50_{name} {_part(alike, 50):.1f} ms (limit ≤ {SIMILAR}; p99 {_part(alike, 99):.1f} ms)", flush=True
    )
    return _part(pages, 99)


def _times(ask: Callable[[str], Any], queries: list[str]) -> list[float]:
    for query in queries:
        ask(query)
    order = queries * ROUNDS
    random.Random(1).shuffle(order)
    times = []
    for query in order:
        start = time.perf_counter()
        ask(query)
        times.append(1_000 * (time.perf_counter() - start))
    return times


def _part(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]


def _titles() -> list[str]:
    from forum.generation import texts

    randomness = random.Random(7)
    return [texts.title(randomness) for _ in range(25)]


def _queries() -> Iterator[str]:
    """A mix: one common word, two and three, whole titles, nothing of the kind, misspelled, inside other words."""
    words = [word.strip("?,.") for title in _titles() for word in title.split() if len(word) > 4]
    randomness = random.Random(3)
    yield from randomness.sample(words, 12)
    yield from (" ".join(randomness.sample(words, number)) for number in (2, 2, 2, 2, 2, 2, 3, 3, 3, 3))
    yield from _titles()[:10]
    yield from ("Kernkraftwerk", "Steuererklärung 2031", "xyzzy")
    yield from (word[:2] + word[3:] for word in randomness.sample(words, 4))
    yield from (word[1:-1] for word in randomness.sample(words, 3))


if __name__ == "__main__":
    sys.exit(main())
