"""Pictures are added within the form in which people write, with a script and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from forum.models import Question, Upload
from tests.factories import make_question, make_topic
from tests.pictures import draw, encoded

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


def ask(client: Client, **fields: Any) -> Any:
    typed = {
        "title": "Is it this one?",
        "topic": make_topic().slug,
        "text": "Please look.",
        "seen": "1",
        "unnamed": "on",
    }
    return client.post("/ask/", typed | fields)


def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", encoded(draw(), "JPEG"), "image/jpeg")


def test_without_a_script_the_form_comes_back_with_the_picture_in_the_text(ann: User, login: Login) -> None:
    page = ask(login(ann), image=file(), alternative_text="A green soap", add_image="1")
    upload = Upload.objects.get()
    assert page.status_code == 200
    assert f"Please look.\n\n{upload.markdown}\n</textarea>" in page.text
    assert 'value="Is it this one?"' in page.text
    assert re.search(r'<input[^>]*name="unnamed"[^>]* checked', page.text)
    assert Question.objects.count() == 0


def test_and_then_is_published_with_it(ann: User, login: Login) -> None:
    client = login(ann)
    ask(client, image=file(), alternative_text="A green soap", add_image="1")
    upload = Upload.objects.get()
    page = ask(client, text=f"Please look.\n\n{upload.markdown}")
    assert page.status_code == 302
    html = Question.objects.get().html
    assert f'<img src="{upload.url}" alt="A green soap" width="60" height="40" loading="lazy" decoding="async">' in html


def test_a_picture_that_was_chosen_is_not_passed_over(ann: User, login: Login) -> None:
    """Whoever presses Publish instead sees it in the text first."""
    page = ask(login(ann), image=file(), alternative_text="A green soap")
    assert (page.status_code, Question.objects.count(), Upload.objects.count()) == (200, 0, 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alternative_text": "A soap"}, "Please choose a picture."),
        ({"image": "picture"}, "Please say in a few words what the picture shows."),
        ({"alternative_text": "x" * 301, "image": "picture"}, "at most 300 fit"),
    ],
)
def test_what_is_missing_is_said_at_its_field(fields: dict[str, Any], sentence: str, ann: User, login: Login) -> None:
    page = ask(login(ann), add_image="1", **{k: file() if k == "image" else v for k, v in fields.items()})
    assert page.status_code == 422
    assert page.text.count(sentence) == 2  # at the field and on top
    assert "Please look." in page.text
    assert '<details class="picture" open>' in page.text


@pytest.mark.parametrize("kind", ["answer", "comment", "edit", "faq"])
def test_every_form_that_publishes_takes_pictures(kind: str, ann: User, stella: User, login: Login) -> None:
    question = make_question(ann)
    path = {"answer": f"/q/{question.public_id}/-/answer/", "comment": f"/q/{question.public_id}/-/comment/",
            "edit": f"/q/{question.public_id}/-/edit/", "faq": "/desk/faq/new/"}[kind]  # fmt: skip
    client = login(stella if kind == "faq" else ann)
    page = client.post(path, {"text": "Please look.", "image": file(), "alternative_text": "A soap"})
    assert page.status_code == 200
    assert Upload.objects.get().markdown in page.text
    assert 'enctype="multipart/form-data"' in page.text


def test_a_text_shows_at_most_twenty(ann: User, login: Login) -> None:
    names = [f"![a](/media/uploads/{number:032x}-1x1.webp)" for number in range(21)]
    assert "at most 20 pictures" in ask(login(ann), text="\n".join(names)).text
