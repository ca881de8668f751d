"""Fills the database with a large body of content, for benchmarks and load tests."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from accounts.confusables import skeleton
from accounts.models import Role, StaffCard, User
from accounts.nicknames import nickname_key
from forum.generation.inserting import Inserter, Row
from forum.generation.rows import ANSWERS, Batch, Generator
from forum.importing.statistics import analyze
from forum.models import Acceptance, Answer, Company, Question, QuestionDocument, SearchWord, Topic
from forum.search.documents import READ, index_new_questions
from forum.search.vocabulary import recount

TOPICS = ("Seifen", "Haare", "Versand", "Kurse", "Geschenke")
STAFF = (("Hanne", "Seifensiederin"), ("Ole", "Versand"), ("Rike", "Beratung"))


class Command(BaseCommand):
    help = "Generates questions with three answers each; the same seed makes the same texts. Not for a live site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--questions", type=int, required=True, help="how many questions to add")
        parser.add_argument("--customers", type=int, default=500, help="by how many people (default 500)")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other content (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        count, seed = options["questions"], options["seed"]
        if count < 1 or options["customers"] < 1:
            raise CommandError("--questions and --customers must be 1 or more.")
        if User.objects.filter(nickname=_nickname(seed, 0)).exists():
            raise CommandError(f"Content of seed {seed} is here already. Choose another --seed.")
        Company.objects.get_or_create(pk=1, defaults={"name": "Musterfirma"})
        generator = Generator(
            seed=seed,
            until=datetime(2026, 11, 1, 12, tzinfo=UTC),
            topics=[Topic.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0] for name in TOPICS],
            customers=_customers(seed, options["customers"]),
            cards=[_card(name, role) for name, role in STAFF],
        )
        store = _Store()
        with tqdm(total=count, unit=" questions", file=self.stderr, disable=options["verbosity"] == 0) as bar:
            for batch in generator.batches(count):
                store.add(batch)
                bar.update(len(batch.questions))
        recount()
        analyze(User, Question, Answer, Acceptance, QuestionDocument, SearchWord)
        self.stdout.write(f"{count} questions with {count * 3} answers were added.")


class _Store:
    """Writes batches, with the documents of the search, which nobody has changed in between."""

    def __init__(self) -> None:
        self.questions, self.answers, self.acceptances = map(Inserter, (Question(), Answer(), Acceptance()))

    @transaction.atomic
    def add(self, batch: Batch) -> None:
        keys = self._inserted(self.questions, batch.questions)
        for number, answer in enumerate(batch.answers):
            answer["question_id"] = keys[number // ANSWERS]
        of_answers = self._inserted(self.answers, batch.answers)
        self.acceptances.insert([row | {"answer_id": of_answers[number]} for number, row in batch.acceptances])
        index_new_questions(*self._words(batch, keys))

    def _inserted(self, inserter: Inserter, rows: list[Row]) -> list[int]:
        last = inserter.last_key()
        inserter.insert(rows)
        keys = inserter.keys_after(last)
        return [keys[row["public_id"]] for row in rows]

    def _words(self, batch: Batch, keys: list[int]) -> tuple[list[Row], dict[int, list[str]]]:
        questions = [
            {name: self.questions.value(row, name) for name in READ} | {"pk": pk}
            for pk, row in zip(keys, batch.questions, strict=True)
        ]
        answers: dict[int, list[str]] = {pk: [] for pk in keys}
        for row in batch.answers:
            answers[row["question_id"]].append(row["text"])
        return questions, answers


def _nickname(seed: int, number: int) -> str:
    return f"gast-{seed}-{number}"


def _customers(seed: int, count: int) -> list[User]:
    names = [_nickname(seed, number) for number in range(count)]
    return User.objects.bulk_create(
        User(
            nickname=name,
            nickname_key=nickname_key(name),
            nickname_skeleton=skeleton(name),
            email=f"{name}@example.invalid",
            password=make_password(None),
        )
        for name in names
    )


def _card(name: str, role_title: str) -> StaffCard:
    user = User.objects.filter(nickname=f"{name.lower()}-muster").first() or User.objects.create_user(
        f"{name.lower()}-muster", f"{name.lower()}@example.invalid", role=Role.STAFF
    )
    return StaffCard.objects.get_or_create(
        user=user, defaults={"name": name, "role_title": role_title, "slug": f"{name.lower()}-muster"}
    )[0]
