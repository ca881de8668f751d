"""An answer becomes an entry that two people looked at, is rechecked as its source changes, retires, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import User
from forum.actions.answers import accept_answer
from forum.models import Answer, Company, FaqEntry
from tests.accounts.entrance import letters
from tests.browser.conftest import Door
from tests.browser.patience import editor_is_ready
from tests.factories import make_answer, make_question, make_topic

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLE = "How long does your soap last?"
Say = Callable[[str], str]
SPOKEN = {"en": "en-GB", "de": "de-DE"}


@pytest.fixture(params=list(SPOKEN))
def language(request: pytest.FixtureRequest, company: Company) -> str:
    Company.objects.update(languages="en,de", faq_review=True)
    spoken: str = request.param
    return spoken


@pytest.fixture
def say(language: str) -> Say:
    """What stands on a page for a sentence of the source."""

    def said(sentence: str) -> str:
        with translation.override(language):
            return translation.gettext(sentence)

    return said


@pytest.fixture
def answer(ann: User, stella: User) -> Answer:
    question = make_question(ann, topic=make_topic(staff=[stella]))
    answer = make_answer(question, stella)
    accept_answer(answer=answer, by=ann)
    return answer


def test_an_answer_becomes_an_entry_is_rechecked_retires_and_comes_back(
    door: Door, language: str, say: Say, answer: Answer, stella: User, moritz: User
) -> None:
    author, colleague, visitor = (door(who, locale=SPOKEN[language]) for who in (stella, moritz, None))
    promote(author, say, answer)
    [entry] = FaqEntry.objects.all()
    visitor.goto("/faq/")
    expect(visitor.get_by_text(TITLE)).to_have_count(0)

    colleague.goto("/desk/faq/?state=submitted")
    colleague.get_by_role("button", name=say("Publish"), exact=True).click()
    visitor.reload()
    expect(visitor.get_by_text(TITLE)).to_be_visible()
    assert f"/faq/{entry.slug}/" in letters()[-1].body
    assert letters()[-1].to == ["ann@example.org"]

    edit_source(author, say, answer)
    visitor.goto(entry.get_absolute_url())
    expect(visitor.get_by_text(rechecked(say))).to_be_visible()
    expect(visitor.get_by_text("About two years")).to_be_visible()  # the text that was published stands
    colleague.goto("/desk/faq/?state=due")
    expect(colleague.get_by_role("link", name=TITLE)).to_be_visible()
    colleague.get_by_role("button", name=say("I checked this")).click()
    visitor.reload()
    expect(visitor.get_by_text(rechecked(say))).to_have_count(0)

    colleague.goto(entry.get_absolute_url())
    with translation.override(language):
        retire = translation.pgettext("FAQ entry", "Retire")
    colleague.get_by_role("button", name=retire, exact=True).click()
    gone = visitor.request.get(entry.get_absolute_url())
    assert gone.status == 404
    colleague.goto("/desk/faq/?state=retired")
    colleague.get_by_role("button", name=say("Restore")).click()
    visitor.goto(entry.get_absolute_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)


def promote(page: Page, say: Say, answer: Answer) -> None:
    page.goto(answer.get_absolute_url())
    page.get_by_role("button", name=say("Into the FAQ")).click()
    editor_is_ready(page)
    page.locator("#id_title").fill(TITLE)
    page.get_by_role("button", name=say("Save and hand over to be published")).click()
    expect(page.get_by_text(say("The entry is ready. A colleague looks at it and publishes it."))).to_be_visible()


def edit_source(page: Page, say: Say, answer: Answer) -> None:
    page.goto(answer.get_absolute_url())
    page.locator(f"#a-{answer.public_id}").get_by_role("link", name=say("Edit")).click()
    editor_is_ready(page)
    page.locator("#id_text").fill("Three years, as we know by now.")
    page.get_by_role("button", name=say("Save")).first.click()
    expect(page.locator(f"#a-{answer.public_id}")).to_contain_text("Three years")


def rechecked(say: Say) -> str:
    """The beginning of the sentence, before the day."""
    return say("This entry is being rechecked and may be out of date.").removesuffix(".")
