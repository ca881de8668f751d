"""The staff's own cards."""

from __future__ import annotations

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import StaffCard
from forum.models.identifiers import slug_of


@transaction.atomic
def save_card(*, card: StaffCard, portrait: ContentFile[bytes] | None = None, remove_portrait: bool = False) -> None:
    """Saves the card with its new face, or without one; a face that was taken away does not stay on the disk."""
    former = card.portrait.name
    if not card.slug:
        card.slug = _free_slug(card.name)
    if portrait:
        card.portrait.save(portrait.name or "", portrait, save=False)
    elif remove_portrait:
        card.portrait = ""
    card.save()
    if former and former != card.portrait.name:
        transaction.on_commit(partial(card.portrait.storage.delete, former))


def _free_slug(name: str) -> str:
    slug, number = slug_of(name)[:54], 1
    candidate = slug
    while StaffCard.objects.filter(slug=candidate).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
