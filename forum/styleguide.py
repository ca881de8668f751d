"""Rows that never touch the database, one for every state a component can show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.messages.storage.base import Message as Flash
from django.utils import timezone

from accounts.models import StaffCard, User
from forum.forms.fields import TextField
from forum.forms.pictures import PictureForm
from forum.forms.rooms import FilesForm
from forum.models import Acceptance, Answer, Comment, Conversation, Door, FaqEntry, Question, Topic
from forum.paging import Page
from forum.sensitive import Finding, Offer

WRITTEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PROSE = (
    "<p>A paragraph with <strong>weight</strong>, <em>stress</em>, a <a href='#main'>link</a> and "
    "<code>code</code>.</p><ul><li>one thing</li><li>another thing</li></ul>"
    "<blockquote><p>Somebody said so.</p></blockquote><pre><code>two lines\nof code</code></pre>"
    "<table><tr><th>Soap</th><th>Weeks</th></tr><tr><td>Olive</td><td>6</td></tr></table>"
)


class SampleForm(forms.Form):
    title = forms.CharField(label="Your question in one sentence", help_text="Others find it by this.")
    text = TextField(label="What should we know?", required=False)
    topic = forms.ChoiceField(label="Topic", choices=[("soap", "Soap"), ("parcel", "Parcels")])
    way = forms.ChoiceField(
        label="Where do you want the answer?",
        widget=forms.RadioSelect,
        choices=[("public", "Here, for everybody"), ("private", "In private")],
    )
    follow = forms.BooleanField(label="Send me a mail when somebody answers")


def samples() -> dict[str, Any]:
    """Everything the style page shows, by the names its template uses."""
    question = _question(answer_count=2, metoo_count=3, first_staff_answer_at=WRITTEN, waiting_on="")
    return {
        "form": SampleForm(auto_id="sample_%s"),
        "picture": PictureForm(),
        "wrong_form": SampleForm({"topic": "brick", "text": "This was typed and stays."}, auto_id="wrong_%s"),
        "flashes": [Flash(level, text) for level, text in _FLASHES],
        "questions": _questions(),
        "promised": _question(promised_at=timezone.now() + timedelta(days=2)),
        "overdue": _question(promised_at=WRITTEN),
        "answers": _answers(question),
        "doors": _doors(),
        "comments": _comments(),
        "message": _message(),
        "tray": SimpleNamespace(form=FilesForm(auto_id="tray_%s"), waiting=_files()),
        "turns": _turns(),
        "offer": Offer([Finding("phone", "0171 2345678"), Finding("email", "anna@gmx.de")], can_ask_privately=True),
        "honeypot": {"name": "website", "attrs": {"id": "website"}},
        "cards": [_card(), StaffCard(slug="moritz", name="Moritz Mai", role_title="Parcels")],
        "entry": FaqEntry(slug="how-long", title="How long does soap last?", html=PROSE, checked_at=WRITTEN),
        "page": Page(rows=[], next_cursor="1-a", is_first=False),
    }


_FLASHES = (
    (messages.SUCCESS, "Your question is public now."),
    (messages.INFO, "You will hear from us by mail."),
    (messages.WARNING, "This was asked before."),
    (messages.ERROR, "That did not work. Nothing is lost."),
)


def _card() -> StaffCard:
    about = "I have made soap since 2009 and like to answer questions about skin at length."
    shown = {"answer_days": "Mon–Thu", "languages": "de, en"}
    return StaffCard(slug="stella", name="Stella Stern", role_title="Soap maker", about=about, **shown)


def _question(**facts: Any) -> Question:
    facts.setdefault("title", "Is there lanolin in the olive soap, and how long does a bar last?")
    ann = User(nickname="ann")
    return Question(slug="sample", topic=Topic(name="Skin", slug="skin"), author=ann, created_at=WRITTEN, **facts)


def _questions() -> list[Question]:
    settled = _question(accepted_count=1, first_staff_answer_at=WRITTEN, waiting_on="", answer_count=2)
    settled.in_faq = True  # type: ignore[attr-defined]
    return [
        settled,
        _question(title="Waiting for the company"),
        _question(title="Waiting for the asker", first_staff_answer_at=WRITTEN, waiting_on="asker", answer_count=1),
        _question(title="Nobody's turn", waiting_on=""),
        _question(title="Asked before and closed", duplicate_of_id=1, closed_at=WRITTEN),
        _question(title="Held for review", held_at=WRITTEN, waiting_on=""),
        _question(title="Removed", hidden_at=WRITTEN, waiting_on=""),
    ]


def _answer(question: Question, author: str, *, accepted: bool = False, **facts: Any) -> Answer:
    answer = Answer(question=question, author=User(nickname=author), created_at=WRITTEN, html=PROSE, **facts)
    acceptance = Acceptance(answer=answer, accepted_by_name="ann", accepted_at=WRITTEN)
    answer.current_acceptance = [acceptance] if accepted else []  # type: ignore[attr-defined]
    return answer


def _answers(question: Question) -> list[Answer]:
    badge: dict[str, Any] = {
        "posted_as_name": "Stella Stern",
        "posted_as_role": "Soap maker",
        "posted_as_sign_off": "Yours, Stella",
    }
    removed: dict[str, Any] = {
        "hidden_at": WRITTEN,
        "hidden_rule": "advertising",
        "hidden_reason": "It praised another shop.",
    }
    gone = _answer(question, "ben", **removed)
    gone.is_tombstone = True  # type: ignore[attr-defined]
    return [
        _answer(question, "stella", accepted=True, helpful_count=4, staff_card=_card(), **badge),
        _answer(question, "ben", edited_at=WRITTEN, redacted_at=WRITTEN, redacted_by_name="Stella Stern"),
        gone,
        _answer(question, "ben", held_at=WRITTEN, held_reason="A first post with links"),
    ]


def _doors() -> list[Door]:
    """Open, by the asker, and settled with a sentence."""
    by: dict[str, Any] = {
        "opened_by_name": "Stella Stern",
        "opened_by_role": "Skin care",
        "reason": "health",
        "agreed_at": WRITTEN,
    }
    room = Conversation(closed_at=None)
    return [
        Door(conversation=room, **by),
        Door(conversation=room, agreed_at=WRITTEN),
        Door(**by, outcome="Solved: replacement sent."),
    ]


def _comments() -> list[Comment]:
    words = "<p>Thank you, that is what I wanted to know.</p>"
    return [
        Comment(
            author=User(nickname="ann", verified_at=WRITTEN, tick_shown_at=WRITTEN), created_at=WRITTEN, html=words
        ),
        Comment(author=User(nickname="ann"), unnamed_at=WRITTEN, created_at=WRITTEN, html=words),
        Comment(posted_as_name="Stella Stern", created_at=WRITTEN, html=words),
        Comment(author_name="left_last_year", created_at=WRITTEN, html=words),
    ]


def _message() -> SimpleNamespace:
    """Stands for a message: a real one could not be read without its conversation's key."""
    return SimpleNamespace(
        pk="sample",
        author=User(nickname="ann"),
        shown_name="ann",
        created_at=WRITTEN,
        legible_html=PROSE,
        read_at=WRITTEN,
    )


def _files() -> list[Any]:
    """Stand for attachments, as above; the second can not be opened."""
    facts = {"pk": "sample", "get_absolute_url": "", "is_picture": False, "get_kind_display": "PDF", "size": 51_200}
    return [SimpleNamespace(legible_name=name, **facts) for name in ("invoice.pdf", None)]


def _turns() -> list[Conversation]:
    soon = timezone.now() + timedelta(days=2)
    return [
        Conversation(promised_at=soon, waiting_since=WRITTEN),
        Conversation(promised_at=WRITTEN, waiting_since=WRITTEN),
        Conversation(waiting_on="asker", waiting_since=WRITTEN),
        Conversation(waiting_on=""),
        Conversation(closed_at=WRITTEN),
    ]
