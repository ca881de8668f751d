"""What a picture costs: time and memory for a photograph, for one made to exhaust, and for those who read meanwhile."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Event

from PIL import Image

from bench.site import ROOT, empty_site, manage
from tests.pictures import bomb

SECONDS, MEMORY_MIB, BOMB_MS, WAIT_S = 2.0, 200, 50, 0.5
ROUNDS, AT_ONCE = 5, 4
PERSON = """
import json
from allauth.account.models import EmailAddress
from django.test import Client
from accounts.models import User
from forum.models import Company
Company.objects.create(pk=1, name="Bench", languages="de")
user = User.objects.create_user("bench", "bench@example.org", None, role="staff")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
client = Client()
client.force_login(user)
print(json.dumps(client.session.session_key))
"""


def main() -> None:
    with empty_site() as environment:
        environment |= {"STAFF_SECOND_FACTOR_REQUIRED": "false", "DEMO": "true", "WEB_CONCURRENCY": "1"}
        for command in (["collectstatic", "--noinput", "--verbosity=0"], ["createcachetable"]):
            subprocess.run(manage(*command), cwd=ROOT, env=environment, check=True)
        shell = manage("shell", "--verbosity=0", "-c", PERSON)
        session = json.loads(subprocess.run(shell, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
        with serving(environment) as (port, worker):
            _measure(Site(port, session), worker)


class Site:
    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookie = port, f"session={session}; csrf={'a' * 32}"

    def get(self, path: str) -> tuple[int, float]:
        return self._ask("GET", path, b"", {"Host": "testserver"})

    def send(self, picture: bytes) -> tuple[int, float]:
        """Status and seconds."""
        body = b"--x\r\nContent-Disposition: form-data; name=image; filename=a.jpg\r\n\r\n" + picture + b"\r\n--x--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRFToken": "a" * 32, "Cookie": self.cookie}
        return self._ask("POST", "/uploads/", body, {"Host": "testserver", "Accept": "application/json", **headers})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, float]:
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, time.perf_counter() - start


def _measure(site: Site, worker: int) -> None:
    _expect(site.send(photo(400, 300, 0)), 201)  # the first one loads what all need
    photos = [photo(4_000, 3_000, number) for number in range(ROUNDS)]
    megabytes = len(photos[0]) / 1e6
    times: list[float] = []
    memory = peak(worker, lambda: times.extend(_expect(site.send(one), 201) for one in photos))
    remark = f"the longest of {ROUNDS}, {megabytes:.1f} MB each"
    print(f"upload_12_megapixels {max(times):.2f} s (limit ≤ {SECONDS:g}; {remark})")
    print(f"upload_memory {memory:.0f} MiB (limit ≤ {MEMORY_MIB}; more than before, in the process that takes it)")
    evil = bomb()
    memory = peak(worker, lambda: times.append(_expect(site.send(evil), 422)))
    refused = 1000 * min(_expect(site.send(evil), 422) for _ in range(ROUNDS))
    print(f"upload_bomb {refused:.0f} ms (limit ≤ {BOMB_MS}; {len(evil) / 1024:.0f} KiB, refused)")
    print(f"upload_bomb_memory {memory:.0f} MiB (limit ≤ {MEMORY_MIB})")
    _crowd(site, worker)


def _crowd(site: Site, worker: int) -> None:
    """More pictures at once than are worked on, while somebody reads."""
    alone = max(_expect(site.get("/"), 200) for _ in range(20))
    photos, over, waits = [photo(4_000, 3_000, 100 + number) for number in range(AT_ONCE)], Event(), [0.0]

    def read() -> None:
        while not over.is_set():
            waits.append(_expect(site.get("/"), 200))

    def send_all() -> None:
        with ThreadPoolExecutor(AT_ONCE) as senders:
            answers.extend(status for status, _ in senders.map(site.send, photos))

    answers: list[int] = []
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(read)
        memory = peak(worker, send_all)
        over.set()
        reading.result()
    remark = f"{AT_ONCE} at once: {answers.count(201)} taken, {answers.count(503)} sent back"
    print(f"upload_crowd_memory {memory:.0f} MiB (limit ≤ {MEMORY_MIB}; {remark})")
    remark = f"the longest of {len(waits)}; alone {alone:.2f} s"
    print(f"upload_readers_wait {max(waits):.2f} s (limit ≤ {WAIT_S:g}; {remark})")


def _expect(answer: tuple[int, float], status: int) -> float:
    if answer[0] != status:
        raise SystemExit(f"The site answers {answer[0]} instead of {status}.")
    return answer[1]


def photo(width: int, height: int, seed: int) -> bytes:
    """With grain, as from a telephone: about half a byte for each point."""
    grain = Image.effect_noise((width // 4, height // 4), 60).resize((width, height))
    fine = Image.effect_noise((width, height), 25)
    picture = Image.merge("RGB", (grain, Image.blend(grain, fine, 0.5), fine))
    picture.putpixel((0, 0), (seed, seed, seed))
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def peak(process: int, work: Callable[[], None]) -> float:
    """How many MiB more the process held at once while the work was done."""
    Path(f"/proc/{process}/clear_refs").write_text("5")
    before = _kilobytes(process, "VmRSS")
    work()
    return (_kilobytes(process, "VmHWM") - before) / 1024


def _kilobytes(process: int, what: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The port, and the process that answers there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kind = ["--worker-class", "gthread", "--threads", "4", "--workers", "1", "--no-control-socket"]
    place = ["--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", *kind, *place]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield port, _worker(server.pid, port)
    finally:
        server.terminate()
        server.wait()


def _worker(server: int, port: int) -> int:
    for _attempt in range(300):
        time.sleep(0.1)
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
            return int(children[0])
        except (OSError, IndexError):
            os.kill(server, 0)
    raise SystemExit("The site did not start.")


if __name__ == "__main__":
    main()
