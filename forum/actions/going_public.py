"""From private to public: the team offers a text, the customer decides, and exactly what they saw is published.

Everything here holds the draft's row until the end of its transaction: two clicks, two of the staff or a customer with
two windows come one after the other, and the later one finds what the earlier one made.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import door_letters
from forum.actions.answers import announce_answer
from forum.actions.consents import was_withdrawn
from forum.actions.faq import new_address
from forum.checks import hold_if_doubtful
from forum.models import (
    Answer,
    Conversation,
    FaqEntry,
    FaqSource,
    PublicConsent,
    PublicDraft,
    PublicKind,
    PublicWords,
    Question,
    Subscription,
    Under,
    WaitingOn,
)
from forum.search.documents import index_entries, index_entry, index_questions


class OfferOver(Exception):
    """The customer has decided, and is not asked again."""


class OfferOvertaken(Exception):
    """It does not say any more what stood before this person."""


@transaction.atomic
def offer(
    *, conversation: Conversation, by: User, kind: str, language: str, words: PublicWords, version: int
) -> PublicDraft:
    """Lays a text before the customer; `version` is the one that was on the page, 0 for the first.

    Raises OfferOver after a decision and once the consent to read it is taken back, OfferOvertaken when somebody else
    was quicker.
    """
    Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    draft = PublicDraft.objects.filter(conversation=conversation).select_for_update(of=("self",)).first()
    if (draft and not draft.is_undecided) or was_withdrawn(conversation):
        raise OfferOver
    if (draft.version if draft else 0) != version:
        raise OfferOvertaken
    draft = draft or PublicDraft(conversation=conversation, version=0)
    draft.conversation = conversation
    draft.kind, draft.language, draft.words, draft.version = kind, language, words, version + 1
    draft.drafted_by, draft.drafted_by_name = by, by.public_name
    draft.offered_at, draft.returned_at = timezone.now(), None
    draft.save()
    door_letters.tell_customer(draft)
    return draft


@transaction.atomic
def decline_publication(*, draft: PublicDraft) -> None:
    """No: it stays private and is not asked again. A second click changes nothing. Raises OfferOver after a yes."""
    _hold(draft)
    if draft.declined_at:
        return
    if not draft.is_undecided:
        raise OfferOver
    draft.declined_at = timezone.now()
    # What is not to be published need not be kept.
    draft.words = PublicWords("", "", "")
    draft.save(update_fields=["declined_at", "sealed_words"])
    door_letters.tell_drafter(draft)


@transaction.atomic
def drop_offer(*, conversation: Conversation) -> None:
    """Forgets a text about which the customer has not decided; what is published has a consent of its own."""
    PublicDraft.objects.undecided().filter(conversation=conversation).delete()


@transaction.atomic
def return_draft(*, draft: PublicDraft, words: PublicWords, version: int) -> None:
    """The customer has changed what the company says: we look at it, and offer it again.

    Raises OfferOver and OfferOvertaken.
    """
    _hold(draft)
    _check(draft, version)
    draft.words, draft.version, draft.returned_at = words, draft.version + 1, timezone.now()
    draft.save(update_fields=["sealed_words", "version", "returned_at"])
    door_letters.tell_drafter(draft)


@transaction.atomic
def publish(*, draft: PublicDraft, words: PublicWords, version: int, under: str) -> PublicConsent:
    """Publishes the words that stood before the customer at the click, once; a replay finds what was made.

    Raises OfferOver after a no, OfferOvertaken when it says something else since.
    """
    _hold(draft)
    if draft.published_at:
        return PublicConsent.objects.get(conversation=draft.conversation)
    _check(draft, version)
    customer = draft.conversation.customer
    if words != draft.words:
        draft.words, draft.version = words, draft.version + 1
    consent = PublicConsent(
        conversation=draft.conversation,
        user=customer,
        user_name=customer.nickname if customer else "",
        under=under if customer else Under.CUSTOMER,
        text_version=draft.version,
        text_digest=words.digest,
    )
    if draft.kind == PublicKind.QUESTION:
        consent.question = _publish_question(draft, words, consent)
        consent.save()
    else:
        _publish_entry(draft, words, consent)
    draft.published_at = timezone.now()
    draft.save(update_fields=["published_at", "version", "sealed_words"])
    door_letters.tell_drafter(draft)
    return consent


def needs_a_look(draft: PublicDraft, words: PublicWords) -> bool:
    """Whether the customer has changed what the company says, or what nobody could be asked about afterwards.

    What somebody with an account says in their own question is theirs, as everywhere in public.
    """
    if words == draft.words:
        return False
    is_own = draft.kind == PublicKind.QUESTION and draft.conversation.customer is not None
    return not is_own or words.answer != draft.words.answer


@transaction.atomic
def withdraw_publication(*, consent: PublicConsent) -> None:
    """Takes the consent back: what it allowed is gone from every page at the next request, and stays gone.

    A second click changes nothing.
    """
    rows = PublicConsent.objects.select_for_update(no_key=True, of=("self",))
    consent.refresh_from_db(fields=["withdrawn_at", "question", "entry"], from_queryset=rows)
    if consent.withdrawn_at:
        return
    now = consent.withdrawn_at = timezone.now()
    # Its thread comes first, as everywhere (forum.actions.threads).
    if consent.question_id:
        Question.objects.filter(pk=consent.question_id).update(deleted_at=now)
    # Held before: who publishes or restores one at this moment comes before, or finds the consent gone.
    among = FaqSource.objects.filter(consent=consent).values("entry")
    entries = list(FaqEntry.objects.select_for_update(no_key=True).filter(pk__in=among).order_by("pk"))
    for entry in entries:
        # Also when it is retired already: a decision that is undone must not bring it back.
        entry.retired_at = now
        entry.save(update_fields=["retired_at"])
    if consent.question_id:
        index_questions([consent.question_id])
    index_entries([entry.pk for entry in entries])
    consent.save(update_fields=["withdrawn_at"])
    door_letters.tell_of_withdrawal(consent, entries)


def _publish_question(draft: PublicDraft, words: PublicWords, consent: PublicConsent) -> Question:
    """Asked under the nickname, or by nobody in particular: then no row leads to the customer but the consent."""
    question = Question(topic=draft.conversation.topic, language=draft.language)
    if consent.under == Under.NICKNAME and consent.user:
        question.sign(consent.user)
    else:
        question.unnamed_at = timezone.now()
    question.write_title(words.title)
    question.write(words.text)
    if consent.user:
        hold_if_doubtful(question, consent.user)
    question.wait_on(WaitingOn.NOBODY)
    question.save()
    answer = Answer(question=question, posted_as_name=draft.drafted_by_name)
    if draft.drafted_by and draft.drafted_by.is_staff:
        answer.sign(draft.drafted_by, badge=True)
    answer.write(words.answer)
    answer.save()
    announce_answer(answer=answer)
    if question.author:
        Subscription.objects.create(question=question, user=question.author)
    return question


def _publish_entry(draft: PublicDraft, words: PublicWords, consent: PublicConsent) -> None:
    now = timezone.now()
    entry = FaqEntry(
        topic=draft.conversation.topic,
        language=draft.language,
        title=words.title,
        slug=new_address(words.title),
        author=draft.drafted_by,
        author_name=draft.drafted_by_name,
        published_at=now,
        checked_at=now,
        checked_by=draft.drafted_by,
        checked_by_name=draft.drafted_by_name,
    )
    entry.write(words.answer)
    entry.save()
    index_entry(entry)
    consent.entry = entry
    consent.save()
    FaqSource.objects.create(entry=entry, consent=consent, added_by=draft.drafted_by)


def _hold(draft: PublicDraft) -> None:
    """How it stands now; until the end of the transaction nobody else decides. Raises OfferOver when it is gone."""
    rows = PublicDraft.objects.select_for_update(no_key=True, of=("self",))
    facts = ["kind", "sealed_words", "version", "returned_at", "declined_at", "published_at", "drafted_by"]
    try:
        draft.refresh_from_db(fields=[*facts, "drafted_by_name", "language"], from_queryset=rows)
    except PublicDraft.DoesNotExist as gone:
        raise OfferOver from gone


def _check(draft: PublicDraft, version: int) -> None:
    if not draft.is_undecided:
        raise OfferOver
    if draft.version != version or draft.returned_at:
        raise OfferOvertaken
