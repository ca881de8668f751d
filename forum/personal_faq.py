"""What the tables of the FAQ hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from forum.models import FaqEntry
from forum.search.documents import index_entry


def _write_entry(row: FaqEntry) -> tuple[str, ...]:
    row.write(row.text)
    return ("html",)


HOLDINGS = [
    Holding(
        "forum.FaqEntry",
        section="faq_entries",
        title=_("FAQ entries you wrote"),
        owner=("author", "author_name"),
        actors=(("checked_by", "checked_by_name"), ("hidden_by", "hidden_by_name")),
        acts={"checked_by": _("Checked a FAQ entry"), "hidden_by": _("Removed a FAQ entry")},
        plain=("id", "topic", "position", "retired_at", "checked_at", "review_due_on"),
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
        plain=("id", "entry", "question", "answer", "consent", "added_at"),
    ),
]  # fmt: skip
