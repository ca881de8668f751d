"""What should become an entry, by what can be measured: each proposal says why.

Every function in MEASURES asks in one query and answers with what it found, never with who was behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import ngettext

from forum.faq_answers import best_first
from forum.models import Conversation, FaqDismissal, FaqSource, Question, Reading, Topic
from forum.readings import KEPT
from forum.search.misses import most_missed

METOO, REPEATED = 3, 2  # so many say "I have this too", or asked it again
# Of what was asked in private only a number is told, and only where it can mean nobody in particular.
PRIVATE, RECENTLY = 3, timedelta(days=90)
IN_VAIN = 3  # times that the search had nothing for the same words
# So often it was read, and of so many readers one is counted as somebody who would have asked: reading is easily done.
READ, READERS = 100, 20
SUBJECT = 200  # characters by which a dismissed proposal is known again
MOST = 50  # of each measure
SHOWN = 20
# What was dismissed comes back when so many times as many ask for it.
AGAIN = 2


@dataclass(frozen=True)
class Evidence:
    """One measure's reason for one proposal. `demand` is how many people it stands for, as far as can be counted."""

    subject: str
    demand: int
    why: str
    title: str
    question: Question | None = None
    topic: Topic | None = None


@dataclass
class Proposal:
    subject: str
    title: str
    question: Question | None
    topic: Topic | None
    demand: int = 0
    why: list[str] = field(default_factory=list)


def proposals() -> list[Proposal]:
    """The most wanted first, without what is in the FAQ already and what the team does not want."""
    found: dict[str, Proposal] = {}
    for measure in MEASURES:
        for one in measure():
            new = Proposal(one.subject, one.title, one.question, one.topic)
            proposal = found.setdefault(one.subject, new)
            proposal.demand += one.demand
            proposal.why.append(one.why)
    dismissed = dict(FaqDismissal.objects.filter(subject__in=list(found)).values_list("subject", "demand"))
    wanted = [one for one in found.values() if one.demand >= AGAIN * dismissed.get(one.subject, 0)]
    return sorted(wanted, key=lambda one: (-one.demand, one.subject))[:SHOWN]


def wanted_by_many() -> Iterable[Evidence]:
    """Questions that others say they have too, that many come to read (forum.readings), and that were asked again.

    Asked again are those for which others were closed or merged.
    """
    lately = Reading.objects.filter(day__gt=timezone.localdate() - KEPT).order_by()
    often = lately.values("question").annotate(times=Sum("count")).filter(times__gte=READ).order_by("-times")
    marked = _questions().filter(metoo_count__gte=METOO).order_by("-metoo_count", "-public_id")
    keys = Q(pk__in=marked[:MOST].values("pk")) | Q(pk__in=often[:MOST].values("question"))
    keys |= Q(pk__in=_led_to("duplicate_of")) | Q(pk__in=_led_to("merged_into"))
    times = lately.filter(question=OuterRef("pk")).values("question").annotate(n=Sum("count")).values("n")
    questions: Any = (
        _questions()
        .filter(keys)
        .annotate(
            times_read=Coalesce(Subquery(times), 0),
            times_marked=_counted("duplicate_of"),
            times_merged=_counted("merged_into"),
        )
    )
    for question in questions.order_by("-public_id"):
        yield from _reasons(question)


def _reasons(question: Any) -> Iterable[Evidence]:
    metoo, times, again = question.metoo_count, question.times_read, question.times_marked + question.times_merged
    if metoo >= METOO:
        said = ngettext("%(count)d person has this question too", "%(count)d people have this question too", metoo)
        yield _of(question, metoo, said % {"count": metoo})
    if times >= READ:
        said = ngettext(
            "was read %(count)d time in the last 30 days", "was read %(count)d times in the last 30 days", times
        )
        yield _of(question, times // READERS, said % {"count": times})
    if max(question.times_marked, question.times_merged) >= REPEATED:
        said = ngettext("was asked again %(count)d time", "was asked again %(count)d times", again)
        yield _of(question, again, said % {"count": again})


def asked_in_private() -> Iterable[Evidence]:
    """Topics about which several people wrote in private lately. Who wrote without an account counts once a room."""
    lately = Conversation.objects.filter(created_at__gt=timezone.now() - RECENTLY, topic=OuterRef("pk")).order_by()
    people = Count("customer", distinct=True) + Count("pk", filter=Q(customer=None))
    counted = Subquery(lately.values("topic").annotate(people=people).values("people"))
    topics: Any = Topic.objects.public().annotate(people=counted).filter(people__gte=PRIVATE)
    for topic in topics:
        said = ngettext(
            "%(count)d person asked about this topic in private in the last 90 days",
            "%(count)d people asked about this topic in private in the last 90 days",
            topic.people,
        )
        yield Evidence(f"topic:{topic.pk}", topic.people, said % {"count": topic.people}, topic.name, topic=topic)


def looked_for_in_vain() -> Iterable[Evidence]:
    """Words for which the search had nothing, as long as it is kept which (settings.SEARCH_MISS_DAYS)."""
    for row in most_missed(MOST):
        if row["times"] >= IN_VAIN:
            said = ngettext(
                "was looked for in vain %(count)d time", "was looked for in vain %(count)d times", row["times"]
            )
            subject = f"search:{row['words']}"[:SUBJECT]
            yield Evidence(subject, row["times"], said % {"count": row["times"]}, row["words"])


MEASURES: tuple[Callable[[], Iterable[Evidence]], ...] = (
    wanted_by_many,
    asked_in_private,
    looked_for_in_vain,
)


def _questions() -> QuerySet[Question]:
    """Everybody's to read, and behind no entry yet; `answered_by` is the answer that would become one."""
    behind = FaqSource.objects.filter(question=OuterRef("pk"))
    best = best_first().filter(question=OuterRef("pk")).values("public_id")[:1]
    rows = Question.objects.public().filter(~Exists(behind), merged_into=None, duplicate_of=None)
    shown: QuerySet[Question] = rows.select_related("topic").defer("text", "html").annotate(answered_by=Subquery(best))
    return shown


def _led_to(name: str) -> QuerySet[Any, Any]:
    """The keys of those to which most others lead by this field."""
    pointing = Question.objects.public().exclude(**{name: None}).order_by()
    often = pointing.values(name).annotate(times=Count("pk")).filter(times__gte=REPEATED)
    return often.order_by("-times")[:MOST].values(name)


def _counted(name: str) -> Any:
    pointing = Question.objects.public().filter(**{name: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(pointing.values(name).annotate(times=Count("pk")).values("times")), 0)


def _of(question: Question, demand: int, why: str) -> Evidence:
    return Evidence(f"question:{question.public_id}", demand, why, question.title, question=question)
