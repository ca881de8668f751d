"""The steps of an erasure that are the same for every table, and those of accounts' own (settings.ERASURE_STEPS)."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.holdings import Actor, Holding, holdings
from accounts.models import DataExport, Erasure, FormerNickname, Invitation, StaffCard, User

BATCH = 200  # rows; a transaction of so many takes a few hundredths of a second
SESSIONS = 1000


def erase_files(erasure: Erasure) -> bool:
    """The picture on the card, and the copies that the person asked for."""
    if portrait := erasure.progress.get("portrait"):
        default_storage.delete(portrait)
    for export in DataExport.objects.filter(user=erasure.account):
        export.delete_file(timezone.now())
        export.delete()
    return True


def erase_invitations(erasure: Erasure) -> bool:
    """What was sent to the address: it stands in them, whoever accepted."""
    Invitation.objects.filter(Q(accepted_by=erasure.account) | Q(email__iexact=erasure.address)).delete()
    return True


def erase_sessions(erasure: Erasure) -> bool:
    """The rows of its sessions, which are of no use already: whose a session is can only be read inside.

    Also of those that began to sign in and gave up: they are nobody's, and hold the address.
    """
    after = erasure.progress.get("at", "")
    batch = list(Session.objects.filter(session_key__gt=after).order_by("session_key")[:SESSIONS])
    own = [one.pk for one in batch if _is_of(erasure, one.get_decoded())]
    Session.objects.filter(pk__in=own).delete()
    if batch:
        erasure.note(at=batch[-1].pk)
    return len(batch) < SESSIONS


def _is_of(erasure: Erasure, session: dict[str, Any]) -> bool:
    if session.get("_auth_user_id") == str(erasure.account_id):
        return True
    # In its quotation marks, or an address would be found at the end of a longer one.
    address = json.dumps(erasure.address).casefold()
    return bool(erasure.address) and address in json.dumps(session, default=str).casefold()


def erase_settings_log(erasure: Erasure) -> bool:
    """What the settings pages remember of changes: by this person, and to account and card."""
    by_model = {model: ContentType.objects.get_for_model(model) for model in (User, StaffCard)}
    about = Q(content_type=by_model[User], object_id=str(erasure.account_id))
    LogEntry.objects.filter(Q(user=erasure.account_id) | about).delete()
    if not erasure.keep_name:
        # A card is called by the name that was taken off it.
        nameless = StaffCard.objects.filter(user=None, name=erasure.label).values_list("pk", flat=True)
        LogEntry.objects.filter(content_type=by_model[StaffCard], object_id__in=[str(pk) for pk in nameless]).delete()
    return True


def erase_names(erasure: Erasure) -> bool:
    """Everywhere somebody is kept as the one who did something: the fact stays, without the person and the name."""
    places = [(holding, actor) for holding in holdings() for actor in holding.people if _outlives(holding, actor)]
    for number in range(int(erasure.progress.get("at") or 0), len(places)):
        if _forget_batch(erasure, *places[number]):
            erasure.note(at=number)
            return False
    return True


def _outlives(holding: Holding, actor: Actor) -> bool:
    """What can not be without its person goes with the account itself; by former nicknames mentions are found."""
    return bool(holding.table._meta.get_field(actor[0]).null) and holding.table not in (Erasure, FormerNickname)


def _forget_batch(erasure: Erasure, holding: Holding, actor: Actor) -> bool:
    """Whether there was anything."""
    who, name = actor
    keys = list(holding.objects.filter(**{who: erasure.account_id}).values_list("pk", flat=True)[:BATCH])
    if not keys:
        return False
    with transaction.atomic():
        rows = holding.objects.filter(pk__in=keys)
        if name:
            # What the name on the card may stay under, the nickname may not.
            former = rows.filter(**{name: erasure.nickname}) if erasure.keep_name else rows
            former.update(**{name: erasure.label})
        rows.update(**{who: None})
    return True
