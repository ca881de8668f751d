"""`make run`: a site on this machine, from nothing to its address, and everything gone at the end."""

import contextlib
import fcntl
import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from launch import venv
from launch.checks import check_folder, check_port, check_sqlite, read_port
from launch.environment import PROJECT, data_dir, local_environment, own_settings, url_host
from launch.prepared import is_fresh, read_record
from launch.problem import Problem
from launch.processes import run_step, start, stop
from launch.venv import PYTHON

PATIENCE = 60  # seconds that the first answer may take on a slow machine


def run(arguments: list[str]) -> int:
    settings = own_settings()
    host, port = settings.get("HOST", "127.0.0.1"), read_port(settings.get("PORT", "8000"))
    check_port(host, port)
    if settings.get("DATABASE_URL", "sqlite:").startswith("sqlite:"):
        check_sqlite()
    check_folder(data_dir(settings))
    with one_at_a_time(data_dir(settings)):
        venv.ensure("base")
        environment = local_environment(host, port)
        sign_ins = prepare(environment)
    serve(environment, host, port, sign_ins)
    return 0


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two preparations at once would install, migrate and fill the same things twice."""
    with (folder / "launch.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another start in this folder …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(environment: dict[str, str]) -> str:
    """Translations, database, static files and demonstration; the lines that say who may sign in."""
    if not is_fresh(read_record(environment), environment):
        print("Preparing the site:", flush=True)
        try:
            run_step([str(PYTHON), "-m", "launch.prepare"], env=environment, cwd=PROJECT)
        except subprocess.CalledProcessError:
            raise Problem("The site could not be prepared: the lines above say why.") from None
    return read_record(environment).get("sign_ins", "")


def serve(environment: dict[str, str], host: str, port: int, sign_ins: str) -> None:
    """Start web server and worker and stay until one of them or somebody ends it."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["web server"] = start(web_server(environment, host, port), env=environment, cwd=PROJECT)
        wait_for_answer(children, url_host(host), port)
        # Only now: on a small machine it would take time from the first page.
        children["worker"] = start([str(PYTHON), "manage.py", "worker"], env=environment, cwd=PROJECT)
        print(f"\nSprechstunde is open: {environment['BASE_URL']}/\n\n{sign_ins}\nCtrl-C closes it.", flush=True)
        while True:
            check_alive(children)
            time.sleep(0.2)
    finally:
        stop(children.values())


def web_server(environment: dict[str, str], host: str, port: int) -> list[str]:
    # Preloading imports the site once for all workers, which halves the time to the first page.
    temporary = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []  # noqa: S108
    size = ["--workers", environment.get("WEB_CONCURRENCY", "2"), "--threads", "4"]
    end = ["--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"]
    bind = f"[{host}]:{port}" if ":" in host and not host.startswith("[") else f"{host}:{port}"
    server = [str(PYTHON), "-m", "gunicorn", "config.wsgi", "--preload", "--worker-class", "gthread"]
    return [*server, *size, *temporary, *end, "--bind", bind]


def check_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        code = child.poll()
        if code is not None:
            raise Problem(f"The {name} has ended (status {code}), so all was stopped: the lines above say why.")


def wait_for_answer(children: dict[str, subprocess.Popen[bytes]], host: str, port: int) -> None:
    """Return when the site answers; a refusal (4xx) is an answer too."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        check_alive(children)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status < 500:
                return
        time.sleep(0.05)
    raise Problem(f"The site did not answer within {PATIENCE} seconds: the lines above may say why.")
