"""One run of pytest within `make test`, or the reason why it was left out."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from launch.environment import PROJECT
from launch.processes import run_step
from launch.venv import PYTHON

NOTHING_CHOSEN = 5  # pytest's exit status when its arguments fit no test
SETTINGS_OF_A_SITE = {
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "DEBUG",
    "DEMO",
    "EMAIL_URL",
    "ENCRYPTION_KEYS",
    "ENCRYPTION_KEYS_FILE",
    "MEDIA_ROOT",
    "REDIS_URL",
    "SECRET_KEY",
    "SECRET_KEY_FILE",
    "STAFF_SECOND_FACTOR_REQUIRED",
    "STATIC_ROOT",
}


@dataclass
class Stage:
    name: str
    only: str = ""  # the marker of the tests that belong to this stage; empty for those without one
    among: str = ""  # a marker that tests without a stage of their own must have
    where: str = ""  # where its tests stand: to read all others takes longer than some stages
    environment: Mapping[str, str] = field(default_factory=dict)
    workers: int = 1
    missing: str = ""
    result: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether it failed, or was left out although `REQUIRE_<NAME>` is set."""
        required = bool(os.environ.get(f"REQUIRE_{self.name.upper()}"))
        return self.result.startswith("failed") or bool(self.missing and required)

    def run(self, arguments: list[str]) -> None:
        if self.missing:
            self.result = f"LEFT OUT: {self.missing}"
            return
        print(f"\n== {self.name} ==", flush=True)
        begin = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="sprechstunde-test-") as folder:
            self.result = run_pytest([*self._choice(), *arguments, *self._place(arguments)], self._environment(folder))
        self.result += f" ({time.monotonic() - begin:.0f} s)"

    def _choice(self) -> list[str]:
        spread = ["-n", str(self.workers), "--dist=worksteal"] if self.workers > 1 else []
        if self.only:
            return ["-m", self.only, *spread]
        # Browser tests are not even read without a browser: they import its driver.
        chosen = " and ".join(filter(None, [self.among, "not browser and not redis"]))
        return ["-m", chosen, "--ignore=tests/browser", *spread]

    def _place(self, arguments: list[str]) -> list[str]:
        """Nothing where somebody has named a file or folder of their own."""
        is_named = any((PROJECT / argument.partition("::")[0]).exists() for argument in arguments)
        return [self.where] if self.where and not is_named else []

    def _environment(self, folder: str) -> dict[str, str]:
        """The person's environment without the settings of a site that may run beside the tests."""
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_A_SITE}
        own = {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        return kept | own | dict(self.environment)


def run_pytest(arguments: list[str], environment: dict[str, str]) -> str:
    """One word or three on how it went."""
    try:
        run_step([str(PYTHON), "-m", "pytest", "-q", "--durations=15", *arguments], cwd=PROJECT, env=environment)
    except subprocess.CalledProcessError as error:
        return "no test chosen" if error.returncode == NOTHING_CHOSEN else "failed"
    return "passed"
