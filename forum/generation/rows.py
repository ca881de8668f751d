"""Rows of a large, plausible body of content: the same for the same seed, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import StaffCard, User
from forum.generation import texts
from forum.models import Acceptance, Answer, Question, Topic, WaitingOn
from forum.models.identifiers import slug_of

POOL = 300
ANSWERS = 3
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass
class Batch:
    questions: list[Question] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    acceptances: list[Acceptance] = field(default_factory=list)


class Generator:
    """Makes batches of questions, each with three answers, the first by staff."""

    def __init__(
        self, *, seed: int, until: datetime, topics: list[Topic], customers: list[User], cards: list[StaffCard]
    ) -> None:
        self.random = Random(seed)  # noqa: S311 - content for benchmarks, not a secret
        self.until, self.topics, self.customers, self.cards = until, topics, customers, cards
        self.question_texts = texts.question_pool(self.random, POOL)
        self.answer_texts = texts.answer_pool(self.random, POOL)

    def batches(self, count: int, size: int = 500) -> Iterator[Batch]:
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
        question = Question(
            public_id=self._public_id(), title=title, slug=slug_of(title), text=text.source, html=text.html,
            author=asker, author_name=asker.nickname, topic=self.random.choice(self.topics), language="de",
            created_at=asked_at, last_activity_at=asked_at + timedelta(hours=30),
            waiting_on=WaitingOn.NOBODY, promised_at=asked_at + timedelta(hours=24),
            first_staff_answer_at=asked_at + timedelta(hours=10), answer_count=ANSWERS,
            accepted_count=int(accepted), metoo_count=int(self.random.expovariate(0.5)),
        )  # fmt: skip
        batch.questions.append(question)
        answers = [self._answer(question, place) for place in range(ANSWERS)]
        batch.answers.extend(answers)
        if accepted:
            batch.acceptances.append(
                Acceptance(
                    answer=answers[0], accepted_by=asker, accepted_by_name=asker.nickname,
                    accepted_at=asked_at + timedelta(hours=20),
                )
            )  # fmt: skip

    def _answer(self, question: Question, place: int) -> Answer:
        text = self.random.choice(self.answer_texts)
        answer = Answer(
            public_id=self._public_id(), question=question, text=text.source, html=text.html,
            created_at=question.created_at + timedelta(hours=10 * (place + 1)),
        )  # fmt: skip
        if place == 0:
            card = self.random.choice(self.cards)
            answer.author, answer.author_name, answer.staff_card = card.user, card.name, card
            answer.posted_as_name, answer.posted_as_role = card.name, card.role_title
            answer.posted_as_sign_off = card.sign_off
        else:
            author = self.random.choice(self.customers)
            answer.author, answer.author_name = author, author.nickname
        return answer

    def _public_id(self) -> str:
        bits = self.random.getrandbits(50)
        return "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, 50, 5))
