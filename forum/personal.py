"""What the forum's tables hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from accounts.site import absolute_url
from forum.models import (
    Answer,
    Comment,
    Helpful,
    ImportedRecord,
    MeToo,
    Question,
    Revision,
    Subscription,
    Upload,
)
from forum.search.documents import index_question, index_questions

_POST_PLAIN = ("id", "staff_card")
_POST_SHOWN = (
    "public_id", "text", "created_at", "edited_at", "hidden_at", "hidden_rule", "hidden_reason", "held_at",
    "held_reason", "held_edit", "unnamed_at", "deleted_at", "redacted_at", "posted_as_name", "posted_as_role",
    "posted_as_sign_off",
)  # fmt: skip
_AUTHOR, _HIDDEN_BY = ("author", "author_name"), ("hidden_by", "hidden_by_name")
_REDACTED_BY = ("redacted_by", "redacted_by_name")
_REASONS = ("hidden_reason", "held_reason")


def _address(row: Any) -> str:
    """Without the words of the title: the question may be somebody else's, and hidden since."""
    if isinstance(row, Question):
        return absolute_url(reverse("forum:question_detail", args=[row.public_id]))
    if isinstance(row, Answer):
        return absolute_url(reverse("forum:answer_detail", args=[row.public_id]))
    return f"{_address(row.thread)}#c-{row.public_id}"


def _of_question(row: Any) -> str:
    return _address(row.question)


def _of_answer(row: Any) -> str:
    return _address(row.answer)


def _of_post(row: Revision) -> str:
    return _address(row.question or row.answer or row.comment)


def _comments(user: User) -> Iterable[Comment]:
    mine = Comment._base_manager.filter(author=user).order_by("pk")
    return mine.select_related("question", "answer__question").iterator(chunk_size=200)


def _versions(user: User) -> Iterable[Revision]:
    posts = ("question", "answer", "comment__question", "comment__answer__question")
    mine = Revision._base_manager.filter(edited_by=user).order_by("pk").select_related(*posts)
    return mine.iterator(chunk_size=200)


def _marks(model: Any, *related: str) -> Any:
    return lambda user: model._base_manager.filter(user=user).order_by("pk").select_related(*related)


def _imported(user: User) -> Any:
    return ImportedRecord.objects.filter(kind="user", local_id=user.pk)


def _write_post(row: Any) -> tuple[str, ...]:
    row.write(row.text)
    return ("html",)


def _write_question(row: Any) -> tuple[str, ...]:
    row.write_title(row.title)
    return ("slug", *_write_post(row))


def _thread_of_comment(row: Comment) -> int | None:
    return row.question_id or (row.answer.question_id if row.answer else None)


def _thread_of_version(row: Revision) -> int | None:
    if row.comment:
        return _thread_of_comment(row.comment)
    return row.question_id or (row.answer.question_id if row.answer else None)


def _thread_of_upload(row: Upload) -> int | None:
    if row.comment:
        return _thread_of_comment(row.comment)
    return row.question_id or (row.answer.question_id if row.answer else None)


HOLDINGS = [
    Holding(
        "forum.Question",
        section="questions",
        title=_("Your questions"),
        owner=_AUTHOR,
        actors=(_HIDDEN_BY, _REDACTED_BY, ("closed_by", "closed_by_name")),
        acts={
            "hidden_by": _("Removed a question"), "closed_by": _("Closed a question"),
            "redacted_by": _("Took personal data out of a question"),
        },
        plain=(*_POST_PLAIN, "topic", "waiting_on", "waiting_since", "promised_at", "promised_with",
               "first_staff_answer_at", "answer_count", "accepted_count", "metoo_count", "last_activity_at",
               "duplicate_of", "merged_into"),
        left_out=("html",),
        shown=("title", "slug", *_POST_SHOWN, "language", "asker_replied_at", "closed_at", "closed_reason"),
        derived={"address": _address},
        texts=("title", "text", "closed_reason", *_REASONS),
        renew=_write_question,
        tell=index_question,
        thread=lambda row: row.pk,
    ),
    Holding(
        "forum.Answer",
        section="answers",
        title=_("Your answers"),
        owner=_AUTHOR,
        actors=(_HIDDEN_BY, _REDACTED_BY),
        acts={"hidden_by": _("Removed an answer"), "redacted_by": _("Took personal data out of an answer")},
        plain=(*_POST_PLAIN, "question", "helpful_count"),
        left_out=("html",),
        shown=_POST_SHOWN,
        derived={"address": _address},
        texts=("text", *_REASONS),
        renew=_write_post,
        tell=lambda row: index_questions([row.question_id]),
        thread=lambda row: row.question_id,
    ),
    Holding(
        "forum.Comment",
        section="comments",
        title=_("Your comments"),
        of=_comments,
        owner=_AUTHOR,
        actors=(_HIDDEN_BY, _REDACTED_BY),
        acts={"hidden_by": _("Removed a comment"), "redacted_by": _("Took personal data out of a comment")},
        plain=(*_POST_PLAIN, "question", "answer"),
        left_out=("html",),
        shown=_POST_SHOWN,
        derived={"address": _address},
        texts=("text", *_REASONS),
        renew=_write_post,
        thread=_thread_of_comment,
    ),
    Holding(
        "forum.Revision",
        section="versions",
        title=_("Former versions of what you wrote"),
        of=_versions,
        owner=("edited_by", "edited_by_name"),
        plain=("id", "question", "answer", "comment", "hidden_at"),
        shown=("number", "title", "text", "reason", "created_at"),
        derived={"address": _of_post},
        texts=("title", "text", "reason"),
        thread=_thread_of_version,
    ),
    Holding(
        "forum.Upload",
        section="uploads",
        title=_("Pictures you sent"),
        owner=("owner", "owner_name"),
        plain=("id", "question", "answer", "comment", "entry", "draft"),
        left_out=("hash",),
        shown=("image", "alternative_text", "width", "height", "size", "received", "created_at"),
        files=("image",),
        texts=("alternative_text",),
        thread=_thread_of_upload,
    ),
    Holding(
        "forum.Acceptance",
        section="acceptances",
        title=_("Answers you accepted"),
        owner=("accepted_by", "accepted_by_name"),
        actors=(("undone_by", "undone_by_name"),),
        acts={"undone_by": _("Took back the acceptance of an answer")},
        plain=("id", "answer", "by_staff"),
        shown=("accepted_at", "undone_at"),
        derived={"address": _of_answer},
    ),
    Holding(
        "forum.MeToo",
        section="metoos",
        title=_("Questions you have too"),
        owner=("user", ""),
        of=_marks(MeToo, "question"),
        plain=("id", "question"),
        shown=("created_at",),
        derived={"address": _of_question},
    ),
    Holding(
        "forum.Helpful",
        section="helpfuls",
        title=_("Answers you found helpful"),
        owner=("user", ""),
        of=_marks(Helpful, "answer"),
        plain=("id", "answer"),
        shown=("created_at",),
        derived={"address": _of_answer},
    ),
    Holding(
        "forum.Subscription",
        section="subscriptions",
        title=_("Questions you follow"),
        owner=("user", ""),
        of=_marks(Subscription, "question"),
        plain=("id", "question"),
        shown=("created_at",),
        derived={"address": _of_question},
    ),
    Holding("forum.ServiceCalendar", plain=("id", "digest", "hours", "first_used_at")),
    Holding("forum.Topic", plain=("id", "name", "slug", "description", "position", "channel", "discreet",
                           "sensitive", "health_data", "retention_days", "code")),
    Holding(
        "forum.LegalPage",
        actors=(("published_by", ""),),
        acts={"published_by": _("Published a page about the company")},
        plain=("id", "kind", "language", "version", "text", "html", "published_at"),
    ),
    Holding(
        "forum.Company",
        plain=("id", "name", "claim", "logo", "hue", "tone", "languages", "time_zone", "monday", "tuesday",
               "wednesday", "thursday", "friday", "saturday", "sunday", "holiday_region", "promised_hours",
               "closed_from", "closed_until", "closed_note", "contact_email", "contact_phone", "contact_address",
               "conversation_retention_days", "order_number_pattern", "faq_review", "faq_check_months",
               "faq_unhelpful"),
    ),
    Holding(
        "forum.ImportedRecord",
        section="imported",
        title=_("Where your account came from"),
        of=_imported,
        plain=("id", "kind", "local_id"),
        shown=("source", "foreign_id"),
    ),
]  # fmt: skip
