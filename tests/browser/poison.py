"""Every text that the site can show, replaced by something that wants to be a script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

from django.utils import timezone

from accounts.models import StaffCard, User
from forum.actions.answers import accept_answer
from forum.actions.conversations import send_message
from forum.actions.faq import promote_to_faq, publish_entry
from forum.actions.questions import edit_question
from forum.models import (
    Answer,
    Attachment,
    Comment,
    Company,
    Conversation,
    FaqEntry,
    LegalPage,
    Message,
    Question,
    Topic,
)  # fmt: skip
from moderation.actions.decisions import hide
from moderation.models import LogEntry, Notice
from tests.factories import make_answer, make_comment, make_conversation, make_faq, make_note, make_question, make_reply
from tests.shared import shared

WORD = "brimstone"  # stands beside every payload, so that a search finds them all
LONGEST = 130
NOW = timezone.now


def payloads() -> list[str]:
    """More than 300, spread over the whole list, and all naughty strings that look like markup."""
    lines = (shared("xss") / "payloadbox-xss-payload-list.txt").read_text(errors="replace").splitlines()
    short = list(dict.fromkeys(line for line in lines if 10 < len(line) <= LONGEST))
    naughty = json.loads((shared("naughty-strings") / "blns.json").read_text())
    markup = [text for text in naughty if ("<" in text or "javascript:" in text) and 10 < len(text) <= LONGEST]
    spread = [short[number * len(short) // 280] for number in range(280)]
    return [text.replace("\0", "") for text in spread + markup[:70]]


def soups(texts: Iterable[str], longest: int) -> Iterator[str]:
    """The same in bowls of at most so many characters."""
    bowl = ""
    for text in texts:
        if bowl and len(bowl) + 1 + len(text) > longest:
            yield bowl
            bowl = ""
        bowl = f"{bowl} {text}".strip()[:longest]
    yield bowl


def poison_everything(texts: list[str], ann: User, ben: User, stella: User, moritz: User) -> Question:
    """The question with one of each kind under it is the one returned."""
    _poison_the_house(texts, stella)
    topic = Topic.objects.get()
    Question.objects.bulk_create(_questions(texts, topic, ann))
    thread = make_question(ann, f"{WORD} {texts[0]}", topic=topic, text="\n\n".join(texts)[:19_000])
    # Both are shown by one template: half of the texts in each make one page of them all.
    Answer.objects.bulk_create(_answers(texts[::2], thread, ben))
    Comment.objects.bulk_create(_comments(texts[1::2], thread, ben))
    _change_again_and_again(texts, thread, ann)
    accept_answer(answer=make_answer(thread, stella, texts[1]), by=stella)
    _poison_the_faq(texts, thread, stella)
    _poison_the_moderators(texts, thread, ben, moritz)
    _poison_a_conversation(texts, ann, stella)
    _poison_what_the_team_keeps(texts, thread, stella)
    _poison_names_and_pictures(texts, thread)
    # So many links are held for review, and what is held nobody sees.
    for posts in (Question.objects.filter(pk=thread.pk), Comment.objects.filter(question=thread)):
        posts.update(held_at=None, held_reason="", held_edit=False)
    return thread


def _poison_what_the_team_keeps(texts: list[str], question: Question, stella: User) -> None:
    for bowl in list(soups(texts, 1_900))[:5]:
        make_note(question, stella, bowl)
    for text in texts[::40]:
        make_reply(stella, text[:80], f"{{nickname}} {text} {{sign_off}}")


def _poison_names_and_pictures(texts: list[str], question: Question) -> None:
    """A nickname that no form would take, and pictures whose description, title and file name are not meant well."""
    rogue = User.objects.create_user("rogue", "rogue@example.org")
    User.objects.filter(pk=rogue.pk).update(nickname="'><svg onload=a()>", nickname_key="'><svg onload=a()>")
    rogue.refresh_from_db()
    make_comment(question, rogue, "Under a name that is none.")
    for bowl in list(soups(texts, 600))[:10]:
        pictures = f"![{bowl}](/media/a.png '{bowl}') ![a](/media/{bowl}.png) [{bowl}](/a)"
        make_comment(question, rogue, pictures)


def _poison_the_house(texts: list[str], stella: User) -> None:
    bowl = cycle(soups(texts, 60))
    fields = ("name", "claim", "closed_note", "contact_phone", "contact_address")
    Company.objects.update(**{field: next(bowl)[:40] for field in fields}, contact_email="a@example.org")
    Topic.objects.create(slug="poison", name=next(bowl), description=next(soups(texts, 300)), channel="both").staff.add(
        stella
    )
    LegalPage(kind="imprint", language="en", text="\n\n".join(texts)[:19_000]).publish(by=stella)
    words = ("name", "role_title", "about", "sign_off", "languages", "answer_days")
    StaffCard.objects.update(**{field: next(bowl) for field in words})


def _written(post: Any, author: User, text: str) -> Any:
    post.sign(author)
    post.write(text)
    post.author_name = text[:60]
    return post


def _questions(texts: list[str], topic: Topic, author: User) -> Iterator[Question]:
    for text in texts:
        question = _written(Question(topic=topic, promised_at=NOW()), author, f"{WORD} {text}")
        question.write_title(f"{WORD} {text}")
        yield question


def _answers(texts: list[str], question: Question, author: User) -> Iterator[Answer]:
    """Every second one is from somebody who left, every fourth a tombstone."""
    for number, text in enumerate(texts):
        answer = _written(Answer(question=question), author, text)
        answer.author = author if number % 2 else None
        answer.posted_as_name = answer.posted_as_role = answer.posted_as_sign_off = text[:60] if number % 3 else ""
        if number % 4 == 0:
            answer.hidden_at, answer.hidden_rule, answer.hidden_reason = NOW(), "insult", text
        yield answer


def _comments(texts: list[str], question: Question, author: User) -> Iterator[Comment]:
    return (_written(Comment(question=question), author, text) for text in texts)


def _change_again_and_again(texts: list[str], question: Question, author: User) -> None:
    title = question.title
    for bowl in list(soups(texts, 2_000))[:10]:
        edit_question(question=question, editor=author, title=bowl[:150], text=bowl, reason=bowl[:200])
    edit_question(question=question, editor=author, title=title, text="\n\n".join(texts)[:19_000])


def _poison_the_faq(texts: list[str], question: Question, stella: User) -> None:
    publish_entry(entry=promote_to_faq(answer=question.answers.earliest("pk"), by=stella), by=stella)
    for number, text in enumerate(texts[:50]):
        make_faq(stella, f"{WORD} {text}", topic=question.topic, text=text, published=number % 5 > 0)
    FaqEntry.objects.update(author_name="<img src=x onerror=alert(1)>", checked_by_name="<svg onload=alert(1)>")


def _poison_the_moderators(texts: list[str], question: Question, ben: User, moritz: User) -> None:
    about: dict[str, Any] = {"target_kind": "question", "target_id": question.public_id, "rule": "insult"}
    Notice.objects.bulk_create(
        Notice(**about, reason=text, reporter_name=text[:80], reporter_email="a@example.org") for text in texts
    )
    lines = {"target_kind": "answer", "target_id": "x", "rule": "insult", "verb": "hide", "actor": moritz}
    LogEntry.objects.bulk_create(LogEntry(**lines, actor_name=text[:60], reason=text) for text in texts)
    for text in texts[::20]:
        make_question(ben, f"{WORD} {text}", topic=question.topic, text=text, held_at=NOW(), held_reason=text)
    for text in texts[::10]:
        hide(target=make_answer(question, ben, text), by=moritz, rule="insult", reason=text)


def _poison_a_conversation(texts: list[str], ann: User, stella: User) -> Conversation:
    conversation = make_conversation(ann, Topic.objects.get(), next(soups(texts, 150)), "\n\n".join(texts)[:19_000])
    for text in texts[::20]:
        message = send_message(conversation=conversation, author=stella, text=text, waiting_on="asker")
        _attach(message, stella, text)
    return conversation


def _attach(message: Message, author: User, name: str) -> None:
    """A file under a name that its sender's computer would hardly have given it."""
    file = Attachment(
        conversation=message.conversation, message=message, author=author, is_sent=True, kind="pdf", file="none", size=1
    )
    file.name = name
    file.save()
