"""Take personal data off a page for good: the team decides, and the decision is recorded in the same transaction.

Unlike what is hidden nothing is kept that could be shown again; what the asker had written is carried into a private
room of the two sides (Regulation (EU) 2016/679, Articles 5(1)(f) and 17; Regulation (EU) 2022/2065, Article 17).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from forum.actions.doors import carry_into_private
from forum.actions.redactions import remove_words, replace_words, thread_addresses
from forum.actions.threads import hold_page, thread_of
from forum.middleware import mail_language
from forum.models import Conversation, Rule
from moderation.actions.decisions import TextChanged
from moderation.actions.records import record, tell_author
from moderation.models import Decision, LogEntry, Notice, Verb
from moderation.targets import AnyPost, address_of, version_of


@transaction.atomic
def redact(
    *, post: AnyPost, by: User, words: Iterable[str] = (), whole: bool = False, read: str | None = None
) -> Conversation | None:
    """Takes the words, or the whole text, out of the post and out of all that quotes it on its page.

    Each post that changes gets a decision, a line in the public log and, unless it is the asker's, a letter. Answers
    the room into which the asker's words were carried, None where there is none. Raises TextChanged when the post does
    not say any more what was read.
    """
    question = thread_of(post)
    # Before anything else, and in this order everywhere: the questions of the page, then the post.
    hold_page(post)
    post.refresh_from_db()
    if read is not None and version_of(post) != read:
        raise TextChanged
    gone = list(words)
    text = post.text
    removed = remove_words(post=post, by=by, words=gone, whole=whole)
    for changed in removed.posts:
        _decide(cast(AnyPost, changed), by)
    _clean_records(post, [*gone, *([text] if whole else [])], question.language)
    if post.author_id and post.author_id == question.author_id and removed.posts:
        return carry_into_private(question=question, by=by, text=removed.original)
    return None


def _decide(post: Any, by: User) -> None:
    with translation.override(mail_language("")):
        reason = _("Personal data was taken out of the text.")
    decision = Decision(verb=Verb.REDACT, rule=Rule.PERSONAL_DATA, reason=reason, target_author=post.author)
    record(decision, address_of(post), by=by, party="")
    tell_author("post_redacted", decision)


def _clean_records(post: AnyPost, words: list[str], language: str) -> None:
    """Who reported it may have repeated it, and so may who decided before."""
    about = Q()
    for kind, target_id in thread_addresses(post):
        about |= Q(target_kind=kind, target_id=target_id)
    for model in (Notice, Decision, LogEntry):
        replace_words(model._base_manager.filter(about), words, language)
