"""The lines of a bench are read as they are meant."""

from __future__ import annotations

import pytest

from bench.__main__ import is_missed


@pytest.mark.parametrize(
    ("line", "missed"),
    [
        ("queries_home 8 queries (limit ≤ 8)", False),
        ("queries_home 9 queries (limit ≤ 8)", True),
        ("import_speed 200 posts/s (limit ≥ 200; 2335 posts)", False),
        ("import_speed 199 posts/s (limit ≥ 200; 2335 posts)", True),
        ("markdown_post 6.01 ms (limit 6; 1444 bytes)", True),
        ("markdown_patterns 1700 texts of 20000 characters", False),
    ],
)
def test_a_line_says_whether_its_limit_is_missed(line: str, missed: bool) -> None:
    assert is_missed(line) is missed
