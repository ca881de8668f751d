"""The project's own Python in `.venv`, with exactly the packages of a lock file."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from launch.checks import check_folder
from launch.environment import PROJECT
from launch.problem import Problem
from launch.processes import run_step

VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LOCKS = ("base", "test", "dev")  # each contains the one before it, at the same versions


def lock(level: str) -> Path:
    return PROJECT / "requirements" / f"{level}.lock"


def digest() -> str:
    """Changes when any package may have to change."""
    return hashlib.sha256(b"".join(lock(level).read_bytes() for level in LOCKS)).hexdigest()


def ensure(level: str) -> None:
    """Have the packages of `requirements/<level>.lock` in `.venv`; does nothing when they are there."""
    check_folder(PROJECT)
    if is_installed(level):
        return
    if not works():
        make()
    print("Installing the packages, once; this takes a minute or two …", flush=True)
    STAMP.unlink(missing_ok=True)
    install(lock(level))
    STAMP.write_text(f"{digest()} {level}")


def is_installed(level: str) -> bool:
    """Whether the stamp speaks of today's locks and of this level or a higher one."""
    if not STAMP.is_file() or not works():
        return False
    known, _, there = STAMP.read_text().partition(" ")
    return known == digest() and there in LOCKS[LOCKS.index(level) :]


def works() -> bool:
    """Whether `.venv` still finds its Python; it does not after an upgrade of the system."""
    return PYTHON.exists() and (VENV / "pyvenv.cfg").is_file()


def make() -> None:
    """Create `.venv`, without pip where Python came without `ensurepip` (Debian splits it off)."""
    print(f"Making a Python of its own in {VENV} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    try:
        run_step([sys.executable, "-m", "venv", *bare, str(VENV)])
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Problem("Python could not make .venv, see above: install python3-venv and try again.") from None


def pip() -> list[str]:
    """The command that installs into `.venv`: its own pip, else the system's pip from outside."""
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    raise Problem("pip is missing: install python3-pip or python3-venv and try again.")


def install(lock_file: Path) -> None:
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    try:
        run_step([*pip(), "install", *quiet, "--require-hashes", "-r", str(lock_file)])
    except subprocess.CalledProcessError:
        raise Problem("The packages could not be installed, see above: is the package index within reach?") from None
