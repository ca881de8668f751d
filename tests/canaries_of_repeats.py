"""Canaries behind questions that lead to others: what is hidden is named on none of the two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forum.actions.duplicates import link, vote_for_duplicate
from forum.actions.merging import merge
from forum.models import Question
from tests.factories import make_question

if TYPE_CHECKING:
    from tests.canaries import Cast, Planted


def plant_repeats(planted: Planted, cast: Cast) -> None:
    """Originals that were hidden after others were marked, merged or voted for as the same; and the other way round."""
    for name in ("marked", "merged"):
        original = _hidden_later(planted, cast, f"original{name}")
        question = make_question(cast.ben, "Does it lead somewhere?")
        again = _hidden_later(planted, cast, f"again{name}")
        stands = make_question(cast.ben, "Does something lead here?")
        for repeated, to in ((question, original), (again, stands)):
            if name == "marked":
                link(question=repeated, original=to, by=cast.stella, reason="The same.")
            else:
                merge(question=repeated, original=to, by=cast.moritz, reason="The same.")
        _hide(original, again)
        planted.posts(original, question, again, stands)
    voted = _hidden_later(planted, cast, "voted")
    question = make_question(cast.ann, "Do votes lead somewhere?")
    vote_for_duplicate(question=question, original=voted, by=cast.ben)
    _hide(voted)
    planted.posts(voted, question)


def _hidden_later(planted: Planted, cast: Cast, name: str) -> Question:
    return make_question(cast.ann, planted.word(name, cast.ann, *cast.judges))


def _hide(*questions: Question) -> None:
    facts = {"hidden_at": timezone.now(), "hidden_rule": "insult", "hidden_reason": "Against the house rules."}
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(**facts)
