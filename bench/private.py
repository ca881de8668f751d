"""The private room: what decryption costs, what a change of keys costs visitors, and whether time tells what is hidden.

Each line is measured in one run against its own neighbour, so that it says the same on a slow machine.
"""

from __future__ import annotations

import base64
import logging
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import mean, median
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.site import ROOT, manage, site_in_process

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from forum.models import Conversation, Topic

POSTS = 200
ROUNDS = 12
PAIRS = 1_000
# A million messages in conversations of ten, on a scale of one to fifty.
ROOMS, MESSAGES = 2_000, 10
MARK = "**Privates**"  # once in each text, to count them
TEXT = f"Hier steht etwas {MARK}. " + "Ein Satz, wie ihn jemand schreibt, der etwas fragt. " * 6


def main() -> None:
    with site_in_process():
        logging.getLogger("django.request").setLevel("ERROR")  # what is not found is asked for on purpose
        ann, stella, topic = _people()
        _opening(ann, stella, topic)
        _telling_apart(ann, stella, topic)
        _rotating(ann, stella, topic)


def _people() -> tuple[User, User, Topic]:
    from allauth.mfa.totp.internal.auth import TOTP

    from accounts.models import Role, StaffCard, User
    from forum.models import Company, Topic

    Company.objects.create(pk=1, name="Bench", languages="de")
    ann = User.objects.create_user("anna", "anna@example.invalid")
    stella = User.objects.create_user("stella", "stella@example.invalid", role=Role.STAFF)
    StaffCard.objects.create(user=stella, slug="stella", name="Stella", role_title="Beratung")
    TOTP.activate(stella, "JBSWY3DPEHPK3PXP")
    topic = Topic.objects.create(name="Seife", slug="seife", channel="both")
    topic.staff.add(stella)
    return ann, stella, topic


def _room(ann: User, stella: User, topic: Topic, count: int) -> Conversation:
    from django.utils import timezone

    from forum.models import Conversation, Message

    room = Conversation(topic=topic, customer=ann, customer_name=ann.nickname, promised_at=timezone.now())
    room.subject = "Meine Bestellung"
    room.save()
    said = [Message(conversation=room, author=(ann, stella)[number % 2]) for number in range(count)]
    for number, message in enumerate(said):
        if number % 2:
            message.sign_as_staff(stella)
        message.text = TEXT
    Message.objects.bulk_create(said)
    return room


def _opening(ann: User, stella: User, topic: Topic) -> None:
    from forum.models import Answer, Question

    question = Question(title="Wie lange hält Seife?", slug="seife", topic=topic, author=ann)
    question.write(TEXT)
    question.save()
    answers = [Answer(question=question, author=(ann, stella)[number % 2]) for number in range(POSTS - 1)]
    for answer in answers:
        answer.write(TEXT)
    Answer.objects.bulk_create(answers)
    room = _room(ann, stella, topic, POSTS)
    client = _signed_in(ann)
    public, private = f"{question.get_absolute_url()}?all", f"{room.get_absolute_url()}?all"
    times: dict[str, list[float]] = {public: [], private: []}
    for number in range(-3, ROUNDS):
        for url, taken in times.items():
            seconds = _seconds(lambda url=url: client.get(url, secure=True))  # type: ignore[misc]
            if number >= 0:
                taken.append(seconds)
    shown = [client.get(url, secure=True).content.count(b"<strong>Privates") for url in times]
    if shown[1] != POSTS:
        raise SystemExit(f"The room shows {shown[1]} messages.")
    # The page of a question may show fewer than it has; what a post costs is compared.
    ratio = (median(times[private]) / shown[1]) / (median(times[public]) / shown[0])
    print(
        f"private_room {ratio:.2f} times a public question, by post (limit ≤ 2; {shown[1]} messages in "
        f"{1000 * median(times[private]):.0f} ms, {shown[0]} posts in {1000 * median(times[public]):.0f} ms)"
    )


def _telling_apart(ann: User, stella: User, topic: Topic) -> None:
    """Somebody else asks for a room that is there, and for one that is not, by turns."""
    from accounts.models import User

    stranger = _signed_in(User.objects.create_user("ben", "ben@example.invalid"))
    room = _room(ann, stella, topic, 1).get_absolute_url()
    differences, answers = [], set()
    for number in range(PAIRS):
        missing = f"/private/{uuid4()}/"
        pair = (room, missing) if number % 2 else (missing, room)
        taken = {url: _seconds(lambda url=url: answers.add(_answer(stranger, url))) for url in pair}  # type: ignore[misc]
        differences.append(taken[room] - taken[missing])
    if len(answers) != 1:
        raise SystemExit("A forbidden room and a missing one do not look the same.")
    print(
        f"private_hidden {1000 * abs(median(differences)):.2f} ms between forbidden and missing (limit ≤ 5)", flush=True
    )


def _answer(client: Client, url: str) -> tuple[int, bytes, str]:
    """Without the token that every page has for itself."""
    response = client.get(url, secure=True)
    head, _, rest = response.content.partition(b'name="csrfmiddlewaretoken" value="')
    return response.status_code, head + rest[64:], repr(sorted(response.headers.items()))


def _rotating(ann: User, stella: User, topic: Topic) -> None:
    from django.conf import settings
    from django.db import transaction

    with transaction.atomic():
        rooms = [_room(ann, stella, topic, MESSAGES) for _number in range(ROOMS)]
    client = _signed_in(ann)
    newer = base64.b64encode(b"n" * 32).decode()
    settings.ENCRYPTION_KEYS = [newer, *settings.ENCRYPTION_KEYS]
    urls = [room.get_absolute_url() for room in rooms[:20]]
    before = _visits(client, urls, rounds=6)
    with _rotation(settings.ENCRYPTION_KEYS) as is_over:
        during = _visits(client, urls, until=is_over)
    after = _visits(client, urls, rounds=6)
    slower = 100 * (median(during) / mean((median(before), median(after))) - 1)
    print(
        f"private_rotation {max(slower, 0):.1f} % slower while keys change (limit ≤ 10; {len(rooms) * MESSAGES} "
        f"messages, {len(during)} visits meanwhile)"
    )


@contextmanager
def _rotation(keys: list[str]) -> Iterator[Callable[[], bool]]:
    """The command in a process of its own, once it works; says whether it is over."""
    environment = {**os.environ, "ENCRYPTION_KEYS": ",".join(keys)}
    with subprocess.Popen(
        manage("rotate_keys"), cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()  # it has begun: the first table, of second factors, is done
        yield lambda: process.poll() is not None
        if process.wait():
            raise SystemExit("The keys were not changed.")


def _visits(
    client: Client, urls: list[str], *, rounds: int = 0, until: Callable[[], bool] | None = None
) -> list[float]:
    """Seconds of each, with the pause that a reader makes."""
    taken: list[float] = []
    pause = Event()
    while (until and not until()) or len(taken) < rounds * len(urls):
        taken.append(_seconds(lambda: client.get(urls[len(taken) % len(urls)], secure=True)))
        pause.wait(0.01)
    return taken


def _signed_in(person: User) -> Client:
    from django.test import Client

    client = Client()
    client.force_login(person)
    client.get("/", secure=True)
    return client


def _seconds(work: Callable[[], Any]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


if __name__ == "__main__":
    main()
