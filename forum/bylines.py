"""Under which name a post stands for this reader: the one place that knows who asked as "a customer"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.permissions import is_staff

if TYPE_CHECKING:
    from forum.models import Message, Post
    from forum.querysets import Viewer


class Byline(NamedTuple):
    name: str
    page: str = ""  # the address of the person's public page, where this reader finds one
    note: str = ""
    has_tick: bool = False


def byline(post: Post | Message, reader: Viewer | None) -> Byline:
    """The name of somebody who wrote without a badge, as far as this reader may know it.

    Of what was published of a private conversation as "a customer" nobody knows more than that.
    """
    author: Any = post.author if post.author and not post.author.erased_at else None
    is_own = bool(author and reader is not None and author.pk is not None and author.pk == reader.pk)
    sees_all = is_own or (reader is not None and is_staff(reader))
    if not getattr(post, "is_unnamed", False):
        page = _page(author) if author and (author.has_public_page or sees_all) else ""
        return Byline(post.shown_name, page, has_tick=bool(author and author.shows_tick))
    if is_own:
        return Byline(post.shown_name, note=_("That is you; others do not see it."))
    if sees_all and (author or post.author_name):
        name: str = post.real_name  # type: ignore[union-attr]
        note = _("Others read “%(name)s”.") % {"name": post.shown_name}
        return Byline(name, _page(author) if author else "", note, bool(author and author.shows_tick))
    return Byline(post.shown_name)


def _page(author: Any) -> str:
    return reverse("forum:person_detail", args=[author.nickname])
