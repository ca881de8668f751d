"""The staff's own cards: what a person shows, what they agreed to, and how they take it back."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import CardConsent, Shown, StaffCard, User
from forum.actions.names import replace_name
from forum.actions.revisions import Overtaken, digest_of
from forum.actions.uploads import store_face
from forum.middleware import mail_language
from forum.models.identifiers import slug_of

CARD_WORDS = ("name", "role_title", "about", "sign_off", "languages", "answer_days")


@transaction.atomic
def save_card(
    *, card: StaffCard, portrait: ContentFile[bytes] | None = None, agreed_to: frozenset[str], version: str = ""
) -> None:
    """Saves the card, with its new face where there is one, and notes what its person agreed to show.

    Raises ValueError for a portrait without consent; Overtaken when the card is no longer of the `version` that the
    form began from, and says something else; NotStored when there is no room for the portrait.
    """
    person = cast(User, card.user)  # whoever fills in a card is there
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    there = StaffCard.objects.filter(user=person).first()
    if there and version not in ("", version_of_card(there)) and version_of_card(there) != version_of_card(card):
        raise Overtaken
    if there and not card.pk:  # a first card that was sent twice
        card.pk, card.slug, card.portrait = there.pk, there.slug, there.portrait
        card._state.adding = False
    if not card.slug:
        card.slug = _free_slug(card.name)
    for shown in agreed_to:
        CardConsent.objects.record(person, shown)
    if portrait:
        if not CardConsent.objects.given_by(person, Shown.PORTRAIT).exists():
            raise ValueError("A portrait needs the consent of the person it shows.")
        _forget_file(card)
        store_face(card.portrait, portrait)
    card.save()


def version_of_card(card: StaffCard) -> str:
    """By what a form knows again whether the card still says what it said."""
    return digest_of(*(getattr(card, name) for name in CARD_WORDS))


@transaction.atomic
def withdraw_portrait(*, card: StaffCard) -> None:
    """Takes the face from the card and the file from the disk; a second click changes nothing."""
    if card.user:
        CardConsent.objects.withdraw(card.user, Shown.PORTRAIT)
    _forget_file(card)
    card.portrait = ""
    card.save(update_fields=["portrait"])


@transaction.atomic
def withdraw_name(*, card: StaffCard, service_name: str = "") -> None:
    """Puts a name of no person in the place of this one, everywhere and back to the first answer.

    The card's address goes with it, and so do sign-off and self-description, in which the name may stand.
    """
    card = StaffCard.objects.select_for_update(of=("self",)).select_related("user").get(pk=card.pk)
    name = service_name or neutral_name()
    if card.user:
        CardConsent.objects.withdraw(card.user, Shown.NAME)
    card.name, card.slug, card.about = name, _free_slug(name), ""
    card.sign_off = name if card.sign_off else ""
    card.save(update_fields=["name", "slug", "about", "sign_off"])
    replace_name(card=card, name=name)


def neutral_name() -> str:
    """In the company's first language: it is stored with what was written, for readers of every language."""
    with translation.override(mail_language("")):
        return _("A member of the team")


def _forget_file(card: StaffCard) -> None:
    if card.portrait.name:
        transaction.on_commit(partial(card.portrait.storage.delete, card.portrait.name))


def _free_slug(name: str) -> str:
    slug, number = slug_of(name)[:54], 1
    candidate = slug
    while StaffCard.objects.filter(slug=candidate).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
