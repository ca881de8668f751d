"""What keeping drafts costs: one saving beside what else somebody does who writes, and 200 people who write at once.

Everything is done one after the other in one process and its processor time is added up. The first line is a ratio of
one run, the same on a slow machine and on a fast one; the second says what it comes to where it ran.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from time import process_time
from typing import TYPE_CHECKING, Any

from bench.site import site_in_process

if TYPE_CHECKING:
    from django.test import Client

PEOPLE, AT_WORK = 200, 40
EVERY = 4  # seconds between two savings, as in static/js/drafts.js
SAVINGS = 10  # of each of those at work: the first makes the row, the others change it
PROCESSORS = 2
OF_A_PAGE = 80  # percent
TEXT = "Ein Satz, wie ihn jemand schreibt, der eine Frage beantwortet. " * 25  # some 1,500 characters


def main() -> None:
    with site_in_process():
        _measure()


def _measure() -> None:
    spent: dict[str, float] = defaultdict(float)
    path = _question()
    for number in range(-2, AT_WORK):  # the first two fill caches
        _write(_writer(number), path, number, spent if number >= 0 else defaultdict(float))
    opening, saving = spent["open"] / AT_WORK, spent["save"] / AT_WORK / SAVINGS
    share = 100 * saving / opening
    load = 100 * saving * PEOPLE / EVERY / PROCESSORS
    print(f"draft_save {share:.0f} % of opening the page (limit ≤ {OF_A_PAGE}; {1000 * saving:.2f} ms of a processor)")
    print(f"drafts_of_{PEOPLE}_people {load:.1f} % of {PROCESSORS} processors", flush=True)


def _question() -> str:
    from accounts.models import User
    from forum.models import Company, Question, Topic

    Company.objects.create(pk=1, name="Bench", languages="de")
    asker = User.objects.create_user("fragt", "fragt@example.invalid")
    topic = Topic.objects.create(name="Seife", slug="seife")
    question = Question(title="Wie lange hält Seife?", slug="seife", topic=topic, author=asker)
    question.write("Ein kurzer Text.")
    question.save()
    return f"/q/{question.public_id}/-/answer/"


def _writer(number: int) -> Client:
    from django.test import Client

    from accounts.models import User

    client = Client()
    client.force_login(User.objects.create_user(f"schreibt{number}", f"{number}@example.invalid"))
    client.get("/account/", secure=True)  # the session is noted on its first page
    return client


def _write(client: Client, path: str, number: int, spent: dict[str, float]) -> None:
    page = _timed(spent, "open", lambda: client.get(path, secure=True), 200)
    names = ("draft_purpose", "draft_target", "form_key")
    form = {name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0] for name in names}
    accept = {"accept": "application/json"}
    for version in range(SAVINGS):
        said = form | {"draft_version": str(version), "text": f"{TEXT} {number} {version}"}
        save = _post(client, "/account/drafts/save/", said, accept)
        _timed(spent, "save", save, 200)


def _post(client: Client, path: str, said: dict[str, str], headers: dict[str, str]) -> Callable[[], Any]:
    return lambda: client.post(path, said, secure=True, headers=headers)


def _timed(spent: dict[str, float], what: str, act: Callable[[], Any], status: int) -> Any:
    begin = process_time()
    response = act()
    spent[what] += process_time() - begin
    if response.status_code != status:
        raise SystemExit(f"{what} answers {response.status_code}.")
    return response


if __name__ == "__main__":
    main()
