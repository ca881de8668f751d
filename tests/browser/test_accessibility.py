"""Everybody can use it: axe on every kind of page in both themes, narrow windows, large targets, the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.axe import COLOURS, violations
from tests.browser.conftest import DESK, PHONE, Door
from tests.browser.rooms import CUSTOMER, MODERATOR, OWNER, STAFF, rooms

if TYPE_CHECKING:
    from playwright.sync_api import Page

LARGE = 640
NARROWEST = 320  # 400 % zoom of a window 1280 wide (WCAG 2.2, 1.4.10)


@pytest.mark.long
@pytest.mark.parametrize("who", ["", CUSTOMER, STAFF, MODERATOR, OWNER])
def test_every_room_is_open_to_everybody(who: str, enter: Door, demo: dict[str, User]) -> None:
    """To axe at a desk, to thumbs on a phone, in the narrowest window, and to who reads large letters; loaded once."""
    page = enter(demo.get(who))
    found: list[str] = []
    known: set[str] = set()
    for number, path in enumerate(rooms(who)):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": DESK, "height": 800})
        page.goto(path)
        # The menu is the same everywhere, and lies over what stands below it.
        page.evaluate(OPEN, "details" if number == 0 else "details:not(.menu)")
        found += [*seen_by_axe(page, known), *too_small(page), *too_wide(page)]
        found += [] if who else too_wide_with_large_letters(page)
    assert not found, "\n".join(found)


def seen_by_axe(page: Page, known: set[str]) -> list[str]:
    """In the dark only where something stands that was not seen there before: colours come with the parts of a page."""
    light, parts = violations(page), set(page.evaluate(PARTS))
    if parts <= known:
        return light
    known |= parts
    page.emulate_media(color_scheme="dark")
    return light + [f"dark {line}" for line in violations(page, COLOURS)]


def too_small(page: Page) -> list[str]:
    """Buttons, fields and ways about the site are 44 pixels high on a phone; links in text follow their line."""
    page.set_viewport_size({"width": PHONE, "height": 800})
    return [f"{page.url}: {line}" for line in page.evaluate(SMALL)]


def too_wide(page: Page) -> list[str]:
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    fits = page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    return [] if fits else [f"{page.url}: {page.evaluate(WIDEST)}"]


def too_wide_with_large_letters(page: Page) -> list[str]:
    """For who has set the browser to letters twice as large (WCAG 2.2, 1.4.4)."""
    page.set_viewport_size({"width": LARGE, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits = page.evaluate("document.documentElement.scrollWidth") <= LARGE
    return [] if fits else [f"{page.url}, large letters: {page.evaluate(WIDEST)}"]


# What a page is made of: its tags, each with its classes.
PARTS = "() => [...document.body.querySelectorAll('*')].map(e => `${e.localName} ${e.getAttribute('class')}`)"
OPEN = "which => document.querySelectorAll(which).forEach(one => { one.open = true })"

WIDEST = """() => {
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  const deepest = wide.filter(e => !wide.some(other => other !== e && e.contains(other)));
  return deepest.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ');
}"""


SMALL = """() => [...document.querySelectorAll(
    'button, summary, nav a, a.button, a.action, select, input'
  )].filter(e => !['hidden', 'radio', 'checkbox'].includes(e.type) && e.checkVisibility())
    .filter(e => !e.closest('[aria-hidden=true], .visually-hidden, .skip-link'))
    .map(e => [e.getBoundingClientRect(), e])
    .filter(([box, e]) => box.height < 43.5 || box.width < 24)
    .map(([box, e]) => `${Math.round(box.width)}×${Math.round(box.height)} ${e.outerHTML.slice(0, 100)}`)"""


@pytest.mark.parametrize("who", ["", CUSTOMER, STAFF])
def test_tab_leads_through_the_page(who: str, enter: Door, demo: dict[str, User]) -> None:
    """The way past the header first, then every control once, each to be seen, and out again at the end."""
    page = enter(demo.get(who))
    for path in {"": ["/", "/faq/"], CUSTOMER: ["/ask/", "/private/new/"], STAFF: ["/desk/", "/desk/faq/new/"]}[who]:
        page.goto(path)
        reached = walk(page)
        assert reached[0] == "Skip to content", path
        assert page.evaluate(UNREACHED) == [], path


def walk(page: Page) -> list[str]:
    """Presses Tab until the page is left, and marks on the way what had the focus and showed it."""
    names: list[str] = []
    page.evaluate("document.activeElement.blur()")
    for _key in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate(FOCUSED)
        if name is None:
            break
        names.append(name)
    return names


# The parts of a date are three stops in one control.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  if (e.dataset.reached) return e.type === 'date' ? '' : null;
  e.dataset.reached = 'yes';
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const within = box.width > 1 && box.bottom > 0 && box.top < innerHeight;
  if (!(ringed && within)) e.dataset.unseen = 'yes';
  return e.textContent.trim();
}"""
# Of radio buttons Tab reaches one a group; the arrows do the rest.
UNREACHED = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary'
  )].filter(e => e.checkVisibility({contentVisibilityAuto: true}) && e.tabIndex >= 0)
    .filter(e => !(e.type === 'radio' && document.querySelector(`input[name="${e.name}"][data-reached]`)))
    .filter(e => !e.dataset.reached || e.dataset.unseen)
    .map(e => e.outerHTML.slice(0, 120))"""


def test_the_skip_link_leads_to_the_content(enter: Door, demo: dict[str, User]) -> None:
    page = enter()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_form_with_mistakes_says_them_to_everybody(enter: Door, demo: dict[str, User]) -> None:
    page = enter(demo[CUSTOMER])
    page.goto("/ask/")
    page.get_by_role("button", name="Publish the question").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Your question in one sentence")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []


def test_escape_closes_the_menu_and_keeps_the_place(enter: Door, demo: dict[str, User]) -> None:
    page = enter(demo[CUSTOMER])
    page.goto("/")
    page.locator(".menu summary").press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".menu summary")).to_be_focused()


def test_tab_leaves_the_text_field(enter: Door, demo: dict[str, User]) -> None:
    page = enter(demo[CUSTOMER])
    page.goto("/ask/")
    page.get_by_label("What should we know?").press("Tab")
    expect(page.get_by_label("What should we know?")).not_to_be_focused()
