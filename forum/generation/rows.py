"""Rows of a large, plausible body of content: the same for the same seed, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import StaffCard, User
from forum.generation import texts
from forum.generation.inserting import Row
from forum.models import Topic, WaitingOn
from forum.models.identifiers import slug_of

POOL = 300
ANSWERS = 3
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass
class Batch:
    """Rows without keys: ANSWERS answers for each question in turn; acceptances with the number of their answer."""

    questions: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    acceptances: list[tuple[int, Row]] = field(default_factory=list)


class Generator:
    """Makes batches of questions, each with three answers, the first by staff."""

    def __init__(
        self, *, seed: int, until: datetime, topics: list[Topic], customers: list[User], cards: list[StaffCard]
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - content for benchmarks, not a secret
        self.until, self.topics, self.customers, self.cards = until, topics, customers, cards
        self.question_texts = texts.question_pool(self.random, POOL)
        self.answer_texts = texts.answer_pool(self.random, POOL)

    def batches(self, count: int, size: int = 2_000) -> Iterator[Batch]:
        for start in range(0, count, size):
            batch = Batch()
            for number in range(start, min(start + size, count)):
                self._add_question(batch, age=timedelta(minutes=7 * (count - number)))
            yield batch

    def _add_question(self, batch: Batch, age: timedelta) -> None:
        text, asker = self.random.choice(self.question_texts), self.random.choice(self.customers)
        title = texts.title(self.random)
        asked_at = self.until - age
        accepted = self.random.random() < 0.6
        batch.questions.append(
            {
                "public_id": self._public_id(),
                "title": title,
                "slug": slug_of(title),
                "text": text.source,
                "html": text.html,
                "author_id": asker.pk,
                "author_name": asker.nickname,
                "topic_id": self.random.choice(self.topics).pk,
                "language": "de",
                "created_at": asked_at,
                "last_activity_at": asked_at + timedelta(hours=30),
                "waiting_on": WaitingOn.NOBODY,
                "promised_at": asked_at + timedelta(hours=24),
                "first_staff_answer_at": asked_at + timedelta(hours=10),
                "answer_count": ANSWERS,
                "accepted_count": int(accepted),
                "metoo_count": int(self.random.expovariate(0.5)),
            }
        )
        if accepted:
            acceptance = {
                "accepted_by_id": asker.pk,
                "accepted_by_name": asker.nickname,
                "accepted_at": asked_at + timedelta(hours=20),
            }
            batch.acceptances.append((len(batch.answers), acceptance))
        batch.answers.extend(self._answer(place, asked_at) for place in range(ANSWERS))

    def _answer(self, place: int, asked_at: datetime) -> Row:
        text = self.random.choice(self.answer_texts)
        by = self._team() if place == 0 else self._customer()
        answered_at = asked_at + timedelta(hours=10 * (place + 1))
        return dict(public_id=self._public_id(), text=text.source, html=text.html, created_at=answered_at, **by)

    def _team(self) -> Row:
        card = self.random.choice(self.cards)
        return {
            "author_id": card.user_id,
            "author_name": card.name,
            "staff_card_id": card.pk,
            "posted_as_name": card.name,
            "posted_as_role": card.role_title,
            "posted_as_sign_off": card.sign_off,
        }

    def _customer(self) -> Row:
        author = self.random.choice(self.customers)
        return {
            "author_id": author.pk,
            "author_name": author.nickname,
            "staff_card_id": None,
            "posted_as_name": "",
            "posted_as_role": "",
            "posted_as_sign_off": "",
        }

    def _public_id(self) -> str:
        bits = self.random.getrandbits(50)
        return "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, 50, 5))
