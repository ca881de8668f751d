"""Unique words planted in everything that somebody must not read, and who may read each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import DataExport, User
from accounts.renaming import change_nickname
from forum.actions.answers import edit_answer
from forum.actions.drafts import save_draft
from forum.actions.faq import edit_entry
from forum.actions.faq_feedback import give_feedback
from forum.actions.invitations import invite
from forum.actions.questions import edit_question, set_unnamed
from forum.actions.sending import Sent
from forum.faq_objections import objection_address
from forum.models import Conversation, Post, Revision, Upload
from forum.models.upload import new_name
from moderation.models import Notice
from tests.canaries_of_doors import plant_doors
from tests.canaries_of_repeats import plant_repeats
from tests.canaries_of_rooms import plant_rooms
from tests.factories import (
    make_accepted,
    make_answer,
    make_comment,
    make_faq,
    make_faq_from,
    make_note,
    make_question,
    make_reply,
    make_topic,
)

# Stands beside every canary, so that a search for it would lead to them all.
LURE = "brimstone"


@dataclass
class Planted:
    """`words` maps a canary to the nicknames of those who may read it; `args` are values for addresses."""

    words: dict[str, set[str]] = field(default_factory=dict)
    args: dict[str, set[str]] = field(default_factory=dict)
    conversation: Conversation | None = None

    def word(self, name: str, *readers: User) -> str:
        canary = f"canary{name}"
        self.words[canary] = {reader.nickname for reader in readers}
        return f"{LURE} {canary}"

    def address(self, name: str, *values: Any) -> None:
        self.args.setdefault(name, set()).update(str(value) for value in values)

    def posts(self, *posts: Post) -> None:
        for post in posts:
            self.address(post.kind, post.public_id)


@dataclass
class Cast:
    ann: User
    ben: User
    stella: User
    sami: User
    moritz: User
    olga: User

    @property
    def everybody(self) -> list[User]:
        return [self.ann, self.ben, self.stella, self.sami, self.moritz, self.olga]

    @property
    def team(self) -> list[User]:
        return [self.stella, self.sami, self.moritz, self.olga]

    @property
    def judges(self) -> list[User]:
        return [self.moritz, self.olga]


def _picture(planted: Planted, owner: User, name: str, *readers: User) -> str:
    """A picture whose file holds a canary, as it is written into a text."""
    upload = Upload(owner=owner, width=1, height=1, size=1, received=1, hash=name)
    upload.image.name = new_name(1, 1)
    upload.save()
    default_storage.save(upload.name, ContentFile(planted.word(name, *readers).encode()))
    planted.address("path", upload.name)
    return upload.markdown


def plant(cast: Cast) -> Planted:
    planted = Planted()
    _plant_posts(planted, cast)
    _plant_revisions(planted, cast)
    _plant_faq(planted, cast)
    plant_rooms(planted, cast)
    _plant_people(planted, cast)
    _plant_names(planted, cast)
    _plant_drafts(planted, cast)
    _plant_the_teams_own(planted, cast)
    plant_doors(planted, cast)
    plant_repeats(planted, cast)
    return planted


def _hide() -> dict[str, Any]:
    return {"hidden_at": timezone.now(), "hidden_rule": "insult", "hidden_reason": "Against the house rules."}


def _hold() -> dict[str, Any]:
    return {"held_at": timezone.now(), "held_reason": "Links."}


def _plant_posts(planted: Planted, cast: Cast) -> None:
    ann, ben, judges = cast.ann, cast.ben, cast.judges
    open_question = make_question(ben, "Is the blue one vegan?")
    answer = make_answer(open_question, cast.stella)
    planted.posts(open_question, answer)
    planted.address("topic", open_question.topic.slug)
    states = {"hidden": _hide(), "held": _hold(), "revised": _hold() | {"held_edit": True}}
    for name, state in (states | {"deleted": {"deleted_at": timezone.now()}}).items():
        readers = () if name == "deleted" else (ann, *judges)
        title = planted.word(f"{name}title", *readers)
        picture = _picture(planted, ann, f"{name}picture", *readers)
        question = make_question(ann, title, text=f"{planted.word(f'{name}question', *readers)} {picture}")
        below = () if name == "deleted" else (ben, *judges)
        under = make_answer(question, ben, planted.word(f"{name}under", *below))
        late = make_comment(question, ben, planted.word(f"{name}remark", *below))
        for field_name, value in state.items():
            setattr(question, field_name, value)
        question.save()
        small = _picture(planted, ann, f"{name}detail", *readers)
        hidden_answer = make_answer(open_question, ann, f"{planted.word(f'{name}answer', *readers)} {small}", **state)
        comment = make_comment(open_question, ann, planted.word(f"{name}comment", *readers), **state)
        planted.posts(question, under, late, hidden_answer, comment)


def _plant_revisions(planted: Planted, cast: Cast) -> None:
    picture = _picture(planted, cast.ann, "versionpicture", *cast.judges)
    hidden = f"{planted.word('hiddenversion', *cast.judges)} {picture}"
    question = make_question(cast.ann, "Which soap for a beard?", text=hidden)
    edit_question(question=question, editor=cast.ann, title=question.title, text="A plain text now.")
    Revision.objects.filter(question=question, number=1).update(hidden_at=timezone.now())
    below = make_answer(question, cast.ann, planted.word("versionofhidden", cast.ann, *cast.judges))
    edit_answer(answer=below, editor=cast.ann, text="Something else.")
    below.hide(by=cast.moritz, rule="insult", reason="Against the house rules.", at=timezone.now())
    planted.posts(question, below)


def _plant_faq(planted: Planted, cast: Cast) -> None:
    draft = make_faq(cast.stella, planted.word("drafttitle", *cast.team), published=False)
    picture = _picture(planted, cast.stella, "faqpicture", *cast.team)
    edit_entry(entry=draft, by=cast.stella, text=f"{planted.word('drafttext', *cast.team)} {picture}")
    _picture(planted, cast.ann, "newpicture", cast.ann)
    retired = make_faq(cast.stella, planted.word("retiredtitle", *cast.team), retired_at=timezone.now())
    question = make_question(cast.ann, planted.word("sourcetitle", cast.ann, *cast.judges))
    entry = make_faq_from(make_answer(question, cast.stella), cast.stella)
    entry.title, entry.slug = "Which one is vegan?", "which-one-is-vegan"
    entry.write("All but the honey soap.")
    entry.save()
    question.hide(by=cast.moritz, rule="insult", reason="Against the house rules.", at=timezone.now())
    give_feedback(entry=entry, is_helpful=False, text=planted.word("feedback", *cast.team))
    source = entry.sources.get()
    planted.address("source", source.pk)
    planted.address("objection", objection_address(source).rstrip("/").rpartition("/")[2])
    planted.address("faq", draft.slug, retired.slug, entry.slug)
    planted.address("pk", draft.pk, retired.pk, entry.pk)
    planted.posts(question)


def _plant_people(planted: Planted, cast: Cast) -> None:
    for user in (cast.ann, cast.stella):
        user.email = f"canarymail{user.nickname}@example.org"
        user.save()
        user.emailaddress_set.update(email=user.email)
        planted.words[f"canarymail{user.nickname}"] = {user.nickname, cast.olga.nickname}
    notice = Notice.objects.create(
        target_kind="question", target_id="x", reporter=cast.ben, rule="insult",
        reason=planted.word("notice", *cast.judges), reporter_name=planted.word("reporter", *cast.judges),
        reporter_email="canaryreporter@example.org",
    )  # fmt: skip
    planted.address("notice", notice.public_id)
    # A copy of Ann's, without a file: its address alone must say nothing.
    planted.address("export", DataExport.objects.create(user=cast.ann).public_id)
    planted.address("nickname", *(user.nickname for user in cast.everybody))
    invitation = invite(
        email="canaryinvited@example.org", role="staff", topics=[make_topic("Soap", "soap")], by=cast.olga
    )
    planted.words["canaryinvited"] = {cast.olga.nickname}
    planted.address("invitation", invitation.pk)
    planted.address("token", invitation.token)
    planted.address("person", *(user.pk for user in cast.everybody))
    planted.address("card", *(user.staff_card.slug for user in cast.team))


def _plant_drafts(planted: Planted, cast: Cast) -> None:
    """What somebody is still writing is nobody else's, whatever their role."""
    question = make_question(cast.ben, "Does it float?")
    planted.posts(question)
    for writer in (cast.ann, cast.stella):
        said = {"text": planted.word(f"draft{writer.nickname}", writer)}
        save_draft(Sent(writer, "question_answer", question.public_id), said)
        save_draft(Sent(writer, "question_ask"), {"title": planted.word(f"draftof{writer.nickname}", writer)})
    assert planted.conversation
    private = {"text": planted.word("draftprivate", cast.ann)}
    save_draft(Sent(cast.ann, "conversation_detail", str(planted.conversation.pk)), private)


def _plant_names(planted: Planted, cast: Cast) -> None:
    """Nicknames that only the team reads: of an asker who is "a customer", and one that was given up."""
    quiet = User.objects.create_user("canaryquiet", "quiet@example.org")
    planted.words["canaryquiet"] = {"canaryquiet", *(user.nickname for user in cast.team)}
    question = make_question(quiet, f"Is {LURE} good for a shy person?")
    set_unnamed(question=question, on=True)
    edit_question(question=question, editor=quiet, title=question.title, text=f"I mean {LURE}.")
    answer = make_accepted(question, cast.stella, by=quiet)
    own = make_answer(question, quiet, f"I tried {LURE}.")
    edit_answer(answer=own, editor=quiet, text=f"I have tried {LURE}.")
    comments = [make_comment(post, quiet, f"About {LURE}.") for post in (question, answer, own)]
    # Who wants to be "a customer" is named nowhere, also where a nickname was wished for before.
    named = make_faq_from(answer, cast.stella)
    named.sources.update(credited_at=timezone.now())
    planted.address("faq", named.slug)
    later = make_question(quiet, f"Is {LURE} named at first?")
    planted.posts(question, answer, own, *comments, later, make_comment(later, quiet, LURE))
    set_unnamed(question=later, on=True)
    renamed = User.objects.create_user("canaryformer", "former@example.org")
    asked = make_question(renamed, f"Who was I before {LURE}?")
    edit_question(question=asked, editor=renamed, title=asked.title, text=f"Before {LURE}.")
    make_accepted(asked, cast.ben, by=renamed)
    change_nickname(user=renamed, nickname="newcomer")
    planted.words["canaryformer"] = set()
    planted.posts(asked)
    # Not the former name: a page says no more of it than the address it was asked for.
    planted.address("nickname", "newcomer")


def _plant_the_teams_own(planted: Planted, cast: Cast) -> None:
    """Notes on questions, one of them hidden, and replies: one for the team, one for Stella alone."""
    question = make_question(cast.ann, f"What does the team say of {LURE}?")
    planted.address("note", make_note(question, cast.stella, planted.word("note", *cast.team)).pk)
    hidden = make_question(cast.ben, f"What does it say of hidden {LURE}?")
    hidden.hide(by=cast.moritz, rule="insult", reason="Against the house rules.", at=timezone.now())
    planted.address("note", make_note(hidden, cast.moritz, planted.word("sternnote", *cast.judges)).pk)
    planted.posts(question, hidden)
    shared = make_reply(cast.stella, planted.word("shared", *cast.team), planted.word("sharedtext", *cast.team))
    own = make_reply(
        cast.stella, planted.word("own", cast.stella), planted.word("owntext", cast.stella), is_shared=False
    )
    planted.address("reply", shared.pk, own.pk)
