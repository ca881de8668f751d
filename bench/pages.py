"""SQL queries of each page, with little and with much on it: the number must not grow."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.site import empty_site

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models import FaqEntry, Topic

LIMIT = 8
FEW, MANY = 10, 1_000


def main() -> None:
    with empty_site() as environment:
        os.environ.update(environment)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        _measure()


def _measure() -> None:
    from accounts.models import Role, User
    from forum.models import Company

    Company.objects.create(pk=1, name="Bench", languages="de")
    customer = User.objects.create_user("kundin", "kundin@example.invalid")
    staff = User.objects.create_user("hanne", "hanne@example.invalid", role=Role.OWNER)
    few = _fill(customer, staff, FEW, "few")
    counts = {page: [_queries(url, who)] for page, url, who in _pages(few, customer, staff)}
    many = _fill(customer, staff, MANY, "many")
    for page, url, who in _pages(many, customer, staff):
        counts[page].append(_queries(url, who))
    for page, (little, much) in counts.items():
        # A second page may cost one query more; a query for each row would leave the limit far behind.
        remark = f"{little} with {FEW} rows, {much} with {MANY}"
        print(f"queries_{page} {max(little, much)} queries (limit ≤ {LIMIT}; {remark})")


def _fill(customer: User, staff: User, count: int, slug: str) -> dict[str, str]:
    """A topic with a question that has `count` answers, as many other questions, entries and comments."""
    from forum.models import Answer, Comment, FaqEntry, Question, Topic
    from forum.search.documents import index_entries, index_questions

    topic = Topic.objects.create(name=slug, slug=slug)
    questions = [Question(title=f"Frage {n}", slug="frage", topic=topic, author=customer) for n in range(count)]
    entries = [
        FaqEntry(title=f"Frage {n}", slug=f"{slug}-{n}", topic=topic, language="de", author=staff) for n in range(count)
    ]
    questions[-1].title = "Seife"  # has no word in common with the others' titles
    for row in (*questions, *entries):
        row.text, row.html = "Ein kurzer Text.", "<p>Ein kurzer Text.</p>"
    Question.objects.bulk_create(questions)
    for entry in entries:
        entry.published_at = entry.created_at
    FaqEntry.objects.bulk_create(entries)
    answers = [Answer(question=questions[0], author=customer, text="Ja.", html="<p>Ja.</p>") for _ in range(count)]
    Answer.objects.bulk_create(answers)
    Comment.objects.bulk_create(
        Comment(answer=answer, author=customer, text="Gut.", html="<p>Gut.</p>") for answer in answers
    )
    index_questions([row.pk for row in questions])
    index_entries([row.pk for row in entries])
    question = questions[0].get_absolute_url()
    _merge(entries[0], count)
    return {
        "topic": topic.get_absolute_url(),
        "question": question,
        "faq_entry": entries[0].get_absolute_url(),
        "search_apart": f"/search/?q=seife+frage&topic={slug}",
        "faq_print": f"{topic.faq_address}&print=1",
        "private_room": _room(topic, customer, staff, count),
    }


def _merge(entry: FaqEntry, count: int) -> None:
    """`count` others into it, each by way of the one before."""
    from forum.models import FaqEntry

    rows = [
        FaqEntry(title="Frage", slug=f"{entry.slug}-merged-{n}", topic=entry.topic, language="de") for n in range(count)
    ]
    for row in rows:
        row.retired_at = row.created_at
    FaqEntry.objects.bulk_create(rows)
    for into, row in pairwise((entry, *rows)):
        row.merged_into, row.merged_at = into, row.created_at
    FaqEntry.objects.bulk_update(rows, ["merged_into", "merged_at"])


def _room(topic: Topic, customer: User, staff: User, count: int) -> str:
    """With `count` messages of both sides, all of them on the page, a consent, and as often opened."""
    from django.utils import timezone

    from forum.models import AccessLog, Conversation, HealthConsent, Message

    topic.staff.add(staff)
    room = Conversation(topic=topic, customer=customer, promised_at=timezone.now())
    room.subject = "Eine Frage"
    room.save()
    said = [Message(conversation=room, author=customer) for _ in range(count)]
    for number, message in enumerate(said):
        message.posted_as_name = "Hanne" if number % 2 else ""
        message.text = "Ein kurzer Text."
    Message.objects.bulk_create(said)
    HealthConsent.objects.record(room, customer, "Ja, das darf Hanne lesen.", "de")
    AccessLog.objects.bulk_create(AccessLog(conversation=room, staff_name="Hanne") for _ in range(count))
    return f"{room.get_absolute_url()}?all"


def _pages(urls: dict[str, str], customer: User, staff: User) -> list[tuple[str, str, User]]:
    plain = {
        "home": "/", "questions": "/q/", "ask": "/ask/", "faq": "/faq/", "search": "/search/?q=frage",
        "search_nothing": "/search/?q=niemand", "team": "/team/", "private": "/private/", "account": "/account/",
    }  # fmt: skip
    desks = {
        "desk": "/desk/",
        "desk_faq": "/desk/faq/",
        "desk_private": "/desk/private/",
        "desk_packaging": "/desk/packaging/",
        "desk_faq_entry": _desk_address(urls["faq_entry"]),
    }
    return [
        *((name, url, customer) for name, url in (plain | urls).items()),
        *((f"{name}_as_staff", url, staff) for name, url in (urls | desks).items()),
    ]


def _desk_address(entry: str) -> str:
    """Where the team edits the entry of this address."""
    from forum.models import FaqEntry

    return f"/desk/faq/{FaqEntry.objects.get(slug=entry.strip('/').rpartition('/')[2]).pk}/"


def _queries(url: str, who: User) -> int:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if who.is_staff and not Authenticator.objects.filter(user=who).exists():
        TOTP.activate(who, "JBSWY3DPEHPK3PXP")
    client.force_login(who)
    client.get(url, secure=True)  # what is kept in memory is there from the second visit on
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url, secure=True)
    if response.status_code != 200:
        raise SystemExit(f"{url} answers {response.status_code}.")
    return len(captured)


if __name__ == "__main__":
    main()
