"""Nicknames that the person gave up before: their digests alone are kept, so every word that may be one is looked at.

Only where it is addressed to somebody, `@name` and `/people/name`: any other word may be just that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from urllib.parse import unquote

from django.db import transaction
from django.db.models import Q

from accounts.holdings import Holding
from accounts.mentions import BATCH, changed_texts, go_through_texts, replace_in, somebody
from accounts.models import Erasure, FormerNickname
from accounts.models.former_nickname import digests_of

LOOKED_AT = 500  # rows; most of them name others, and are only read
# Signs at most, also of a name written in its parts (Unicode TR15) and in an address, where each may take twelve.
_LONGEST, _LONGEST_QUOTED = 60, 240


def erase_former_mentions(erasure: Erasure) -> bool:
    """One of settings.ERASURE_STEPS."""
    names = FormerNickname.objects.filter(owner=erasure.account_id or 0)
    given_up = frozenset(names.values_list("key_digest", flat=True))
    return not given_up or go_through_texts(erasure, partial(_replace_batch, former_replacer(given_up)))


def _replace_batch(replace: Callable[[str], str], erasure: Erasure, holding: Holding, after: int) -> int:
    """The key of the last row that was looked at; only those that name the person are held."""
    marked = Q()
    for field in holding.texts:
        marked |= Q(**{f"{field}__contains": "@"}) | Q(**{f"{field}__icontains": "/people/"})
    rows = list(holding.objects.filter(marked, pk__gt=after).order_by("pk")[:LOOKED_AT])
    named = [row.pk for row in rows if changed_texts(row, holding, replace)][:BATCH]
    with transaction.atomic():
        for row in holding.objects.select_for_update(no_key=True).filter(pk__in=named):
            replace_in(row, holding, replace)
    if len(named) == BATCH:
        return int(named[-1])
    return int(rows[-1].pk) if rows else 0


def former_replacer(given_up: frozenset[str]) -> Callable[[str], str]:
    """Replaces the names whose digests these are; a word that was looked at once is known."""

    @cache
    def is_given_up(word: str) -> bool:
        return not given_up.isdisjoint(digests_of(unquote(word).replace("\\", "")))

    def put(word: str, found: re.Match[str]) -> str:
        return word if is_given_up(found[1]) else found[0]

    mention, page = _patterns()
    nobody = somebody()

    def replace(text: str) -> str:
        return page.sub(partial(put, "/people/-"), mention.sub(partial(put, nobody), text))

    return replace


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may be a nickname after `@` and in an address: as accounts.nicknames has it, also with Markdown's `\\`."""
    letter = rf"(?:[^\W_]|[{_marks()}])"
    name = rf"{letter}(?:(?:\\?[._-])?{letter}){{0,{_LONGEST}}}"
    quoted = rf"(?:%[0-9A-Fa-f]{{2}}|\\?[._-](?=%|{letter})|{letter}){{1,{_LONGEST_QUOTED}}}"
    return re.compile(rf"(?<![\w.])@({name})(?!\w)"), re.compile(rf"(?i:/people/)({quoted})(?!\w)")


def _marks() -> str:
    """Those that stand on letters: to Python's expressions they are no part of a word."""
    signs = map(chr, range(0x300, 0x20000))
    return "".join(sign for sign in signs if unicodedata.category(sign) in ("Mn", "Mc"))
