"""The map of the site by names, and a small site on which each of them leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Invitation, User
from forum.actions.duplicates import link
from forum.actions.going_public import offer, publish
from forum.actions.holds import place_hold
from forum.actions.invitations import invite
from forum.actions.questions import edit_question
from forum.faq_objections import objection_address
from forum.models import (
    Answer,
    Attachment,
    Comment,
    Conversation,
    Door,
    FaqEntry,
    FaqSource,
    InternalNote,
    LegalHold,
    PublicConsent,
    PublicDraft,
    PublicWords,
    Question,
    Revision,
    SavedReply,
)
from forum.ratings import rating_address
from moderation.models import Notice
from tests.factories import (
    make_answer,
    make_attachment,
    make_comment,
    make_conversation,
    make_faq,
    make_note,
    make_question,
    make_reply,
    make_topic,
)


def names() -> list[str]:
    """Every URL name with its namespace. The admin site is Django's, and has tests of its own."""
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver) and part.namespace != "admin":
            yield from _names(part, f"{prefix}{part.namespace}:" if part.namespace else prefix)
        elif isinstance(part, URLPattern):
            assert part.name, f"{part.pattern} has no name"
            yield prefix + part.name


@dataclass
class Site:
    """Ann asked and wrote a comment, Ben and Stella answered, Stella serves Ann's private conversation.

    To that Ann has attached a file, and Olga keeps a conversation of Ben's by law. She was asked into private from
    her question; the conversation is closed, and a text of it waits for her decision. She has let another one be
    published before. Her question stands behind an entry of the FAQ; Ben asked the same as she, and something else.
    Olga has invited Nora. Stella noted something about the question and keeps a reply for everybody.
    """

    question: Question
    answer: Answer
    comment: Comment
    entry: FaqEntry
    conversation: Conversation
    notice: Notice
    held: Question
    hidden: Answer
    invitation: Invitation
    note: InternalNote
    reply: SavedReply
    attachment: Attachment
    hold: LegalHold
    published: PublicConsent
    source: FaqSource
    repeated: Question
    other: Question

    def path(self, name: str) -> str:
        return reverse(name, args=self.arguments(name))

    def arguments(self, name: str) -> list[Any]:
        """What stands in the address behind this name."""
        given: dict[str, list[Any]] = {
            "accounts:data_file": ["none"],
            "accounts:session_end": [1],
            "mfa_edit_webauthn": [1],
            "mfa_remove_webauthn": [1],
            "forum:about": ["imprint"],
            "forum:media": ["portraits/none.webp"],
            "forum:topic_detail": [self.question.topic.slug],
            "forum:topic_feed": [self.question.topic.slug],
            "forum:poster": ["question", self.question.public_id],
            "forum:topic_short": [self.question.topic.code],
            "forum:topic_qr": [self.question.topic.code, "svg"],
            "forum:private_topic": [self.conversation.topic_id],
            "forum:private_entry": [self.published.entry_id],
            "forum:team_detail": ["stella"],
            "forum:desk_team_member": [self.stella_pk],
            "forum:desk_team_remove": [self.stella_pk],
            "forum:desk_team_resend": [self.invitation.pk],
            "forum:desk_team_withdraw": [self.invitation.pk],
            "forum:invitation": [self.invitation.token],
            "forum:person_detail": ["ann"],
            "forum:person_verify": ["ann"],
            "forum:person_unverify": ["ann"],
            "forum:faq_detail": [self.entry.slug],
            "forum:faq_helpful": [self.entry.pk],
            "forum:faq_objection": [objection_address(self.source).rstrip("/").rpartition("/")[2]],
            "forum:faq_source_remove": [self.entry.pk, self.source.pk],
            "forum:question_detail": [self.question.public_id, self.question.slug],
            "forum:question_separate": [self.repeated.public_id],
            "forum:conversation_file": [self.conversation.pk, self.attachment.pk],
            "forum:conversation_rate": [rating_address(self.conversation).rstrip("/").rpartition("/")[2]],
            "forum:desk_hold_end": [self.hold.pk],
            "moderation:message_report": [self.conversation.pk, self.attachment.message_id],
            "moderation:report": ["question", self.question.public_id],
            "moderation:held_detail": ["question", self.held.public_id],
            "moderation:post_hide": ["answer", self.answer.public_id],
            "moderation:post_redact": ["question", self.question.public_id],
            "moderation:post_restore": ["answer", self.hidden.public_id],
            "moderation:version_hide": ["question", self.question.public_id, 1],
            "moderation:version_restore": ["question", self.question.public_id, 2],
            "moderation:notice_detail": [self.notice.public_id],
            "moderation:notice_restore": [self.notice.public_id],
        }
        return given.get(name, self._by_kind(name.partition(":")[2]))

    @property
    def stella_pk(self) -> int:
        return User.objects.get(nickname="stella").pk

    def _by_kind(self, name: str) -> list[Any]:
        kinds: dict[str, tuple[Any, set[str]]] = {
            "question": (self.question.public_id, {"list", "ask", "similar", "solved"}),
            "answer": (self.answer.public_id, set()),
            "comment": (self.comment.public_id, {"letters"}),
            "note": (self.note.pk, set()),
            "reply": (self.reply.pk, {"new", "text"}),
            "faq": (self.entry.pk, {"list", "new", "feed"}),
            "conversation": (self.conversation.pk, {"list", "new"}),
            "published": (self.published.pk, set()),
        }
        kind, _, verb = name.partition("_")
        value, without = kinds.get(kind, (None, set()))
        return [value] if value is not None and verb not in without else []


def plant(ann: User, ben: User, stella: User) -> Site:
    topic = make_topic(code="7k3qm")
    question = make_question(ann, topic=topic)
    for text in ("It is red.", "It is green."):
        edit_question(question=question, editor=ann, title=question.title, text=text)
    Revision.objects.filter(question=question, number=2).update(hidden_at=timezone.now())
    answer, hidden = make_answer(question, ann), make_answer(question, ben, "You fool.")
    hidden.hide(by=stella, rule="insult", reason="Against the house rules.", at=timezone.now())
    notice = Notice.objects.create(
        target_kind="question", target_id=question.public_id, reporter=ben, rule="insult", reason="It is not polite."
    )
    private = make_topic("Skin", "skin", channel="private", discreet=True, health_data=True, staff=[stella])
    conversation = make_conversation(ann, private)
    published = _publish(make_conversation(ann, private, "Another", "It itches."), stella)
    _offer(conversation, stella)
    Door.objects.create(question=question, conversation=conversation, agreed_at=timezone.now(), reason="health")
    olga = User.objects.get(nickname="olga")
    entry = make_faq(stella, topic=topic)
    return Site(
        attachment=make_attachment(conversation, ann),
        hold=place_hold(number=make_conversation(ben, private).pk, by=olga, reason="A claim is before the court."),
        note=make_note(question, stella),
        repeated=_repeat(question, ben, stella),
        reply=make_reply(stella),
        other=make_question(ben, "Is there a soap without palm oil?", topic=topic),
        question=question,
        answer=answer,
        comment=make_comment(question, ann),
        entry=entry,
        source=entry.sources.create(question=question, answer=answer, added_by=stella),
        conversation=conversation,
        published=published,
        notice=notice,
        held=make_question(ben, "Is it held?", held_at=timezone.now(), held_reason="Links."),
        hidden=hidden,
        invitation=invite(email="nora@example.org", role="staff", topics=[topic], by=olga),
    )


def _repeat(original: Question, asker: User, by: User) -> Question:
    repeated = make_question(asker, "Does soap go bad?", topic=original.topic)
    link(question=repeated, original=original, by=by, reason="The same matter.")
    return repeated


def _offer(conversation: Conversation, by: User) -> PublicDraft:
    words = PublicWords("Does it help dry hands?", "", "Yes, with oat.")
    return offer(conversation=conversation, by=by, kind="faq", language="en", words=words, version=0)


def _publish(conversation: Conversation, by: User) -> PublicConsent:
    draft = _offer(conversation, by)
    return publish(draft=draft, words=draft.words, version=1, under="customer")
