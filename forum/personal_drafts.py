"""What drafts and sent forms hold of people (settings.PERSONAL_DATA)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.holdings import Holding
from accounts.site import absolute_url
from forum.models import Draft


def _words(row: Draft) -> dict[str, str]:
    return row.legible_words


def _kind(row: Draft) -> str:
    return row.get_purpose_display()


def _address(row: Draft) -> str:
    return absolute_url(row.get_absolute_url())


HOLDINGS = [
    Holding(
        "forum.Draft",
        section="drafts",
        title=_("Your drafts"),
        owner=("owner", ""),
        plain=("id", "conversation", "version"),
        left_out=("purpose", "target", "wrapped_key", "sealed_words", "form", "session"),
        shown=("saved_at",),
        derived={"kind": _kind, "address": _address, "words": _words},
    ),
    # A digest and a number: whose form it was can not be told from them.
    Holding("forum.FormKey", plain=("id", "made", "created_at"), left_out=("digest",)),
]
