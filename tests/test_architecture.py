"""The house keeps its shape: imports go down, reads begin at the gate, rooms stay small."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "forum", "moderation", "config")
# From bottom to top: a floor may import what stands before it.
FLOORS = ["accounts", "forum", "moderation", "config"]
MAX_FILE_LINES, MAX_FUNCTION_LINES = 300, 50


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        place = ROOT / folder
        files = [place] if place.is_file() else place.rglob("*.py")
        yield from (file for file in files if "migrations" not in file.parts)


def imported_modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_go_down_only(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    wrong = [
        f"{name_of(file)} imports {module}"
        for file in sources(floor)
        for module in imported_modules(ast.parse(file.read_text()))
        if module.split(".")[0] in above
    ]
    assert wrong == []


def test_only_moderation_changes_what_may_stay() -> None:
    wrong = [
        name_of(file)
        for file in sources("accounts", "forum", "config")
        if "forum.actions.visibility" in set(imported_modules(ast.parse(file.read_text())))
    ]
    assert wrong == []


GATED = "Draft|Question|Answer|Comment|FaqEntry|FaqRevision|FaqSource|Conversation|Message|Revision|Acceptance"
BEHIND_THE_GATE = "public|under_the_name_of|visible_to|removed|held|own|current"


def test_readers_begin_at_the_gate() -> None:
    """Views, feeds, sitemaps and search may start a content query only with a method of the gate."""
    bare = re.compile(rf"\b(?:{GATED})\.objects(?!\s*\.(?:{BEHIND_THE_GATE})\()")
    related = re.compile(
        r"\.(?:questions|answers|comments|faq_entries|conversations|messages|revisions)\.(?:all|filter|get)\("
    )
    readers = sources("forum/views", "forum/search", "forum/feeds.py", "forum/sitemaps.py", "moderation/views")
    wrong = [
        f"{name_of(file)}: {found.group()}"
        for file in readers
        if file.exists()
        for pattern in (bare, related)
        for found in pattern.finditer(file.read_text())
    ]
    assert wrong == []


def test_templates_ask_no_content_from_related_managers() -> None:
    pattern = re.compile(r"\.(?:questions|answers|comments|faq_entries|conversations|messages|revisions)\.all\b")
    wrong = [name_of(file) for file in (ROOT / "templates").rglob("*.*") if pattern.search(file.read_text())]
    assert wrong == []


def test_templates_take_names_of_posts_from_one_place() -> None:
    """An asker may be unnamed: only `byline` and `shown_name` know for whom."""
    named = re.compile(
        r"\bauthor\.nickname|\bpost\.author_name|\breal_name|(?<!invitation\.)accepted_by_name|edited_by_name|\bauthor\.public_name"
    )
    wrong = [name_of(file) for file in (ROOT / "templates").rglob("*.*") if named.search(file.read_text())]
    assert wrong == []


def test_text_becomes_markup_in_one_room() -> None:
    allowed = ("forum/markdown", "forum/templatetags/", "forum/search/")
    wrong = [
        name_of(file)
        for file in sources(*APPS)
        if re.search(r"\bmark_safe\b|\bSafeString\b", file.read_text()) and not name_of(file).startswith(allowed)
    ]
    assert wrong == []


def test_templates_trust_only_rendered_text() -> None:
    """`|safe` stands only behind text that the renderer wrote."""
    wrong = [
        f"{name_of(file)}: {found.group()}"
        for file in (ROOT / "templates").rglob("*.*")
        for found in re.finditer(r"\{\{[^}]*\|\s*safe\b|autoescape off", file.read_text())
        if file.suffix != ".txt" and not re.match(r"\{\{\s*[\w.]*html\s*\|", found.group())
    ]
    assert wrong == []


def test_nothing_happens_behind_ones_back() -> None:
    wrong = [
        name_of(file)
        for file in sources(*APPS)
        if re.search(r"\b(?:post|pre)_(?:save|delete)\b|@receiver", file.read_text())
    ]
    assert wrong == []


def test_only_settings_read_the_environment() -> None:
    allowed = {"config/settings.py", "config/environment.py", "config/wsgi.py"}
    wrong = [
        name_of(file)
        for file in sources(*APPS)
        if re.search(r"\bos\.(?:environ|getenv)\b", file.read_text()) and name_of(file) not in allowed
    ]
    assert wrong == []


def test_no_room_without_a_noun() -> None:
    nameless = {"utils", "helpers", "core", "common", "misc", "util", "helper"}
    assert [name_of(file) for file in sources(*APPS) if nameless & {file.stem, *file.parent.parts}] == []


def test_files_stay_small() -> None:
    files = [
        *sources(*APPS, "tests", "bench"),
        *(ROOT / "static/css").glob("*.css"),
        *(ROOT / "static/js").glob("*.js"),
    ]
    assert [name_of(f) for f in files if len(f.read_text().splitlines()) > MAX_FILE_LINES] == []


def test_functions_stay_small() -> None:
    long = [
        f"{name_of(file)}: {node.name}"
        for file in sources(*APPS, "tests")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert long == []


def test_the_project_speaks_of_itself_alone() -> None:
    """No path of one machine in anything that is shipped."""
    texts = [f for f in ROOT.rglob("*") if f.suffix in {".py", ".md", ".toml", ".html", ".sh", ".txt"} and f.is_file()]
    own = [f for f in texts if not {".venv", "var", ".git", "node_modules"} & set(f.relative_to(ROOT).parts)]
    wrong = re.compile(r"/(?:work|root|farm)/[a-z]")
    assert [name_of(file) for file in own if wrong.search(file.read_text(errors="replace"))] == []
