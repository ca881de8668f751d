"""What the moderation tests do again and again."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.models import OutgoingMail
from moderation.models import Notice
from moderation.targets import Target, address_of

REPORT = {
    "rule": "insult",
    "reason": "This is about a person and not about soap.",
    "good_faith": "on",
    "homepage": "",
}
REASON = "Insults are not answers; the rest was fine."


def report(client: Client, target: Target, **changes: str) -> Any:
    return client.post("/report/{}/{}/".format(*address_of(target)), REPORT | changes)


def reported(target: Target, **changes: str) -> Notice:
    report(Client(), target, **changes)
    return Notice.objects.latest("pk")


def decide(client: Client, notice: Notice, verb: str = "hide", **changes: str) -> Any:
    said = {"verb": verb, "rule": "insult", "reason": REASON} | changes
    return client.post(f"/moderation/{notice.public_id}/", said)


def queued(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()
