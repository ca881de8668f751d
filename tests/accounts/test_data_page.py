"""The page in the copy of one's data is for reading: words of the reader's language, and no table or column."""

from __future__ import annotations

import re
from zipfile import ZipFile

from accounts.models import User
from forum.actions.questions import close_question
from forum.models import Company
from moderation.actions.decisions import keep
from moderation.actions.notices import report
from tests.accounts.privacy import made_copy
from tests.factories import make_faq, make_question


def test_what_staff_did_is_said_in_words(stella: User, ann: User, company: Company) -> None:
    """For people in their language; the file for machines keeps table and column."""
    Company.objects.update(languages="en,de")
    User.objects.filter(pk=stella.pk).update(language="de")
    close_question(question=make_question(ann), by=stella, reason="It is settled.")
    keep(
        notice=report(target=make_faq(stella), reporter=None, rule="insult", reason="Too proud."),
        by=stella,
        reason="It is not.",
    )
    with ZipFile(made_copy(stella).path) as archive:
        page, data = archive.read("index.html").decode(), archive.read("data.json").decode()
    for words in ("<dd>Eine Frage geschlossen</dd>", "<dd>Über einen Text entschieden</dd>", "<dd>Mitarbeit</dd>"):
        assert words in page
    assert not re.search(r"\b(?:forum|moderation|accounts)\.[A-Z]|<dd>\w+_(?:by|to)</dd>", page)
    assert '"what": "forum.Question", "as": "closed_by"' in data
