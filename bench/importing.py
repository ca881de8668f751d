"""What an import costs: posts a second, and the memory of the process at its peak."""

from __future__ import annotations

import os
import re
import subprocess
import time

from bench.site import DATA, ROOT, empty_site, manage

DUMP = DATA / "se-ai"
POSTS_A_SECOND, MEMORY_MIB = 200, 200


def main() -> None:
    if not DUMP.is_dir():
        raise SystemExit(f"There is no dump at {DUMP}.")
    with empty_site() as environment:
        start = time.perf_counter()
        run = subprocess.Popen(
            manage("import_stackexchange", str(DUMP), "--verbosity=0"),
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert run.stdout
        report = run.stdout.read()
        _, status, usage = os.wait4(run.pid, 0)
        seconds = time.perf_counter() - start
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit("The import failed.")
    # Questions, answers and comments; the start of the interpreter counts as well.
    posts = sum(int(count) for count in re.findall(r"(\d+) (?:questions|answers|comments)\b", report.splitlines()[0]))
    print(f"import_speed {posts / seconds:.0f} posts/s (limit ≥ {POSTS_A_SECOND}; {posts} posts)")
    print(f"import_speed_of_processor {posts / (usage.ru_utime + usage.ru_stime):.0f} posts/s of one processor")
    print(f"import_memory {usage.ru_maxrss / 1024:.0f} MiB (limit ≤ {MEMORY_MIB})")


if __name__ == "__main__":
    main()
