"""A Redis for one run of the tests: the one that is named, or a private one that is thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from launch.problem import Problem
from launch.processes import start, stop


def redis_server(stack: ExitStack) -> tuple[str, str]:
    """The address of a usable server, which ends with `stack`; or an empty one and the reason."""
    if url := os.environ.get("TEST_REDIS_URL"):
        return url, ""
    program = shutil.which("redis-server")
    if program is None:
        return "", "no Redis was found; install it (apt install redis-server) or set TEST_REDIS_URL"
    return start_private(program, stack), ""


def start_private(program: str, stack: ExitStack) -> str:
    """Start a server that keeps nothing and listens on a socket in its own folder."""
    folder = Path(tempfile.mkdtemp(prefix="sprechstunde-redis-", dir="/tmp"))  # short, as socket paths must be
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    options = ["--port", "0", "--unixsocket", str(folder / "socket"), "--save", "", "--dir", str(folder)]
    server = start([program, *options], stdout=subprocess.DEVNULL)
    stack.callback(stop, [server])
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and server.poll() is None:
        if answers(folder / "socket"):
            return f"unix://{folder}/socket?db=0"
        time.sleep(0.05)
    raise Problem("The Redis of the tests does not start.")


def answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0
