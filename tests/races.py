"""Two people who press a button in the same instant."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")


def together(*acts: Callable[[], object], refusals: tuple[type[Exception], ...]) -> list[str]:
    """Runs each act in a thread with a connection of its own; "done" or the name of the refusal for each, sorted.

    For tests with `django_db(transaction=True)`: threads see only what was committed.
    """
    barrier, results = Barrier(len(acts)), list[str]()

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            patiently(act)
            results.append("done")
        except refusals as refused:
            results.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def patiently(act: Callable[[], T]) -> T:
    """The SQLite of the tests lives in memory, where the second writer is told to come again instead of waiting."""
    while True:
        try:
            return act()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            sleep(0.01)
