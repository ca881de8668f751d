"""A PostgreSQL for one run of the tests: the one that is named, or a private one that is thrown away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

from launch.problem import Problem
from launch.processes import start, stop

# A crash may lose everything: the data live as long as the tests.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
# Most tests roll back what they write. Whoever counted rows then would find none in thousands of pages, and the plans
# of later tests would depend on the minute in which that happened.
STEADY = ("autovacuum=off",)
# A test that waits for a lock nobody gives back, or for a query without end, fails with its name instead of hanging.
IMPATIENT = ("lock_timeout=60s", "statement_timeout=180s", "idle_in_transaction_session_timeout=180s")


def postgres_server(stack: ExitStack) -> tuple[str, str]:
    """The address of a usable server, which ends with `stack`; or an empty one and the reason."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url, ""
    programs = find_programs()
    if programs is None:
        return "", "no PostgreSQL was found; install it (apt install postgresql) or set TEST_DATABASE_URL"
    if os.geteuid() == 0 and not has_account("postgres"):
        return "", "PostgreSQL does not run as root and there is no account named postgres"
    return start_private(programs, stack), ""


def find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`; the newest version where there are several."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def has_account(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def start_private(programs: Path, stack: ExitStack) -> str:
    """Start a server that only listens on a socket in its own folder, so it needs no port and no password."""
    folder = Path(tempfile.mkdtemp(prefix="sprechstunde-pg-", dir="/tmp"))  # short, as socket paths must be
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    options = as_other_user(folder)
    data, log = folder / "data", folder / "log"
    initdb = [programs / "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    command = list(map(str, [*initdb, "--username=postgres", "--pgdata", data]))
    made = subprocess.run(command, capture_output=True, text=True, cwd=folder, **options)
    if made.returncode:
        raise Problem(f"A PostgreSQL for the tests could not be made: {made.stderr.strip().splitlines()[-1]}")
    settings = [part for name in (*CARELESS, *STEADY, *IMPATIENT) for part in ("-c", name)]
    with log.open("wb") as output:
        server = start(
            [str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *settings],
            death=signal.SIGQUIT,
            stdout=output,
            stderr=output,
            cwd=folder,
            **options,
        )
    stack.callback(stop, [server], number=signal.SIGINT)
    wait_until_ready(programs, folder, server)
    return f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"


def as_other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder]).returncode == 0:
            return
        time.sleep(0.1)
    raise Problem("The PostgreSQL of the tests does not start:\n" + (folder / "log").read_text())
