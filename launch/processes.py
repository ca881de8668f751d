"""Starting programs so that nothing is left when the launcher ends, however it ends."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(number: int) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends this signal when the launcher is killed outright (Linux)."""

    def ask_the_kernel() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, number)

    return ask_the_kernel


def start(command: Sequence[str], *, death: int = signal.SIGTERM, **options: Any) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own: Ctrl-C then reaches the launcher alone."""
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent(death), **options)


def stop(children: Iterable[subprocess.Popen[bytes]], *, seconds: float = 10, number: int = signal.SIGTERM) -> None:
    """End the programs and all they have started; after `seconds` without mercy."""
    children = list(children)
    for child in children:
        signal_group(child, number)
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        signal_group(child, signal.SIGKILL)
        child.wait()


def signal_group(child: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def run_step(command: Sequence[str], *, env: Mapping[str, str] | None = None, **options: Any) -> None:
    """Run a program to its end. Raises CalledProcessError when it fails."""
    child = start(command, env=env, **options)
    try:
        code = child.wait()
    finally:
        stop([child], seconds=3)
    if code:
        raise subprocess.CalledProcessError(code, command)
