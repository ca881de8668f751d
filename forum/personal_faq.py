"""What the tables of the FAQ hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.models import User
from accounts.site import absolute_url
from forum.models import FaqEntry, FaqSource
from forum.search.documents import index_entry


def _write_entry(row: FaqEntry) -> tuple[str, ...]:
    row.write(row.text)
    return ("html",)


def _sources(user: User) -> Iterable[FaqSource]:
    """What became of this person's questions, as far as they were told."""
    theirs = FaqSource._base_manager.filter(question__author=user, told_at__isnull=False)
    return theirs.select_related("entry").order_by("pk").iterator(chunk_size=200)


def _address(row: FaqSource) -> str:
    return absolute_url(row.entry.get_absolute_url())


HOLDINGS = [
    Holding(
        "forum.FaqEntry",
        section="faq_entries",
        title=_("FAQ entries you wrote"),
        owner=("author", "author_name"),
        actors=(("checked_by", "checked_by_name"), ("hidden_by", "hidden_by_name"),
                ("submitted_by", "submitted_by_name"), ("merged_by", "merged_by_name")),
        acts={
            "checked_by": _("Checked a FAQ entry"), "hidden_by": _("Removed a FAQ entry"),
            "submitted_by": _("Handed a FAQ entry over to be published"), "merged_by": _("Merged a FAQ entry"),
        },
        plain=("id", "topic", "position", "retired_at", "checked_at", "review_due_on", "submitted_at",
               "translation_of", "merged_into", "merged_at"),
        left_out=("html",),
        shown=("title", "slug", "text", "language", "created_at", "edited_at", "published_at", "hidden_at",
               "hidden_rule", "hidden_reason"),
        texts=("title", "text", "hidden_reason"),
        renew=_write_entry,
        tell=index_entry,
    ),
    Holding(
        "forum.FaqRevision",
        section="faq_versions",
        title=_("Former versions of FAQ entries you wrote"),
        owner=("edited_by", "edited_by_name"),
        plain=("id", "entry"),
        shown=("number", "title", "text", "reason", "created_at"),
        texts=("title", "text", "reason"),
    ),
    Holding(
        "forum.FaqSource",
        actors=(("added_by", ""),),
        acts={"added_by": _("Noted where a FAQ entry comes from")},
        section="faq_sources",
        title=_("FAQ entries made from your questions"),
        of=_sources,
        plain=("id", "entry", "question", "answer", "consent", "added_at", "first_entry"),
        shown=("told_at", "objected_at", "credited_at"),
        derived={"address": _address},
    ),
    Holding(
        "forum.FaqRecheck",
        actors=(("cleared_by", "cleared_by_name"),),
        acts={"cleared_by": _("Looked at a FAQ entry again")},
        plain=("id", "entry", "reason", "opened_at", "cleared_at"),
    ),
    # Of whom it came nothing is kept, so it is in nobody's copy; somebody may be named in it all the same.
    Holding(
        "forum.FaqFeedback",
        plain=("id", "entry", "is_helpful", "created_at"),
        left_out=("text",),
        texts=("text",),
    ),
    Holding(
        "forum.FaqDismissal",
        actors=(("dismissed_by", "dismissed_by_name"),),
        acts={"dismissed_by": _("Wanted no FAQ entry for something")},
        plain=("id", "subject", "demand", "dismissed_at"),
    ),
]  # fmt: skip
