"""Deque's axe-core, run inside the page: what it finds, in one line each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
STANDARDS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# All that a theme can change.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@cache
def source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def violations(page: Page, rules: dict[str, Any] = STANDARDS) -> list[str]:
    """Of the whole page, once its scripts have started.

    Evaluated rather than added as a script, which the policy of the site would refuse.
    """
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    found: Any = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{page.url} {rule['id']}: {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == "heading-order" and is_in_prose(page, node["target"]))
    ]


def is_in_prose(page: Page, target: list[str]) -> bool:
    """What people write may skip a level of headings; what we write around it may not."""
    return bool(page.evaluate("selector => !!document.querySelector(selector).closest('.prose')", target[0]))
