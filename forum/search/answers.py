"""Where a question was found by what its answers say, the excerpt is of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Set

from forum.markdown import words_of
from forum.models import Answer, FaqEntry, Question
from forum.search.highlight import LOOKED_AT, first_hit

MOST = 200  # answers that are read for one page of hits


def said_in_answers(rows: Iterable[Question | FaqEntry], stems: Set[str]) -> dict[Question | FaqEntry, str]:
    """For questions that have none of the words themselves: the first answer with one. At most one query."""
    silent = {row.pk: row for row in rows if isinstance(row, Question) and not _has(f"{row.title} {row.html}", stems)}
    if not silent:
        return {}
    answers = Answer.objects.public().filter(question__in=silent).order_by("created_at", "pk")
    found: dict[Question | FaqEntry, str] = {}
    for key, html in answers.values_list("question_id", "html")[:MOST]:
        if silent[key] not in found and _has(html, stems):
            found[silent[key]] = html
    return found


def _has(html: str, stems: Set[str]) -> bool:
    return first_hit(words_of(html, LOOKED_AT), stems) is not None
