"""The launcher behind `make run` and `make test`: every obstacle ends in one sentence that says what to do."""

import os
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from launch import checks, commands, environment, prepared, processes, serve, suite, venv
from launch.problem import Problem

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def launch(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "launch", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=os.environ | settings, capture_output=True, text=True, timeout=60)


def test_a_taken_port_ends_in_one_sentence(taken_port: int) -> None:
    answer = launch("run", PORT=str(taken_port))
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"Port {taken_port} on 127.0.0.1 is taken: stop the program that uses it or choose another port, "
        f"for example PORT={taken_port + 1}.\n"
    )


def test_an_unwritable_folder_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = launch("run", PORT=str(free_port()), DATA_DIR=str(tmp_path / "file" / "data"))
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"The folder {tmp_path}/file/data can not be written to")
    assert answer.stderr.count("\n") == 1


def test_a_machine_without_a_new_python_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    command = ["/bin/sh", str(PROJECT / "launch" / "python"), "-m", "launch", "run"]
    answer = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Python 3.11 or newer (up to 3.14) is needed and was not found:")
    assert answer.stderr.count("\n") == 1


def test_an_old_python_that_is_called_by_hand_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed and this is 3\.8: say 'make run'"):
        exec((PROJECT / "launch" / "__main__.py").read_text(), {})


def test_sqlite_without_full_text_search_is_named() -> None:
    class Poor(sqlite3.Connection):
        def execute(self, *arguments: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("no such module: fts5")

    with pytest.raises(Problem, match=r"lacks full-text search \(FTS5\): use a Python"):
        checks.check_sqlite(lambda name: sqlite3.connect(name, factory=Poor))


@pytest.mark.parametrize("text", ["0", "65536", "80x", "", "-1", "٨٠"])
def test_a_port_is_a_number_in_range(text: str) -> None:
    with pytest.raises(Problem, match="PORT must be a number from 1 to 65535"):
        checks.read_port(text)


def test_a_host_of_another_machine_is_refused() -> None:
    with pytest.raises(Problem, match=r"HOST=192\.0\.2\.1 is no address of this machine"):
        checks.check_port("192.0.2.1", 8000)


def test_an_unknown_command_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["fly"]) == 2
    assert capsys.readouterr().err == "Commands: run, test, setup, python\n"


def test_a_secret_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = environment.kept_secret(tmp_path / "key", lambda: "first")
    environment.kept_secret(path, lambda: "second")
    assert path.read_text() == "first\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_the_person_has_set_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/site")
    monkeypatch.setenv("SECRET_KEY", "mine")
    settings = environment.local_environment("127.0.0.1", 8005)
    assert settings["DATABASE_URL"] == "postgresql://db/site"
    assert settings["BASE_URL"] == "http://localhost:8005"
    assert [path.name for path in tmp_path.iterdir()] == ["encryption_key"]


def test_dotenv_is_read_and_the_environment_overrules_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("# mail\nEMAIL_URL='smtp://mail:25/?a=b'\nLOG_LEVEL=DEBUG\n\n")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = environment.own_settings(tmp_path / ".env")
    assert (settings["EMAIL_URL"], settings["LOG_LEVEL"]) == ("smtp://mail:25/?a=b", "ERROR")


def test_a_site_for_the_whole_network_knows_the_name_of_its_machine() -> None:
    assert socket.gethostname() in environment.names_of("0.0.0.0")
    assert environment.url_host("0.0.0.0") == "127.0.0.1"


def test_its_address_is_a_name_since_passkeys_need_one() -> None:
    hosts = {host: environment.public_host(host) for host in ("127.0.0.1", "0.0.0.0", "::1", "soap.example")}
    assert hosts == {"127.0.0.1": "localhost", "0.0.0.0": "localhost", "::1": "[::1]", "soap.example": "soap.example"}
    assert "localhost" in environment.names_of("127.0.0.1")


def site(folder: Path) -> dict[str, str]:
    """A prepared site with one person in its database."""
    with sqlite3.connect(folder / "db.sqlite3") as database:
        database.execute("CREATE TABLE django_migrations (id INTEGER, app TEXT, name TEXT, applied TEXT)")
        database.execute("INSERT INTO django_migrations VALUES (1, 'forum', '0001_initial', 'today')")
        database.execute("CREATE TABLE accounts_user (id INTEGER)")
        database.execute("INSERT INTO accounts_user VALUES (1)")
    database.close()
    (folder / "staticfiles.json").touch()
    settings = {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
    prepared.write_record(settings, static_root=str(folder), sign_ins="anna")
    return settings


@pytest.fixture
def site_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(prepared, "PROJECT", tmp_path)
    return site(tmp_path)


def is_fresh(settings: dict[str, str]) -> bool:
    return prepared.is_fresh(prepared.read_record(settings), settings)


def test_a_second_start_finds_everything_ready(site_settings: dict[str, str]) -> None:
    assert is_fresh(site_settings)
    assert prepared.read_record(site_settings)["sign_ins"] == "anna"


@pytest.mark.parametrize("change", ["DELETE FROM django_migrations", "DELETE FROM accounts_user"])
def test_another_database_is_prepared_again(site_settings: dict[str, str], tmp_path: Path, change: str) -> None:
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        database.execute(change)
    database.close()
    assert not is_fresh(site_settings)


@pytest.mark.parametrize("name", ["forum/migrations/0002_x.py", "static/css/x.css", "locale/de/LC_MESSAGES/django.po"])
def test_changed_code_is_prepared_again(site_settings: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    assert not is_fresh(site_settings)


@pytest.mark.parametrize("name", ["db.sqlite3", "staticfiles.json", "prepared.json"])
def test_what_was_deleted_is_prepared_again(site_settings: dict[str, str], tmp_path: Path, name: str) -> None:
    (tmp_path / name).unlink()
    assert not is_fresh(site_settings)


def test_a_higher_set_of_packages_contains_the_lower_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(venv, "works", lambda: True)
    venv.STAMP.write_text(f"{venv.digest()} test")
    assert [venv.is_installed(level) for level in venv.LOCKS] == [True, True, False]
    venv.STAMP.write_text("of-yesterday dev")
    assert not venv.is_installed("base")


def test_the_locks_agree_on_every_version_and_name_no_host() -> None:
    dev = set(venv.lock("dev").read_text().splitlines())
    for path in PROJECT.glob("requirements/*.lock"):
        lines = path.read_text().splitlines()
        assert not [line for line in lines if "://" in line]
        assert {line for line in lines if "==" in line} - dev == set()


def test_stopping_ends_the_children_of_children_too() -> None:
    script = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); p.wait()"
    child = processes.start([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert child.stdout is not None
    grandchild = int(child.stdout.readline())
    processes.stop([child])
    child.stdout.close()
    assert ends(grandchild)


def ends(pid: int, within: float = 10) -> bool:
    """The signal is sent when `stop` returns; the kernel may need a moment to carry it out."""
    deadline = time.monotonic() + within
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(pid)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def test_a_dead_worker_stops_the_site_with_a_sentence() -> None:
    worker = processes.start([sys.executable, "-c", "raise SystemExit(3)"])
    worker.wait()
    with pytest.raises(Problem, match=r"The worker has ended \(status 3\), so all was stopped"):
        serve.check_alive({"worker": worker})


def test_a_stage_that_must_run_and_can_not_is_a_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUIRE_POSTGRESQL", raising=False)
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    stages = [suite.Stage("PostgreSQL", missing="none found"), suite.Stage("Browser", missing="none found")]
    for stage in stages:
        stage.run([])
    suite.report(stages)
    assert [stage.is_bad for stage in stages] == [False, True]
    assert "PostgreSQL  LEFT OUT: none found" in capsys.readouterr().out


def chosen_by(stage: suite.Stage, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[str, str]:
    """The marker and the place."""
    told: list[str] = []

    def listen(arguments: list[str], environment: dict[str, str]) -> str:
        told.extend(arguments)
        return "passed"

    monkeypatch.setattr("launch.stage.run_pytest", listen)
    stage.run(list(arguments))
    return told[told.index("-m") + 1], told[-1] if told[-1].startswith("tests/") else ""


def test_every_test_runs_in_one_stage_and_those_that_ask_a_database_on_both(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        monkeypatch.setattr(suite, "postgres_server", lambda stack: ("postgresql:///x", ""))
        monkeypatch.setattr(suite, "redis_server", lambda stack: ("unix:///x", ""))
        monkeypatch.setattr(suite, "missing_for_browser", lambda: "")
        stages = list(suite.plan(stack))
    assert {stage.name: chosen_by(stage, monkeypatch) for stage in stages} == {
        "SQLite": ("not browser and not redis", ""),
        "PostgreSQL": ("database and not browser and not redis", ""),
        "Redis": ("redis", "tests/test_redis.py"),
        "Browser": ("browser", "tests/browser"),
    }
    assert {stage.name: chosen_by(stage, monkeypatch, "tests/forum")[1] for stage in stages} == dict.fromkeys(
        ("SQLite", "PostgreSQL", "Redis", "Browser"), "tests/forum"
    )


def test_tests_that_need_redis_stand_where_their_stage_looks() -> None:
    """Those of the browser are marked by their folder."""
    mark = "mark." + "redis"
    files = {str(file.relative_to(PROJECT)) for file in (PROJECT / "tests").rglob("*.py") if mark in file.read_text()}
    assert files == {"tests/test_redis.py"}
