"""The server is killed at each step while Ben writes, and started again: what was said to be saved is there."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from bench.site import ROOT, empty_site, manage
from tests.browser.conftest import LONGEST
from tests.pictures import png

SET_UP = """
from django.test import Client
from accounts.models import User
from forum.models import Company
from tests.factories import make_question
Company.objects.create(pk=1, name="Quellmoos", languages="en")
ann, ben = (User.objects.create_user(name, f"{name}@example.org") for name in ("ann", "ben"))
ben.emailaddress_set.create(email=ben.email, verified=True, primary=True)
client = Client()
client.force_login(ben)
print(client.cookies["session"].value, make_question(ann).public_id)
"""
COUNT = """
from forum.models import Answer, Draft
print([answer.text for answer in Answer.objects.all()], Draft.objects.count())
"""
WORDS, MORE = "Two years, if it stays dry.", " Mine is from 2019."
SAVED = "Your draft is saved."


class Server:
    """Django's own on a port of its own, before a database in a file."""

    def __init__(self, environment: dict[str, str]) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment | {"BASE_URL": self.url, "ALLOWED_HOSTS": "127.0.0.1"}
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            manage(*arguments), cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "config.wsgi"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        while self.process.poll() is None:
            with closing(socket.socket()) as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("The server does not start.")

    def kill(self) -> None:
        """Master and worker, without a warning: they are of one session, which is ours."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with empty_site() as environment:
        server = Server(environment)
        server.run("createcachetable")
        server.run("collectstatic", "--noinput", "--verbosity=0")
        server.start()
        yield server
        server.kill()


def open_as_ben(browser: Browser, server: Server) -> Page:
    cookie, public_id = server.run("shell", "--verbosity=0", "-c", SET_UP).split()
    context = browser.new_context(base_url=server.url, locale="en-GB")
    context.set_default_timeout(LONGEST)
    context.add_cookies([{"name": "session", "value": cookie, "url": server.url}])
    page = context.new_page()
    page.goto(f"/q/{public_id}/-/answer/")
    return page


def comes_back(page: Page) -> None:
    """Loads the page once more. A connection that the browser kept may belong to the server that was killed."""
    address = page.url
    for _attempt in range(5):
        with suppress(Error):
            page.goto(address)
            return
        page.wait_for_timeout(500)
    pytest.fail("The page does not come back.")


@pytest.mark.long
def test_ben_goes_on_where_he_was(browser: Browser, server: Server) -> None:
    """Killed while he types, while he sends a picture, while he publishes, and while he corrects."""
    page = open_as_ben(browser, server)
    address = page.url
    words, status = page.get_by_label("Your answer"), page.locator("[data-draft-status]")
    words.fill(WORDS)
    expect(status).to_have_text(SAVED)
    server.kill()
    words.press_sequentially(MORE)
    expect(status).to_have_text("Not saved: no connection. We keep trying.")
    server.start()
    expect(status).to_have_text(SAVED, timeout=2 * LONGEST)
    server.kill()
    send_picture(page)
    expect(page.locator(".editor__error")).to_have_text("The picture could not be sent. Your text is unchanged.")
    expect(words).to_have_value(WORDS + MORE)
    server.start()
    send_picture(page)
    expect(words).to_have_value(re.compile(f"^{re.escape(WORDS + MORE)}\n\n!\\[A soap\\]\\(/media/uploads/\\S+\\)\n*$"))
    expect(status).to_have_text(SAVED)
    text = words.input_value()
    server.kill()
    page.get_by_role("button", name="Publish the answer").click()
    page.wait_for_url("chrome-error://**")
    server.start()
    page.goto(address)
    expect(words).to_have_value(text)
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("status").filter(has_text="Your answer is published")).to_be_visible()
    picture = page.get_by_role("main").get_by_role("img", name="A soap")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    page.get_by_role("link", name="Edit", exact=True).click()
    words.fill(WORDS)
    expect(status).to_have_text(SAVED)
    server.kill()
    server.start()
    comes_back(page)
    expect(words).to_have_value(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("main").get_by_text(WORDS)).to_be_visible()
    assert server.run("shell", "--verbosity=0", "-c", COUNT) == f"{[WORDS]} 0"


def send_picture(page: Page) -> None:
    page.get_by_role("button", name="Picture", exact=True).click()
    page.locator("[data-choose]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png(900, 40)})
    page.get_by_label("In one sentence, for those who can not see it").fill("A soap")
    page.get_by_role("button", name="Insert the picture").click()
