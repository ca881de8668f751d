"""The address under which an asker says whether their question may be linked from an entry: signed, for this alone.

It opens without signing in, for it comes by letter; it shows nothing but what everybody may read, and changes nothing
but the link and the name beside it.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from forum.models import FaqSource


def _signer() -> Signer:
    return Signer(salt="forum.faq_objections", sep=".")


def objection_address(source: FaqSource) -> str:
    return reverse("forum:faq_objection", args=[_signer().sign(str(source.pk))])


def source_behind(token: str) -> FaqSource | None:
    """None when nobody of us signed it, or when the source, its question or its asker is gone."""
    try:
        key = int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    # Not behind the gate: who objected is not linked any more, and may still change their mind.
    rows = FaqSource._default_manager.select_related("entry", "question__author")
    source = rows.filter(pk=key, question__author__isnull=False).first()
    return source if source and source.question and source.question.author else None
