"""Runs every bench, each in a process of its own, and fails when one of them misses its limit.

Each line reads `name value unit (limit ≤ 200; remark)`; without a sign the limit is the most that is allowed.
"""

from __future__ import annotations

import re
import subprocess
import sys

from bench.site import ROOT

BENCHES = (
    "markdown", "editor", "pages", "sign_in", "generation", "importing", "privacy", "uploads", "drafts", "private",
    "search_quality", "search", "reading",
)  # fmt: skip
_LINE = re.compile(r"(?P<name>\S+) (?P<value>[\d.]+) \S.*?\(limit (?P<sign>[≤≥]?) ?(?P<limit>[\d.]+)")


def main(arguments: list[str]) -> int:
    """Some benches, or all; the options of one stand behind its name: `python -m bench search --sizes 100000`."""
    at = next((place for place, argument in enumerate(arguments) if argument.startswith("-")), len(arguments))
    names, options = arguments[:at], arguments[at:]
    missed: list[str] = []
    for name in names or BENCHES:
        missed += _run(name, options)
    for problem in missed:
        print(f"MISSED {problem}")
    return 1 if missed else 0


def _run(name: str, options: list[str]) -> list[str]:
    """What the bench missed; its lines are printed as they come."""
    command = [sys.executable, "-m", f"bench.{name}", *options]
    missed = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            missed += [line.strip()] if is_missed(line) else []
    return missed + ([f"{name} ended with {process.returncode}"] if process.returncode else [])


def is_missed(line: str) -> bool:
    found = _LINE.match(line)
    if not found:
        return False
    value, limit = float(found["value"]), float(found["limit"])
    return value < limit if found["sign"] == "≥" else value > limit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
