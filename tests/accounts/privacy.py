"""A person who has one of everything, and the eyes that look for traces: for the tests of copies and erasures."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.exports import request_export
from accounts.jobs import work_due
from accounts.models import DataExport, FailedSignIn, FormerNickname, StaffCard, User
from accounts.portraits import encode_portrait
from accounts.verifying import verify_customer
from forum.actions.answers import accept_answer, edit_answer, edit_comment, set_helpful
from forum.actions.conversations import open_conversation, read_conversation, send_message
from forum.actions.drafts import save_draft
from forum.actions.duplicates import vote_for_duplicate
from forum.actions.going_public import offer, publish
from forum.actions.questions import edit_question, set_metoo
from forum.actions.sending import Sent
from forum.actions.uploads import store_upload
from forum.models import Conversation, Door, PublicWords, Question, Upload
from moderation.actions.decisions import hide
from moderation.actions.messages import report_message
from moderation.actions.notices import report
from tests.factories import PASSWORD, make_answer, make_attachment, make_comment, make_question, make_topic
from tests.pictures import png

# Every word somebody wrote or left; what a copy must hold and an erasure must not leave.
WORDS = (
    "wordtitle", "wordquestion", "wordoldquestion", "wordanswer", "wordoldanswer", "wordcomment", "wordoldcomment",
    "wordhidden", "wordsubject", "wordmessage", "wordreply", "wordedit", "wordpicture", "worddraft",
    "wordfile",
)  # fmt: skip


def live(person: User, other: User, staff: User, moderator: User) -> Question:
    """Writes, votes, follows, accepts, reports, is judged and talks in private. Returns the question with answers."""
    FormerNickname.keep("formerly", person)
    FailedSignIn.note(account=person, name=person.nickname, network="198.51.100.0")
    verify_customer(user=person, order_number="R-2026/118", by=staff)
    picture = give_picture(person, "wordpicture")
    question = make_question(person, "Is wordtitle soap green?", text="It says wordoldquestion.")
    edit_question(
        question=question,
        editor=person,
        title="Is wordtitle soap green?",
        text=f"It says wordquestion.\n\n{picture.markdown}",
        reason="wordedit",
    )
    settled = make_answer(question, other, "Yes, all of it.")
    accept_answer(answer=settled, by=person)
    set_helpful(answer=settled, user=person, on=True)
    elsewhere = make_question(other, "Does it foam?")
    set_metoo(question=elsewhere, user=person, on=True)
    vote_for_duplicate(question=make_question(other, "Will it foam?"), original=elsewhere, by=person)
    answer = make_answer(elsewhere, person, "wordoldanswer")
    edit_answer(answer=answer, editor=person, text="wordanswer", reason="Better.")
    comment = make_comment(elsewhere, person, "wordoldcomment")
    edit_comment(comment=comment, editor=person, text="wordcomment")
    hidden = make_answer(elsewhere, person, "wordhidden")
    hide(target=hidden, by=moderator, rule="insult", reason="Too rude, all of it.")
    report(target=settled, reporter=person, rule="off-topic", reason="This is about something else.")
    topic = make_topic("Quiet matters", "quiet", channel="private", staff=[staff], health_data=True)
    said: dict[str, Any] = {"subject": "wordsubject", "text": "wordmessage", "health_consent": True}
    room = open_conversation(customer=person, topic=topic, **said)
    send_message(conversation=room, author=staff, text="wordreply", waiting_on="asker")
    make_attachment(room, person, "wordfile.txt")
    shown = room.messages.exclude(author=person).get()
    report_message(message=shown, reporter=person, rule="insult", reason="This is an insult to me.")
    read_conversation(conversation=Conversation.objects.get(pk=room.pk), reader=staff)
    save_draft(Sent(person, "question_ask"), {"title": "worddraft"})
    _go_private(question, staff)
    words = PublicWords("Is wordpublic soap green?", "", "Yes, all of it.")
    draft = offer(conversation=room, by=staff, kind="faq", language="en", words=words, version=0)
    publish(draft=draft, words=words, version=1, under="nickname")
    return question


def _go_private(question: Question, staff: User) -> None:
    """By the asker's yes, with one public sentence; the room is gone since."""
    now = timezone.now()
    told: dict[str, Any] = {"outcome": "All is well.", "outcome_proposed_at": now, "outcome_agreed_at": now}
    Door.objects.create(question=question, reason="health", agreed_at=now, opened_by=staff, outcome_by=staff, **told)


def give_picture(person: User, words: str) -> Upload:
    data = png()
    return store_upload(owner=person, file=BytesIO(data), size=len(data), alternative_text=words)


def give_face(user: User) -> StaffCard:
    """A portrait on the card, as the settings keep one."""
    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (600, 600), "#3a6").save(picture, "PNG")
    card: StaffCard = user.staff_card
    portrait: ContentFile[bytes] = encode_portrait(BytesIO(picture.getvalue()))
    card.portrait.save(portrait.name or "", portrait)
    return card


def reauthenticated(client: Client, path: str) -> Client:
    """Types the password once more, as the page at `path` asks for."""
    answer = client.post(f"/account/reauthenticate/?next={path}", {"password": PASSWORD})
    assert answer.status_code == 302
    return client


def copy_of(user: User) -> dict[str, Any]:
    """Asks for a copy, lets the worker make it, and reads data.json."""
    with ZipFile(made_copy(user).path) as archive:
        content: dict[str, Any] = json.loads(archive.read("data.json"))
    return content


def made_copy(user: User) -> DataExport:
    DataExport.objects.filter(user=user).delete()
    export = request_export(user=user)
    work_due(timezone.now())
    export.refresh_from_db()
    assert export.state == "ready"
    return export


def everything_kept(*folders: Path) -> str:
    """Every row of every table and every file, in one text."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            parts += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()]
    for folder in folders:
        parts += [file.read_bytes().decode(errors="replace") for file in folder.rglob("*") if file.is_file()]
    return "\n".join(parts)


def left_of(words: tuple[str, ...], *folders: Path) -> list[str]:
    text = everything_kept(*folders).lower()
    return [word for word in words if word.lower() in text]
