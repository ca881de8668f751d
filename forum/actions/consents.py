"""Consent to read about somebody's health: given before the first message, asked again for new words."""

from __future__ import annotations

from django.utils import translation

from forum.middleware import written_language
from forum.models import Company, Conversation, HealthConsent, consent_text
from forum.permissions import is_serving
from forum.receipt_holder import Party, account_of


class ConsentMissing(Exception):
    """The topic is about health, and the customer did not agree to the words of today."""


def record_consent(*, conversation: Conversation, by: Party | None) -> None:
    """With the words as they stood on the page, in its language."""
    language = written_language(translation.get_language() or "")
    text = consent_text(Company.load().name)
    HealthConsent.objects.record(conversation, account_of(by), text, language)


def asks_for_consent(conversation: Conversation, person: Party) -> bool:
    """Whether this person must agree before their next message. Of the staff nothing is asked."""
    if not conversation.topic.health_data or is_serving(person, conversation):
        return False
    return not conversation.health_consents.to_the_words_of_today().exists()


def ask_for_consent(conversation: Conversation, author: Party) -> None:
    """Raises ConsentMissing."""
    if asks_for_consent(conversation, author):
        raise ConsentMissing


def was_withdrawn(conversation: Conversation) -> bool:
    return conversation.health_consents.withdrawn().exists()
