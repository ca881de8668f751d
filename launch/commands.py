"""From a word on the command line to the thing it does."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from launch import serve, suite, venv
from launch.environment import PROJECT, local_environment
from launch.problem import Problem, Stopped
from launch.venv import PYTHON


def setup(arguments: list[str]) -> int:
    """Install what a developer needs: the site, its tests, the browser driver and the linters."""
    venv.ensure("dev")
    return 0


def python(arguments: list[str]) -> int:
    """Run the Python of `.venv` with the settings of the local site."""
    venv.ensure("base")
    os.chdir(PROJECT)
    os.execve(PYTHON, [str(PYTHON), *arguments], local_environment())  # noqa: S606


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": serve.run,
    "test": suite.run,
    "setup": setup,
    "python": python,
}


def main(arguments: list[str]) -> int:
    """Exit status: 0 done or stopped on request, 1 a problem, 2 an unknown command."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Commands: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    listen_for_the_end()
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print("\nStopped.")
        return 0 if arguments[0] == "run" else 130


def listen_for_the_end() -> None:
    """Turn every polite way to end a program into an exception, so that `finally` cleans up."""

    wanted = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means: stay
        wanted.append(signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for again in wanted:
            signal.signal(again, signal.SIG_IGN)  # the cleaning up is short; nothing interrupts it
        raise Stopped

    for number in wanted:
        signal.signal(number, stop)
