"""The gate: what may this person see?

Every list, page, feed, search, mail and export begins with `public()` or `visible_to(user)` here, and nothing
else decides. Querysets import no models; they know their own (`self.model`) and ask the registry for neighbours.
The private channel has its own gate in conversation_querysets.py, the FAQ in faq_querysets.py; which questions are
the same is asked in repeat_querysets.py, what comes along with a question to its page in thread_querysets.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Viewer: TypeAlias = User | AnonymousUser

M = TypeVar("M", bound=models.Model)


def standing(prefix: str = "") -> Q:
    """Neither hidden nor held nor deleted."""
    return Q(**{f"{prefix}hidden_at": None, f"{prefix}held_at": None, f"{prefix}deleted_at": None})


class TopicQuerySet(models.QuerySet[M]):
    def public(self) -> Self:
        """All of them: that something can be asked privately is no secret."""
        return self.all()

    def visible_to(self, user: Viewer) -> Self:
        return self.public()

    def taking_questions(self) -> Self:
        return self.exclude(channel="private")

    def taking_conversations(self) -> Self:
        """Those with a private channel and somebody behind it: elsewhere nobody could answer what is written."""
        return self.exclude(channel="public").filter(staff__in=answering_people()).distinct()

    def left_alone(self) -> Self:
        """Those in which private conversations wait for us and nobody can answer them."""
        return self.with_waiting_alone().exclude(waiting_count=None)

    def with_waiting_alone(self) -> Self:
        """Adds `waiting_count`: how many private conversations nobody can answer wait for us; None where none does."""
        conversations: Any = apps.get_model("forum", "Conversation").objects
        waiting = conversations.awaiting_staff().left_alone().order_by().filter(topic=OuterRef("pk"))
        counted = waiting.values("topic").annotate(number=Count("pk")).values("number")
        return self.annotate(waiting_count=models.Subquery(counted))

    def with_serving_staff(self) -> Self:
        """Adds `serving`, the people who read what is written privately in the topic."""
        people = _serving_people().select_related("staff_card").order_by("staff_card__position", "nickname")
        return self.prefetch_related(models.Prefetch("staff", people, to_attr="serving"))

    def with_service_of(self, user: Viewer) -> Self:
        """Adds `is_served`: whether this person serves the topic."""
        return self.annotate(is_served=Exists(self.model._default_manager.filter(pk=OuterRef("pk"), staff=user.pk)))


def answering_people() -> models.QuerySet[Any]:
    """Those of the staff who can write: who is suspended reads along at most."""
    return _serving_people().filter(suspended_at=None)


def _serving_people() -> models.QuerySet[Any]:
    return apps.get_model("accounts", "User").objects.filter(is_active=True).exclude(role="")


class PostQuerySet(models.QuerySet[M]):
    """What questions, answers and comments share. `_above` names the posts that must stand as well."""

    def _above(self) -> Q:
        return Q()

    def _kept(self) -> Self:
        """Neither deleted by its author nor under something that was."""
        return self.filter(deleted_at=None)

    def public(self) -> Self:
        return self.filter(standing() & self._above())

    def visible_to(self, user: Viewer) -> Self:
        """Public posts; one's own also while held or hidden; all but deleted ones for moderators.

        Under a question that is hidden one's own posts go with it: their pages would tell its title.
        """
        if not user.is_authenticated:
            return self.public()
        if user.is_moderator:
            return self._kept()
        return self.filter(self._above(), standing() | Q(author=user, deleted_at=None))

    def under_the_name_of(self, person: User) -> Self:
        """What everybody may know that this customer said: public, without a badge, and not as "a customer"."""
        return self.public().filter(author=person, posted_as_name="", unnamed_at=None)

    def removed(self) -> Self:
        """Hidden by a decision that everybody may know of."""
        return self.filter(self._above(), deleted_at=None, held_at=None).exclude(hidden_at=None)

    def held(self) -> Self:
        return self._kept().exclude(held_at=None)

    def in_thread_for(self, user: Viewer) -> list[M]:
        """The posts of a page in order of time; those the viewer may not read are emptied to tombstones."""
        rows = self.filter(deleted_at=None).order_by("created_at", "id")
        is_moderator = user.is_authenticated and user.is_moderator
        seen = [post for post in (rows if is_moderator else rows.filter(self._above())) if not _held_back(post, user)]
        for post in seen:
            _empty_unless_readable(post, user)
        return seen

    def with_author(self) -> Self:
        return self.select_related("author", "staff_card")


def _may_read(post: Any, user: Viewer) -> bool:
    own = user.is_authenticated and post.author_id == user.pk
    return own or (user.is_authenticated and user.is_moderator)


def _held_back(post: Any, user: Viewer) -> bool:
    """A new post that is held does not show; of a changed one people know that it is there."""
    return post.held_at is not None and not post.held_edit and not _may_read(post, user)


def _empty_unless_readable(post: Any, user: Viewer) -> None:
    post.is_tombstone = (post.hidden_at is not None or post.held_at is not None) and not _may_read(post, user)
    if post.is_tombstone:
        post.text = post.html = post.author_name = ""
        post.posted_as_name = post.posted_as_role = post.posted_as_sign_off = ""
        post.author = post.staff_card = post.unnamed_at = None


class QuestionQuerySet(PostQuerySet[M]):
    def awaiting_staff(self) -> Self:
        """The Desk: what waits for us, oldest promise first. Nothing leaves it but by an answer or a decision."""
        return (
            self.filter(standing(), closed_at=None)
            .filter(Q(waiting_on="us") | Q(asker_replied_at__isnull=False))
            .order_by(F("promised_at").asc(nulls_last=True), "created_at")
        )

    def awaiting_asker(self) -> Self:
        """Answered, and the next word is the asker's; the longest wait first."""
        return self.filter(standing(), closed_at=None, waiting_on="asker", asker_replied_at=None).order_by(
            F("waiting_since").asc(nulls_last=True), "created_at"
        )

    def in_state(self, state: str) -> Self:
        """`open` without a staff or accepted answer, `answered` by staff, `accepted`; any other word: all."""
        if state == "open":
            return self.filter(first_staff_answer_at=None, accepted_count=0, closed_at=None)
        if state == "answered":
            return self.filter(accepted_count=0).exclude(first_staff_answer_at=None)
        if state == "accepted":
            return self.filter(accepted_count__gt=0)
        return self

    def listed(self) -> Self:
        """With what a row of a list shows, and without duplicates that only lead elsewhere."""
        return self.filter(merged_into=None).select_related("topic", "author").with_faq_mark().defer("text", "html")

    def with_faq_mark(self) -> Self:
        source = apps.get_model("forum", "FaqSource")
        entries = source.objects.filter(
            question=OuterRef("pk"), objected_at=None, entry__published_at__isnull=False, entry__retired_at=None
        )
        return self.annotate(in_faq=Exists(entries))

    def with_doors(self) -> Self:
        """Adds `has_door`: whether somebody was asked into private here, or has gone there."""
        doors: Any = apps.get_model("forum", "Door").objects
        own, merged = doors.filter(question=OuterRef("pk")), doors.filter(question__merged_into=OuterRef("pk"))
        return self.annotate(has_door=Exists(own) | Exists(merged))

    def with_newest_note(self) -> Self:
        """Adds what the team noted last: `note_text`, `note_by`, `note_at`; None where it noted nothing."""
        newest = (
            apps.get_model("forum", "InternalNote")
            .objects.filter(question=OuterRef("pk"))
            .order_by("-created_at", "-pk")
        )
        columns = {"note_text": "text", "note_by": "author_name", "note_at": "created_at"}
        return self.annotate(**{name: models.Subquery(newest.values(column)[:1]) for name, column in columns.items()})

    def with_private_channel(self) -> Self:
        """Adds `goes_private`: whether somebody serves its topic in private."""
        topics: Any = apps.get_model("forum", "Topic").objects
        return self.annotate(goes_private=Exists(topics.taking_conversations().filter(pk=OuterRef("topic_id"))))

    def with_marks_of(self, user: Viewer) -> Self:
        """Whether this person has the question too, and follows it."""
        who = user.pk if user.is_authenticated else 0
        metoo, subscription = apps.get_model("forum", "MeToo"), apps.get_model("forum", "Subscription")
        return self.annotate(
            is_metoo=Exists(metoo.objects.filter(question=OuterRef("pk"), user_id=who)),
            is_followed=Exists(subscription.objects.filter(question=OuterRef("pk"), user_id=who)),
        )


class AnswerQuerySet(PostQuerySet[M]):
    def _above(self) -> Q:
        return standing("question__")

    def _kept(self) -> Self:
        return self.filter(deleted_at=None, question__deleted_at=None)

    def of_thread(self, question_pk: int) -> Self:
        return self.filter(question_id=question_pk)

    def with_marks_of(self, user: Viewer) -> Self:
        who = user.pk if user.is_authenticated else 0
        helpful = apps.get_model("forum", "Helpful")
        return self.annotate(is_helpful=Exists(helpful.objects.filter(answer=OuterRef("pk"), user_id=who)))

    def with_acceptance(self) -> Self:
        """Adds `acceptance`, the one that stands, to answers that have one."""
        # At most one, says a constraint: a join adds no rows.
        current = FilteredRelation("acceptances", condition=Q(acceptances__undone_at=None))
        return self.annotate(acceptance=current).select_related("acceptance__accepted_by")


class CommentQuerySet(PostQuerySet[M]):
    def _above(self) -> Q:
        under_question = Q(answer=None) & standing("question__")
        under_answer = Q(question=None) & standing("answer__") & standing("answer__question__")
        return under_question | under_answer

    def _kept(self) -> Self:
        above = {"question__deleted_at": None, "answer__deleted_at": None, "answer__question__deleted_at": None}
        return self.filter(deleted_at=None, **above)

    def of_thread(self, question_pk: int) -> Self:
        """Under the question or one of its answers."""
        return self.of_threads([question_pk])

    def of_threads(self, questions: Iterable[int]) -> Self:
        """The same for several, by their keys. Each half has an index, which one condition over both has not."""
        rows, keys = self.model._base_manager, list(questions)
        under_question = rows.filter(question__in=keys).values("pk")
        under_answers = rows.filter(answer__question__in=keys).values("pk")
        return self.filter(pk__in=under_question.union(under_answers, all=True))


class AcceptanceQuerySet(models.QuerySet[M]):
    def current(self) -> Self:
        return self.filter(undone_at=None).select_related("accepted_by")

    def public(self) -> Self:
        return self.current().filter(standing("answer__") & standing("answer__question__"))

    def visible_to(self, user: Viewer) -> Self:
        return self.public()


class RevisionQuerySet(models.QuerySet[M]):
    def visible_to(self, user: Viewer) -> Self:
        """Versions of posts the viewer may see; hidden versions only for moderators."""
        if user.is_authenticated and user.is_moderator:
            return self.all()
        return self.readable_to(user).filter(
            self._of_visible("question", user) | self._of_visible("answer", user) | self._of_visible("comment", user)
        )

    def readable_to(self, user: Viewer) -> Self:
        """Of a post that the viewer may see: hidden versions only for moderators."""
        return self if user.is_authenticated and user.is_moderator else self.filter(hidden_at=None)

    @staticmethod
    def _of_visible(kind: str, user: Viewer) -> Q:
        posts: Any = apps.get_model("forum", kind.capitalize()).objects
        return Q(**{f"{kind}__in": posts.visible_to(user)})
