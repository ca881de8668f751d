"""One public sentence about what was settled in private: proposed by the team, shown when the asker agrees."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import door_letters
from forum.actions.consents import was_withdrawn
from forum.models import Conversation, Door


class OutcomeDecided(Exception):
    """A sentence was proposed, agreed to, declined or taken back already."""


@transaction.atomic
def propose_outcome(*, door: Door, by: User, sentence: str) -> None:
    """Asks the asker whether it may stand on the public page. Raises OutcomeDecided; it is asked once."""
    _hold(door)
    is_taken_back = door.conversation is not None and was_withdrawn(door.conversation)
    if door.outcome_proposed_at or not door.is_settled or is_taken_back:
        raise OutcomeDecided
    door.proposed_outcome = sentence
    door.outcome_by, door.outcome_by_name, door.outcome_proposed_at = by, by.public_name, timezone.now()
    door.save(update_fields=["sealed_outcome", "outcome_by", "outcome_by_name", "outcome_proposed_at"])
    door_letters.tell_asker(door)


@transaction.atomic
def agree_to_outcome(*, door: Door) -> None:
    """Shows the sentence to everybody; a second click changes nothing. Raises OutcomeDecided after another word."""
    _hold(door)
    if door.outcome:
        return
    if not door.awaits_outcome_decision:
        raise OutcomeDecided
    door.outcome, door.sealed_outcome, door.outcome_agreed_at = door.proposed_outcome, None, timezone.now()
    door.save(update_fields=["outcome", "sealed_outcome", "outcome_agreed_at"])
    door_letters.tell_team_of_decision(door)


@transaction.atomic
def decline_outcome(*, door: Door) -> None:
    """The sentence is forgotten. Raises OutcomeDecided when it was agreed to."""
    _hold(door)
    if door.outcome_declined_at:
        return
    if not door.awaits_outcome_decision:
        raise OutcomeDecided
    door.sealed_outcome, door.outcome_declined_at = None, timezone.now()
    door.save(update_fields=["sealed_outcome", "outcome_declined_at"])
    door_letters.tell_team_of_decision(door)


@transaction.atomic
def drop_proposal(*, conversation: Conversation) -> None:
    """Forgets a sentence about which the asker has not decided: we may not speak of this any more."""
    # Held also where nothing is proposed: who does so at this moment finds the consent gone.
    door = Door.objects.select_for_update(no_key=True, of=("self",)).filter(conversation=conversation).first()
    if door and door.awaits_outcome_decision:
        door.sealed_outcome, door.outcome_declined_at = None, timezone.now()
        door.save(update_fields=["sealed_outcome", "outcome_declined_at"])


@transaction.atomic
def withdraw_outcome(*, door: Door) -> None:
    """Takes the sentence off the page again, for good; a second click changes nothing."""
    _hold(door)
    if not door.outcome:
        return
    door.outcome, door.outcome_withdrawn_at = "", timezone.now()
    door.save(update_fields=["outcome", "outcome_withdrawn_at"])
    door_letters.tell_team_of_decision(door)


def _hold(door: Door) -> None:
    """How it stands now; until the end of the transaction nobody else decides about it."""
    rows = Door.objects.select_for_update(no_key=True, of=("self",))
    facts = ["outcome", "sealed_outcome", "outcome_proposed_at", "outcome_agreed_at", "outcome_declined_at"]
    door.refresh_from_db(fields=[*facts, "outcome_withdrawn_at"], from_queryset=rows)
