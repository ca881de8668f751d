"""What keeping drafts adds to the load of people who write: 200 of them open a page, type with the preview, and send.

When somebody types a key and when they think is drawn (seeded); which requests follow is what static/js/drafts.js and
static/js/editor/preview.js do at such times, with the numbers that stand in them. Previews come when they come, with
drafts or without: none is asked for, or moved, for the sake of a draft. Each kind of request is really made,
one after the other in one process, in turn with the others, and its processor time is taken; the load is the sum of all
of them. So the first line is a ratio of one run, the same on a slow machine and on a fast one.
On a phone the preview is not seen and not asked for: there a draft goes by itself, and the last line says what that is.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, fields
from statistics import median
from time import process_time
from typing import Any
from urllib.parse import urlencode

from bench.site import ROOT, site_in_process

PEOPLE, PROCESSORS = 200, 2
LIMIT = 2  # percent that drafts may add
WRITERS, TURNS = 20, 20  # who really writes here, and how often each of them asks for everything
KEYS = 1_500  # of one text
WORD, SENTENCE = 6, 72  # keys, the last of which ends it
TEXTS = 100  # of which the number of requests is taken
TEXT = "Ein Satz, wie ihn jemand schreibt, der eine Frage beantwortet. " * 12  # half of it: so long it is on average
FORM = "application/x-www-form-urlencoded"


@dataclass
class Requests:
    """What one text brings about besides its page and its sending."""

    seconds: float = 0
    previews: int = 0
    along: int = 0
    alone: int = 0


def main() -> None:
    with site_in_process():
        cost = _measure()
    desk, phone = _requests(with_preview=True), _requests(with_preview=False)
    without = cost["open"] + cost["send"] + desk.previews * cost["preview"]
    # The first saving makes the row; it goes along with a preview like most others.
    begin = cost["first"] - cost["next"]
    adds = begin + desk.along * (cost["next"] - cost["preview"]) + desk.alone * cost["alone"]
    per_minute = f"{60 * desk.previews / desk.seconds:.0f} previews a minute, {60 * desk.along / desk.seconds:.0f} with"
    print(f"drafts_add {max(100 * adds / without, 0):.1f} % of the load without them (limit ≤ {LIMIT}; {per_minute} "
          f"a draft, {60 * desk.alone / desk.seconds:.1f} drafts alone)")  # fmt: skip
    for name, seconds in cost.items():
        print(f"draft_{name} {1000 * seconds:.2f} ms of a processor")
    for name, requests, added in (("desk", desk, adds), ("phone", phone, begin + phone.alone * cost["alone"])):
        share = 100 * PEOPLE * added / requests.seconds / PROCESSORS
        print(f"drafts_of_{PEOPLE}_at_a_{name} {share:.2f} % of {PROCESSORS} processors", flush=True)


def _keys(draw: random.Random) -> list[float]:
    """Seconds at which keys are pressed: fifth of a second apart, longer between words, long between sentences.

    The last key of a word is the space after it, and people stop to think there rather than within. Together some 30
    words a minute, as people compose who need not look for their words.
    """
    now, keys = 0.0, []
    for number in range(1, KEYS + 1):
        gap = draw.lognormvariate(-1.65, 0.45)
        if number % WORD == 1:
            gap = draw.lognormvariate(-0.3, 0.8) if draw.random() < 0.3 else draw.lognormvariate(-1.5, 0.4)
        if number % SENTENCE == 1 and number > 1:
            gap = draw.lognormvariate(0.9, 0.8)
        now += gap
        keys.append(now)
    return keys


def _requests(*, with_preview: bool) -> Requests:
    """The mean of many texts."""
    total = Requests()
    for seed in range(TEXTS):
        _type(_keys(random.Random(seed)), total, with_preview=with_preview)
    mean = {field.name: getattr(total, field.name) / TEXTS for field in fields(Requests)}
    return Requests(**mean)


def _type(keys: list[float], total: Requests, *, with_preview: bool) -> None:
    """Adds what one text brings about."""
    script, editor = (ROOT / f"static/js/{name}.js" for name in ("drafts", "editor/preview"))
    every, ripe, overripe = (_constant(script.read_text(), name) for name in ("EVERY", "RIPE", "OVERRIPE"))
    pause, latest = (_constant(editor.read_text(), name) for name in ("PAUSE", "LATEST"))
    total.seconds += keys[-1]
    unshown = unsaved = 0.0  # when the first key was pressed that is not; 0 when all are
    for number, (key, following) in enumerate(zip(keys, [*keys[1:], keys[-1] + 2 * every], strict=True), start=1):
        unshown, unsaved = unshown or key, unsaved or key
        asks = min(key + pause, max(key, unshown + latest)) if with_preview else following
        if unsaved + every < min(asks, following):
            total.alone, unsaved = total.alone + 1, 0
        if asks < following:
            total.previews, unshown = total.previews + 1, 0
            is_whole = number % SENTENCE == 0 or number == KEYS
            if unsaved and (is_whole or asks - unsaved >= (overripe if number % WORD else ripe)):
                total.along, unsaved = total.along + 1, 0
        if unsaved and unsaved + every < following:
            total.alone, unsaved = total.alone + 1, 0


def _constant(script: str, name: str) -> float:
    """Seconds."""
    return int(re.findall(rf"const {name} = (\d+);", script)[0]) / 1000


def _measure() -> dict[str, float]:
    """Seconds of a processor for each kind of request."""
    path = _question()
    spent: dict[str, list[float]] = defaultdict(list)
    for number in range(-2, WRITERS):  # the first two fill caches
        writer = Writer(number, path, spent if number >= 0 else defaultdict(list))
        for turn in range(TURNS):
            acts = [writer.preview, writer.next, writer.alone]
            for act in acts[turn % 3 :] + acts[: turn % 3]:
                act()
        writer.send()
    return {name: median(times) for name, times in spent.items()}


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


class Writer:
    """Somebody who answers; all that they ask of the server is timed."""

    def __init__(self, number: int, path: str, spent: dict[str, list[float]]) -> None:
        from django.test import Client

        from accounts.models import User

        self.client, self.path, self.spent, self.said = Client(), path, spent, 0
        self.client.force_login(User.objects.create_user(f"schreibt{number}", f"{number}@example.invalid"))
        self.client.get("/account/", secure=True)  # the session is noted on its first page
        page = self._timed("open", self.client.get, path)
        names = ("draft_purpose", "draft_target", "form_key")
        self.form = {name: re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0] for name in names}
        self.version = "0"
        self._along("first")

    def preview(self) -> None:
        body = self._text() | {"csrfmiddlewaretoken": "x" * 64}
        self._post("preview", "/preview/", body)

    def next(self) -> None:
        self._along("next")

    def alone(self) -> None:
        json = {"accept": "application/json"}
        answer = self._post("alone", "/account/drafts/save/", self._whole(), headers=json)
        self.version = str(answer.json()["version"])

    def send(self) -> None:
        body = {name: value for name, value in self._whole().items() if not name.startswith("draft_")}
        self._post("send", self.path, body, status=302)

    def _along(self, name: str) -> None:
        self.version = self._post(name, "/preview/", self._whole())["Draft"]

    def _text(self) -> dict[str, str]:
        self.said += 1
        return {"text": f"{TEXT} {self.said} {self.form['form_key']}"}

    def _whole(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": "x" * 64, "draft_version": self.version, **self.form, **self._text()}

    def _post(self, what: str, path: str, body: dict[str, str], *, status: int = 200, **options: Any) -> Any:
        return self._timed(what, self.client.post, path, urlencode(body), FORM, status=status, **options)

    def _timed(self, what: str, ask: Any, *body: str, status: int = 200, **options: Any) -> Any:
        begin = process_time()
        response = ask(*body, secure=True, **options)
        self.spent[what].append(process_time() - begin)
        if response.status_code != status:
            raise SystemExit(f"{what} answers {response.status_code}.")
        return response


if __name__ == "__main__":
    main()
