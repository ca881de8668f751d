"""How fast the generator fills a database: questions with three answers each, a second."""

from __future__ import annotations

import os
import re
import subprocess
import time

from bench.site import ROOT, empty_site, manage

FEW, MANY = 1_000, 11_000
QUESTIONS_A_SECOND = 1_000


def main() -> None:
    with empty_site() as environment:
        first, first_cpu = _run(environment, FEW, seed=1)
        second, second_cpu = _run(environment, MANY, seed=2)
    # The difference: what the start and the pool of texts cost, both runs have paid.
    count = MANY - FEW
    speed, cpu_speed = count / (second - first), count / (second_cpu - first_cpu)
    print(f"generate_speed {speed:.0f} questions/s (limit ≥ {QUESTIONS_A_SECOND}; with three answers each)")
    print(f"generate_speed_of_processor {cpu_speed:.0f} questions/s of one processor")


def _run(environment: dict[str, str], count: int, *, seed: int) -> tuple[float, float]:
    """Seconds on the clock and of the processor."""
    start, before = time.perf_counter(), os.times()
    command = manage("generate", f"--questions={count}", f"--seed={seed}", "--verbosity=0")
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    if not re.search(rf"\b{count} questions", done.stdout):
        raise SystemExit("The generator did not say that it is done.")
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, cpu


if __name__ == "__main__":
    main()
