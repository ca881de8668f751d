"""Who and what can be named while somebody writes: only what the writer may know of, in few and bounded queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from accounts.models import StaffCard, User
from accounts.nicknames import nickname_key
from forum.models import Answer, Comment, FaqEntry, Question
from forum.search.matching import matching
from forum.search.words import query_words

if TYPE_CHECKING:
    from forum.querysets import Viewer

SHOWN = 8
IN_THREAD = 50  # people of one thread that are looked at
ALIKE = 100  # nicknames with the same beginning
NEWEST = 2_000  # questions whose titles are looked through
SHORTEST = 2  # letters before people from elsewhere are named


class Item(NamedTuple):
    label: str
    note: str
    insert: str


def names(q: str, *, thread: str, user: Viewer) -> list[Item]:
    """People whose name begins like this: those of the thread first, then the team, then others who write in public.

    Nobody is listed for what they said as "a customer", nor who is suspended, erased or hides their page.
    """
    found: dict[str, Item] = {}
    for name, note in _people(q, thread, user):
        found.setdefault(name, Item(name, note, f"@{name}"))
        if len(found) == SHOWN:
            break
    return list(found.values())


def _people(q: str, thread: str, user: Viewer) -> Iterator[tuple[str, str]]:
    key = nickname_key(q)
    question = Question.objects.visible_to(user).filter(public_id=thread[:10]).first() if thread else None
    if question:
        for name in _in_thread(question, user):
            if nickname_key(name).startswith(key):
                yield name, _("writes here")
    for card in StaffCard.objects.serving().filter(user__suspended_at=None, name__istartswith=q)[:SHOWN]:
        yield card.name, card.role_title
    if len(key) >= SHORTEST:
        for nickname in _others(key):
            yield nickname, ""


def _in_thread(question: Question, user: Viewer) -> list[str]:
    """Under the names that stand there: a badge, or the nickname of whom everybody reads by it."""
    rows: list[tuple[str, str | None]] = []
    for posts in (
        Question.objects.visible_to(user).filter(pk=question.pk),
        Answer.objects.public().of_thread(question.pk),
        Comment.objects.public().of_thread(question.pk),
    ):
        known = posts.filter(_can_be_named("author__")).filter(~Q(posted_as_name="") | Q(unnamed_at=None))
        rows += known.order_by("pk").values_list("posted_as_name", "author__nickname")[:IN_THREAD]
    return list(dict.fromkeys(badge or nickname or "" for badge, nickname in rows))


def _others(key: str) -> list[str]:
    """Customers who said something in public under their nickname; looked for in the index of nicknames."""
    alike = User.objects.filter(_begins("nickname_key", key), role="").order_by("nickname_key")
    posts = Q()
    for model in (Question, Answer, Comment):
        said = model.objects.public().filter(author=OuterRef("pk"), posted_as_name="", unnamed_at=None)
        posts |= Q(Exists(said))
    near = list(alike.filter(_can_be_named()).filter(page_hidden_at=None).values_list("pk", flat=True)[:ALIKE])
    people = User.objects.filter(pk__in=near).filter(posts).order_by("nickname_key")
    return list(people.values_list("nickname", flat=True)[:SHOWN])


def _begins(column: str, start: str) -> Q:
    """SQLite has no index for LIKE: there the bounds of the alphabet find the place, in the order of code points."""
    begins = Q(**{f"{column}__startswith": start})
    if connection.vendor == "sqlite":
        begins &= Q(**{f"{column}__gte": start, f"{column}__lt": f"{start}\U0010ffff"})
    return begins


def _can_be_named(prefix: str = "") -> Q:
    return Q(**{f"{prefix}is_active": True, f"{prefix}suspended_at": None, f"{prefix}erased_at": None})


def links(q: str, *, user: Viewer) -> list[Item]:
    """FAQ entries, then the newest questions, with these words in their title."""
    words = query_words(q)
    if not words:
        return []
    entries = FaqEntry.objects.public().filter(matching(words, ("title",))).order_by("-published_at", "pk")
    entries = entries.select_related("topic").only("title", "slug", "topic__discreet")
    found = [_link(entry, _("FAQ")) for entry in entries[: SHOWN // 2]]
    visible = Question.objects.visible_to(user).filter(merged_into=None)
    newest = Question.objects.order_by("-last_activity_at", "-public_id").values("pk")[:NEWEST]
    questions = visible.filter(matching(words, ("title",)), pk__in=newest).order_by("-last_activity_at", "-public_id")
    rows = questions.only("title", "slug", "public_id")[: SHOWN - len(found)]
    return [*found, *(_link(question, _("Question")) for question in rows)]


def _link(target: Question | FaqEntry, note: str) -> Item:
    words = "".join(f"\\{sign}" if sign in "\\`*_[]<" else sign for sign in target.title)
    return Item(target.title, note, f"[{words}]({target.get_absolute_url()})")
