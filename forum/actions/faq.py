"""Turn answers into FAQ entries; publish, retire and restore them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import faq_letters
from forum.actions.faq_drift import clear_rechecks, open_recheck
from forum.actions.revisions import Overtaken
from forum.actions.uploads import claim_uploads
from forum.faq_review import asks_for_two, must_not_publish, next_check
from forum.models import Answer, Company, FaqEntry, FaqSource, Question, RecheckReason, Topic
from forum.models.identifiers import slug_of
from forum.search.documents import index_entry

# What an editor writes. What others decide about the entry meanwhile stays as they decided it.
_WRITTEN = (
    "title", "slug", "text", "html", "topic", "language", "position", "review_due_on", "edited_at",
)  # fmt: skip
_CHECKED = ("checked_at", "checked_by", "checked_by_name")


class EntryRemoved(Exception):
    """A decision of moderation removed the entry: nothing but another decision shows it again."""


class EntryMerged(EntryRemoved):
    """Another entry answers it now; undoing that shows it again."""


class SecondPersonNeeded(Exception):
    """Whoever wrote it does not publish it: somebody else looks at it first."""


class ConsentWithdrawn(EntryRemoved):
    """It came from a private conversation, and its customer does not want it to be public any more."""


@transaction.atomic
def promote_to_faq(*, answer: Answer, by: User) -> FaqEntry:
    """A draft made of question and answer, linked back to both; a second click finds what became of it."""
    # Two people who press the button together get one draft.
    Question.objects.select_for_update(no_key=True).get(pk=answer.question_id)
    source = FaqSource.objects.filter(question=answer.question, answer=answer).select_related("entry").first()
    if source:
        return source.entry
    question = answer.question
    entry = new_entry(by=by, topic=question.topic, language=question.language, title=question.title, text=answer.text)
    entry.review_due_on = next_check(Company.load())
    entry.save(update_fields=["review_due_on"])
    # What a customer let out of a private conversation ends with their consent, wherever it went from there.
    consent = question.public_consents.standing().first()
    FaqSource.objects.create(entry=entry, question=question, answer=answer, consent=consent, added_by=by)
    # The entry keeps its pictures whatever becomes of the answer, as it keeps its text.
    claim_uploads(post=entry, writer=by, source=answer)
    return entry


@transaction.atomic
def new_entry(*, by: User, topic: Topic, language: str, title: str, text: str) -> FaqEntry:
    entry = FaqEntry(topic=topic, language=language, title=title, slug=new_address(title))
    entry.author, entry.author_name = by, by.public_name
    entry.write(text)
    entry.save()
    claim_uploads(post=entry, writer=by)
    return entry


@transaction.atomic
def edit_entry(*, entry: FaqEntry, by: User, text: str, version: str | None = None, reason: str = "") -> FaqEntry:
    """Saves a new or changed entry; whoever edits has checked it, unless two people are asked for. The address of what
    was published or removed stays.

    What it said before is kept as a version; words that stay the same make none. What waited for somebody to look at
    it again has had that, except where two people are asked for and nobody else has seen the words that are new.
    Raises Overtaken when it is no longer of the `version` that the editor began from.
    """
    is_new = entry._state.adding
    is_changed = False
    if is_new:
        entry.author, entry.author_name = by, by.public_name
    else:
        # Asked of the row, which is held until the end: the entry in hand says what its editor typed.
        stored = FaqEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        if version is not None and version_of_entry(stored) != version:
            raise Overtaken
        is_changed = (entry.title, text) != (stored.title, stored.text)
        if is_changed:
            _record(stored, by=by, title=entry.title, text=text, reason=reason)
    if entry.published_at is None and not entry.is_hidden:
        entry.slug = new_address(entry.title, but=entry.pk or 0)
    entry.write(text)
    entry.edited_at = timezone.now()
    is_checked = not asks_for_two(entry) or not (is_new or must_not_publish(entry, by))
    if is_checked:
        entry.checked_at, entry.checked_by, entry.checked_by_name = entry.edited_at, by, by.public_name
    entry.save(update_fields=None if is_new else [*_WRITTEN, *(_CHECKED if is_checked else ())])
    claim_uploads(post=entry, writer=by)
    _note_edit(entry, by=by, is_changed=is_changed)
    index_entry(entry)
    return entry


def _note_edit(entry: FaqEntry, *, by: User, is_changed: bool) -> None:
    """Readers keep what is published, and see that it is being looked at until a second person has done so."""
    if is_changed and entry.is_published and asks_for_two(entry):
        open_recheck(entry=entry, reason=RecheckReason.UNREVIEWED)
        clear_rechecks(entry=entry, by=by, but=(RecheckReason.UNREVIEWED,))
    else:
        clear_rechecks(entry=entry, by=by, but=(RecheckReason.UNREVIEWED,) if must_not_publish(entry, by) else ())


def version_of_entry(entry: FaqEntry) -> str:
    """Which state of the entry this is; nothing for one that nobody has edited."""
    return entry.edited_at.isoformat() if entry.edited_at else ""


def _record(stored: FaqEntry, *, by: User, title: str, text: str, reason: str) -> None:
    """The version to come; the first time also the one that was there. In our hands until the end."""
    last = stored.revisions.last()
    if last is None:
        last = stored.revisions.create(
            number=1, title=stored.title, text=stored.text, created_at=stored.edited_at or stored.created_at,
            edited_by=stored.author, edited_by_name=stored.author_name,
        )  # fmt: skip
    stored.revisions.create(
        number=last.number + 1, title=title, text=text, edited_by=by, edited_by_name=by.public_name, reason=reason
    )


@transaction.atomic
def submit_entry(*, entry: FaqEntry, by: User) -> None:
    """Its author thinks that it is ready for somebody else to publish; a second click changes nothing."""
    _refuse_removed(entry)
    if entry.submitted_at or entry.published_at:
        return
    entry.submitted_at, entry.submitted_by, entry.submitted_by_name = timezone.now(), by, by.public_name
    entry.save(update_fields=["submitted_at", "submitted_by", "submitted_by_name"])


@transaction.atomic
def publish_entry(*, entry: FaqEntry, by: User) -> None:
    """Shows the entry under /faq/; the askers it came from are told, once.

    Raises EntryRemoved, and SecondPersonNeeded for who wrote it where two people are asked for.
    """
    _refuse_removed(entry)
    _refuse_alone(entry, by)
    entry.published_at = entry.published_at or timezone.now()
    entry.retired_at, entry.submitted_at = None, None
    entry.checked_at, entry.checked_by, entry.checked_by_name = timezone.now(), by, by.public_name
    facts = ["published_at", "retired_at", "submitted_at", "checked_at", "checked_by", "checked_by_name"]
    entry.save(update_fields=facts)
    index_entry(entry)
    faq_letters.tell_askers(entry)


@transaction.atomic
def check_entry(*, entry: FaqEntry, by: User) -> None:
    """Somebody of the team has read it and finds it right; the next day for that is set.

    Raises SecondPersonNeeded for who changed it last where two people are asked for, and EntryRemoved.
    """
    _refuse_removed(entry)
    _refuse_alone(entry, by)
    entry.checked_at, entry.checked_by, entry.checked_by_name = timezone.now(), by, by.public_name
    entry.review_due_on = next_check(Company.load())
    entry.save(update_fields=["checked_at", "checked_by", "checked_by_name", "review_due_on"])
    clear_rechecks(entry=entry, by=by)


@transaction.atomic
def retire_entry(*, entry: FaqEntry) -> None:
    _take_in_hand(entry)
    if entry.retired_at:
        return
    entry.retired_at = timezone.now()
    entry.save(update_fields=["retired_at"])
    index_entry(entry)


@transaction.atomic
def restore_entry(*, entry: FaqEntry, by: User) -> None:
    """Brings a retired entry back as what it was: published, or a draft.

    Raises EntryRemoved, and SecondPersonNeeded for who changed it meanwhile where two people are asked for.
    """
    _refuse_removed(entry)
    if entry.published_at and entry.revisions.filter(created_at__gt=entry.retired_at or timezone.now()).exists():
        _refuse_alone(entry, by)
    entry.retired_at = None
    entry.save(update_fields=["retired_at"])
    index_entry(entry)
    if entry.published_at:
        # Those whose questions were added meanwhile.
        faq_letters.tell_askers(entry)


def _refuse_alone(entry: FaqEntry, by: User) -> None:
    if must_not_publish(entry, by):
        raise SecondPersonNeeded


def _refuse_removed(entry: FaqEntry) -> None:
    _take_in_hand(entry)
    if entry.is_hidden:
        raise EntryRemoved
    if entry.is_merged:
        raise EntryMerged
    if entry.sources.filter(consent__withdrawn_at__isnull=False).exists():
        raise ConsentWithdrawn


def _take_in_hand(entry: FaqEntry) -> None:
    """What became of it until now; nobody decides about it before the end of the transaction."""
    rows = FaqEntry.objects.select_for_update(no_key=True)
    facts = ["published_at", "retired_at", "hidden_at", "merged_into", "submitted_at"]
    entry.refresh_from_db(fields=facts, from_queryset=rows)


def new_address(title: str, but: int = 0) -> str:
    """The words of the title, with a number where another entry has them already."""
    slug, number = slug_of(title)[:74], 1
    candidate = slug
    while FaqEntry.objects.filter(slug=candidate).exclude(pk=but).exists():
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
