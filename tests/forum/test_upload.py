"""Pictures come in by one door: looked at within bounds, made anew, counted, and answered with a sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from forum import pictures as work
from forum.markdown import render
from forum.models import Upload
from tests.pictures import MARK, PAYLOAD, TAKEN, Sent, bomb, corpus, draw, encoded, photo, png, print_profile, scan

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture
def at_ease(settings: Any) -> None:
    """No limit counts what a test sends."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"upload": "9999/m/user"}
    settings.WRITING_LIMITS = settings.WRITING_LIMITS | {"upload": "9999/d", "upload_first_day": "9999/d"}


def send(client: Client, data: bytes | None = None, name: str = "a.png", kind: str = "image/png", **fields: str) -> Any:
    file = SimpleUploadedFile("a", png() if data is None else data, kind)
    file._name = name  # as it is, not as a decent browser would send it
    return client.post("/uploads/", {"image": file, **fields})


def stored(answer: Any) -> Image.Image:
    with default_storage.open(answer.json()["url"].removeprefix("/media/")) as file:
        return Image.open(BytesIO(file.read()))


def colours(picture: Image.Image, x: int, y: int) -> list[int]:
    return list(picture.crop((x, y, x + 1, y + 1)).tobytes())


def files() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


def test_there_are_enough_of_them() -> None:
    assert len(corpus()) >= 60


@pytest.mark.usefixtures("at_ease")
def test_nothing_wrong_is_stored_and_everything_is_answered(ann: User, login: Login) -> None:
    """And whatever is kept is WebP, and says nothing but its colours."""
    client = login(ann)
    wrong = []
    for sent in corpus():
        before = len(files())
        answer = send(client, sent.data, sent.name, sent.content_type, alternative_text="A soap")
        fine = _is_right(sent, answer, before)
        wrong += [] if fine else [(sent.name, sent.content_type, answer.status_code, answer.content[:100])]
    assert wrong == []
    assert len(files()) > 10
    for path in files():
        data = path.read_bytes()
        kept = Image.open(BytesIO(data))
        assert (kept.format, path.suffix) == ("WEBP", ".webp")
        assert {"exif", "xmp", "icc_profile", "comment"} & set(kept.info) == set()
        assert [chunk for chunk in (b"EXIF", b"XMP ", b"ICCP", MARK, PAYLOAD) if chunk in data] == []


def _is_right(sent: Sent, answer: Any, before: int) -> bool:
    if answer.status_code not in sent.due:
        return False
    if answer.status_code == TAKEN:
        return True
    sentence = answer.json()["error"]
    return len(sentence) > 20 and sentence.endswith(".") and len(files()) == before


@pytest.mark.usefixtures("at_ease")
def test_the_same_in_a_form_leaves_the_text_as_it_is(ann: User, login: Login) -> None:
    """Every other one: the form asks what the upload asks, and has an answer of its own to a yes and to a no."""
    client, text = login(ann), "Words that somebody has typed with care."
    for sent in list(corpus())[::2]:
        file = SimpleUploadedFile("a", sent.data, sent.content_type)
        file._name = sent.name
        said = {"title": "Is this right?", "text": text, "image": file, "alternative_text": "A soap", "add_image": "1"}
        page = client.post("/ask/", said)
        assert text in page.text, sent.name
        assert page.status_code == (200 if TAKEN in sent.due and page.status_code == 200 else page.status_code)
        assert page.status_code in {200 if due == TAKEN else due for due in sent.due}, sent.name
        assert ('class="field__error"' in page.text) == (page.status_code != 200), sent.name


def test_it_answers_with_what_an_editor_needs(ann: User, login: Login) -> None:
    answer = send(login(ann), alternative_text="Two soaps [on] a shelf*")
    facts = answer.json()
    assert answer.status_code == TAKEN
    assert (facts["width"], facts["height"]) == (60, 40)
    html = render(facts["markdown"])
    assert f'src="{facts["url"]}"' in html
    assert 'alt="Two soaps [on] a shelf*"' in html


def test_a_phone_photo_stands_upright(ann: User, login: Login) -> None:
    picture = stored(send(login(ann), photo(400, 300, orientation=6)))
    assert picture.size == (300, 400)
    red, _green, blue = picture.convert("RGB").getpixel((280, 200))  # type: ignore[misc]
    assert red > 200 > blue  # what was on top is on the right


def test_a_large_one_is_made_small_and_gets_a_thumbnail(ann: User, login: Login) -> None:
    answer = send(login(ann), encoded(draw(3_000, 1_500), "JPEG"))
    small = answer.json()["url"].removeprefix("/media/").replace(".webp", "-small.webp")
    assert stored(answer).size == (2_048, 1_024)
    with default_storage.open(small) as file:
        assert Image.open(file).size == (800, 400)


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("size", "kept"),
    [((4_032, 3_024), (2_016, 1_512)), ((3_000, 4_000), (1_500, 2_000)), ((6_000, 40), (2_048, 14))],
)
def test_a_photo_is_unpacked_at_half_where_that_is_enough(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert work.encode(BytesIO(encoded(draw(*size), "JPEG")))[2:] == kept


@pytest.mark.any_database
def test_whoever_sends_them_all_pictures_are_worked_on_in_one_thread() -> None:
    """The C library would keep memory for each."""
    for _number in range(2):
        with ThreadPoolExecutor(1) as sender:
            sender.submit(work.encode, BytesIO(png())).result()
    assert len([thread for thread in enumerate_threads() if thread.name.startswith("pictures")]) == 1


def test_what_is_transparent_stays_so(ann: User, login: Login) -> None:
    assert stored(send(login(ann), encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0))))).mode == "RGBA"


def test_sixteen_bits_keep_their_brightness(ann: User, login: Login) -> None:
    from tests.pictures import sixteen_bits

    for colours in (0, 2):
        red = stored(send(login(ann), sixteen_bits(colours))).convert("RGB").getpixel((4, 4))[0]  # type: ignore[index]
        assert abs(red - 0xC0) < 8


def test_the_same_picture_twice_is_kept_once(ann: User, ben: User, login: Login) -> None:
    first, second = send(login(ann)), send(login(ann), alternative_text="Better words")
    assert first.json()["url"] == second.json()["url"]
    assert "Better words" in second.json()["markdown"]
    assert send(login(ben)).json()["url"] != first.json()["url"]


def test_the_row_knows_whose_it_is(ann: User, login: Login) -> None:
    data = png()
    send(login(ann), data, alternative_text="A soap")
    upload = Upload.objects.get()
    assert (upload.owner, upload.owner_name, upload.alternative_text) == (ann, "ann", "A soap")
    assert (upload.hash, upload.received) == (hashlib.sha256(data).hexdigest(), len(data))
    assert upload.size == sum(path.stat().st_size for path in files())


def test_a_visitor_is_told_to_sign_in(client: Client, ann: User) -> None:
    assert send(client).status_code == 401
    assert client.get("/uploads/").status_code == 405


def test_who_is_suspended_or_not_confirmed_sends_nothing(ann: User, ben: User, login: Login) -> None:
    User.objects.filter(pk=ann.pk).update(suspended_at=timezone.now())
    ben.emailaddress_set.update(verified=False)
    answers = [send(login(person)) for person in (ann, ben)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "confirm your e-mail address" in answers[1].json()["error"]
    assert files() == []


def test_a_forged_request_is_refused_in_a_sentence(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    answer = client.post("/uploads/", {"image": BytesIO(png())}, headers={"Accept": "application/json"})
    assert (answer.status_code, bool(answer.json()["error"])) == (403, True)


def test_so_many_a_minute_and_no_more(ann: User, login: Login, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"upload": "2/m/user"}
    codes = [send(login(ann), b"no picture").status_code for _ in range(3)]
    assert codes == [415, 415, 429]


def test_so_many_an_hour_and_no_more(ann: User, login: Login, settings: Any) -> None:
    settings.WRITING_LIMITS = settings.WRITING_LIMITS | {"upload": "2/h"}
    client = login(ann)
    answers = [send(client, png(60 + number)) for number in range(3)]
    assert [answer.status_code for answer in answers] == [TAKEN, TAKEN, 429]
    assert 3_500 < int(answers[2]["Retry-After"]) <= 3_602
    Upload.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    assert send(client, png(70)).status_code == TAKEN


def test_so_many_megabytes_a_day_and_no_more(ann: User, stella: User, login: Login, settings: Any) -> None:
    settings.UPLOAD_MB_PER_DAY = 1
    client = login(ann)
    assert send(client, png(61)).status_code == TAKEN
    Upload.objects.update(received=1024 * 1024)
    answer = send(client, png(62))
    assert (answer.status_code, answer.json()["error"][:20]) == (429, "You have sent many p")
    Upload.objects.update(owner=stella)
    assert send(login(stella), png(63)).status_code == TAKEN


def test_while_others_are_worked_on_one_waits_and_the_next_is_told_to_come_back(ann: User, login: Login) -> None:
    for room in (work._hands, work._places, work._places):
        assert room.acquire(blocking=False)
    try:
        answer = send(login(ann))
    finally:
        work._hands.release()
        work._places.release(2)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert send(login(ann)).status_code == TAKEN


def test_a_full_disk_keeps_no_row(ann: User, login: Login, settings: Any) -> None:
    settings.MEDIA_ROOT = "/proc/none"  # where nobody can write, not even the administrator
    answer = send(login(ann))
    assert (answer.status_code, Upload.objects.count()) == (503, 0)


def test_the_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, ann: User, login: Login) -> None:
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("unpacked"))
    assert send(login(ann), bomb()).json()["error"].startswith("This picture has too many pixels.")


def test_of_a_file_that_is_too_large_little_is_kept_and_the_text_arrives(ann: User, login: Login) -> None:
    file = SimpleUploadedFile("a.png", png() + b"\0" * 30_000_000)
    said = {"title": "Is this right?", "image": file, "alternative_text": "A soap", "text": "typed with care"}
    page = login(ann).post("/ask/", said)
    assert page.status_code == 413
    assert "typed with care" in page.text
    assert page.wsgi_request.FILES["image"].size == 10 * 1024 * 1024 + 1


def test_many_files_at_once_are_no_way_to_fill_the_disk(ann: User, login: Login, settings: Any) -> None:
    many = settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1
    files = {f"image{number}": SimpleUploadedFile("a.png", png()) for number in range(many)}
    assert login(ann).post("/uploads/", files).status_code == 400


def test_a_scan_for_print_comes_in_the_colours_that_its_profile_says(ann: User, login: Login) -> None:
    client = login(ann)
    plain = stored(send(client, scan(), "scan.jpg", "image/jpeg")).convert("RGB")
    told = stored(send(client, scan(icc_profile=print_profile()), "scan.jpg", "image/jpeg")).convert("RGB")
    for picture in (plain, told):
        assert min(colours(picture, 30, 5)) > 240
    red, _green, blue = colours(told, 30, 35)
    assert red > 4 * blue
    red, _green, blue = colours(plain, 30, 35)
    assert blue > 4 * red


def test_a_disk_on_which_nothing_fits_costs_the_picture_and_not_the_text(
    ann: User, login: Login, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    file = SimpleUploadedFile("a.png", png())
    page = login(ann).post("/ask/", {"image": file, "alternative_text": "A soap", "text": "typed with care"})
    assert page.status_code == 503
    assert "typed with care" in page.text
    assert "The picture could not be stored. Please try again later." in page.text
    assert not Upload.objects.exists()
