"""A nickname in what others wrote: found where it means the person, and replaced by a word that names nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.holdings import Holding, holdings
from accounts.models import Erasure

BATCH = 100  # rows
_BEFORE, _AFTER = r"(?<![\w@])(?<!\w[.-])", r"(?!\w|[.-]\w)"


def erase_mentions(erasure: Erasure) -> bool:
    """One of settings.ERASURE_STEPS."""
    return go_through_texts(erasure, _replace_batch)


def go_through_texts(erasure: Erasure, take_batch: Callable[[Erasure, Holding, int], int]) -> bool:
    """Through every text that a table declares, FAQ, reasons and versions too; whether nothing is left.

    `take_batch` gets the key after which to look and answers the last one it looked at; nought when there was none.
    """
    wording = [holding for holding in holdings() if holding.texts]
    number, _colon, after = (erasure.progress.get("at") or "0:0").partition(":")
    for index in range(int(number), len(wording)):
        last = take_batch(erasure, wording[index], int(after) if index == int(number) else 0)
        if last:
            erasure.note(at=f"{index}:{last}")
            return False
    return True


def _replace_batch(erasure: Erasure, holding: Holding, after: int) -> int:
    spellings = {erasure.nickname, erasure.nickname.replace("_", "\\_"), quote(erasure.nickname)}
    named = Q()
    for field in holding.texts:
        for spelling in spellings:
            named |= Q(**{f"{field}__icontains": spelling})
    # Looked for outside of a transaction: on a large site this takes a while, and nobody should wait for it.
    keys = list(holding.objects.filter(named, pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        for row in holding.objects.select_for_update(no_key=True).filter(pk__in=keys):
            replace_in(row, holding, replacer(erasure, _is_in_thread(erasure, holding, row)))
    return int(keys[-1]) if keys else 0


def _is_in_thread(erasure: Erasure, holding: Holding, row: Any) -> bool:
    return holding.thread is not None and holding.thread(row) in set(erasure.progress.get("threads", ()))


def replace_in(row: Any, holding: Holding, replace: Callable[[str], str]) -> None:
    changed = changed_texts(row, holding, replace)
    if not changed:
        return
    for field, text in changed.items():
        setattr(row, field, text[: row._meta.get_field(field).max_length])
    following = holding.renew(row) if holding.renew else ()
    fresh = {field: getattr(row, field) for field in (*changed, *following)}
    # Not saved: the log refuses to be, and a text that loses a name was not edited by anybody.
    holding.objects.filter(pk=row.pk).update(**fresh)
    if holding.tell:
        holding.tell(row)


def changed_texts(row: Any, holding: Holding, replace: Callable[[str], str]) -> dict[str, str]:
    texts = {field: replace(getattr(row, field)) for field in holding.texts if getattr(row, field)}
    return {field: text for field, text in texts.items() if text != getattr(row, field)}


def replacer(erasure: Erasure, in_thread: bool) -> Callable[[str], str]:
    """Replaces `@name` and the address of the person's page everywhere.

    The name alone is replaced, as the person spelled it, where the person took part, or when it can be no word of a
    language: who called themselves "rose" must not take every rose out of what others wrote.
    """
    name = "".join(rf"\\?{re.escape(sign)}" if sign in "._-" else re.escape(sign) for sign in erasure.nickname)
    patterns = [
        (re.compile(rf"/people/(?:{name}|{re.escape(quote(erasure.nickname))}){_AFTER}", re.IGNORECASE), "/people/-"),
        (re.compile(rf"(?<![\w.])@{name}{_AFTER}", re.IGNORECASE), somebody()),
    ]
    if in_thread or not _is_word(erasure.nickname):
        patterns.append((re.compile(_BEFORE + name + _AFTER), somebody()))

    def replace(text: str) -> str:
        for pattern, word in patterns:
            text = pattern.sub(word, text)
        return text

    return replace


def _is_word(nickname: str) -> bool:
    """Whether it may stand in a dictionary: letters alone, none of them capital but the first."""
    return nickname.isalpha() and nickname[1:] == nickname[1:].lower()


def somebody() -> str:
    """The word that names nobody, in the company's language."""
    with translation.override(import_string(settings.MAIL_LANGUAGE)("")):
        return _("somebody")
