"""How often the search finds what is meant, on texts that nobody wrote for it: FAQs in German, questions of a bank."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.engines import engine, on_each_engine
from bench.site import DATA

if TYPE_CHECKING:
    from django.db.models import Model

FOUND, RECALLED = 95, 90  # percent
FIRST = 3
AMONG = 5
ASKED = 2_000  # of the bank's questions


def main() -> int:
    if not engine():
        return on_each_engine("bench.search_quality", sys.argv[1:])
    import django

    django.setup()
    with TemporaryDirectory() as folder:
        _faq("authorities", _authorities(Path(folder)))
        _faq("coronawarnapp", _coronawarnapp(Path(folder)))
    _bank()
    return 0


def _faq(name: str, files: list[Path]) -> None:
    from django.core.management import call_command

    from forum.models import FaqEntry

    FaqEntry.objects.all().delete()
    for file in files:
        call_command("import_faq", str(file), publish=True, verbosity=0, language=file.stem[-2:], source=file.name)
    entries = list(FaqEntry.objects.order_by("pk"))
    for change, words in (("inflected", _inflect_two), ("inflected_and_changed", _inflect_and_change)):
        randomness = random.Random(1)
        others = [word for entry in entries for word in _telling(entry.title)]
        missed = [
            f"{entry.title} -> {query}"
            for entry in entries
            if not _finds(query := words(entry.title, entry.language, randomness, others), entry)
        ]
        percent = 100 * (1 - len(missed) / len(entries))
        remark = f"of {len(entries)} entries, among the first {FIRST}"
        print(f"found_{name}_{change}_{engine()} {percent:.1f} % (limit ≥ {FOUND}; {remark})", flush=True)
        if "--missed" in sys.argv:
            print(*missed, sep="\n")


def _finds(query: str, entry: Model) -> bool:
    from django.contrib.auth.models import AnonymousUser
    from django.utils import translation

    from forum.search import search

    with translation.override(entry.language):  # type: ignore[attr-defined]
        page = search(query, user=AnonymousUser())
    found = [hit.found for hit in [*page.faq, *page.questions, *page.close]][:FIRST]
    # Two files hold the same question more than once, with other answers: either is what was asked for.
    return entry in found or entry.title in {one.title for one in found}  # type: ignore[attr-defined]


Change = Callable[[str, str, random.Random, list[str]], str]


def _inflect_two(title: str, language: str, randomness: random.Random, _others: list[str]) -> str:
    return _with(title, {word: _inflected(word, language) for word in _two(title, randomness)})


def _inflect_and_change(title: str, language: str, randomness: random.Random, others: list[str]) -> str:
    """The second word becomes one of another entry, where a third is left to tell what is meant."""
    two = _two(title, randomness)
    changed = {word: _inflected(word, language) for word in two}
    if len(_telling(title)) > 2:
        changed[two[-1]] = randomness.choice(others)
    return _with(title, changed)


def _two(title: str, randomness: random.Random) -> list[str]:
    words = _telling(title)
    return randomness.sample(words, min(2, len(words)))


def _telling(title: str) -> list[str]:
    from forum.search.analyser import telling, terms

    return list(dict.fromkeys(term.whole for term in telling(terms(title)) if term.whole.isalpha()))


def _with(title: str, changed: dict[str, str]) -> str:
    return " ".join(changed.get(word.strip("?!.,:;()\"'„“").lower(), word) for word in title.split())


def _inflected(word: str, language: str) -> str:
    """Another ending that the word might have: the plural, a case, a person."""
    if language == "en":
        return word.removesuffix("s") if word.endswith("s") and not word.endswith("ss") else f"{word}s"
    for ending, other in (("en", "e"), ("e", "en"), ("er", "ern"), ("n", "nen"), ("s", "se"), ("t", "te")):
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return f"{word}en" if word[-1] in "gdmlk" else f"{word}s"


def _authorities(folder: Path) -> list[Path]:
    source, target = DATA / "faq-de-authorities" / "faq_200327.tsv", folder / "authorities_de.csv"
    with source.open(newline="") as rows, target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["question", "answer"])
        german = [row for row in csv.DictReader(rows, delimiter="\t") if row["lang"] == "de"]
        writer.writerows([row["question"], row["answer"]] for row in german)
    return [target]


def _coronawarnapp(folder: Path) -> list[Path]:
    files = []
    for name, language in (("faq_de.json", "de"), ("faq.json", "en")):
        data = json.loads((DATA / "faq-de-en-coronawarnapp" / name).read_text())
        target = folder / f"coronawarnapp_{language}.csv"
        with target.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["question", "answer"])
            for section in data["section-main"]["sections"]:
                writer.writerows([entry["title"], _flat(entry["textblock"])] for entry in section["accordion"])
        files.append(target)
    return files


def _flat(block: object) -> str:
    return "\n\n".join(map(_flat, block)) if isinstance(block, list) else str(block)


def _bank() -> None:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from forum.models import Question, Topic
    from forum.models.identifiers import slug_of
    from forum.search import similar
    from forum.search.reindexing import index_imported

    rows = list(csv.DictReader((DATA / "banking77" / "train.csv").open(newline="")))
    author, topic = User.objects.create_user("bank", "bank@example.invalid"), Topic.objects.create(name="Bank")
    fields = {"topic": topic, "author": author, "language": "en", "html": ""}
    made = [Question(title=row["text"][:150], slug=slug_of(row["text"]), text=row["text"], **fields) for row in rows]
    Question.objects.bulk_create(made, batch_size=500)
    index_imported(question.pk for question in made)
    intent = {question.pk: row["category"] for question, row in zip(made, rows, strict=True)}
    asked = random.Random(1).sample(made, ASKED)
    recalled = 0
    for question in asked:
        # One more than counts: the question itself is among them.
        found = [one for one in similar(question.text, user=AnonymousUser(), limit=AMONG + 1) if one != question]
        recalled += any(intent.get(one.pk) == intent[question.pk] for one in found[:AMONG])
    remark = f"{ASKED} of {len(made)} questions, another of the same intent among the first {AMONG}"
    print(f"recall_similar_{engine()} {100 * recalled / ASKED:.1f} % (limit ≥ {RECALLED}; {remark})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
