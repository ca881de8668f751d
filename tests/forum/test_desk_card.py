"""Staff keep their own card."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.utils import timezone
from PIL import Image

from accounts.models import CardConsent, Role, StaffCard, User
from forum.actions.cards import save_card
from tests.factories import PASSWORD
from tests.pictures import full_disk, grainy

pytestmark = pytest.mark.any_database

Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def filled(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Stella S.", "name_is": "own", "role_title": "Soap maker", "about": "I like questions.",
        "sign_off": "Yours, Stella",
        "languages": "Deutsch, English", "answer_days": "Mon to Thu", "portrait_consent": "on",
    } | changed  # fmt: skip


def picture() -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", (600, 800), "teal").save(stream, "PNG")
    return SimpleUploadedFile("me.png", stream.getvalue(), "image/png")


def test_visitors_sign_in_and_customers_find_nothing(client: Client, login: Login, ann: User) -> None:
    assert client.get("/desk/card/").status_code == 302
    assert login(ann).get("/desk/card/").status_code == 404


def test_stella_changes_her_card(login: Login, stella: User) -> None:
    assert login(stella).post("/desk/card/", filled())["Location"] == "/desk/card/"
    card = StaffCard.objects.get(user=stella)
    assert (card.name, card.answer_days, card.slug) == ("Stella S.", "Mon to Thu", "stella")


def test_a_first_card_that_is_sent_twice_is_one(db: None) -> None:
    new = User.objects.create_user("neu", "neu@example.org", PASSWORD, role=Role.STAFF)
    for name in ("Nele", "Nele N."):
        save_card(card=StaffCard(user=new, name=name), agreed_to=frozenset())
    card = StaffCard.objects.get(user=new)
    assert (card.name, card.slug) == ("Nele N.", "nele")


def test_who_has_no_card_yet_makes_one_with_an_address_of_its_own(login: Login, stella: User) -> None:
    new = User.objects.create_user("neu", "neu@example.org", PASSWORD, role=Role.STAFF)
    assert login(new).get("/desk/card/").status_code == 200
    assert not StaffCard.objects.filter(user=new).exists()
    login(new).post("/desk/card/", filled(name="Stella"))
    assert StaffCard.objects.get(user=new).slug == "stella-2"


def test_nobody_changes_somebody_elses_card(login: Login, stella: User, moritz: User) -> None:
    login(moritz).post("/desk/card/", filled(name="Moritz", user=stella.pk, slug="stella", id=1))
    assert StaffCard.objects.get(user=stella).name == "Stella Stern"
    assert StaffCard.objects.get(user=moritz).slug == "moritz"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 61), ("role_title", " "), ("about", "x" * 301)]
)
def test_what_can_not_be_taken_is_said_and_kept(login: Login, stella: User, field: str, value: str) -> None:
    response = login(stella).post("/desk/card/", filled(**{field: value}))
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert "Yours, Stella" in response.text
    assert StaffCard.objects.get(user=stella).name == "Stella Stern"


def test_a_portrait_is_kept_as_we_write_it_and_the_former_one_goes(login: Login, stella: User, media: Path) -> None:
    staff = login(stella)
    staff.post("/desk/card/", filled(portrait=picture()))
    first = str(StaffCard.objects.get(user=stella).portrait.name)
    assert Image.open(media / first).size == (512, 512)
    with_commit_hooks(staff, filled(portrait=picture()))
    second = StaffCard.objects.get(user=stella).portrait.name
    assert second != first
    assert [str(path.relative_to(media)) for path in media.rglob("*.*")] == [second]


def test_a_portrait_for_which_there_is_no_room_costs_the_portrait_alone(
    login: Login, stella: User, media: Path
) -> None:
    file = SimpleUploadedFile("me.jpg", grainy(), "image/jpeg")
    with full_disk():
        page = login(stella).post("/desk/card/", filled(about="Typed with care", portrait=file))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"portrait"}
    assert "The picture could not be stored. Please try again later." in page.text
    assert "Typed with care" in page.text
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not CardConsent.objects.exists()


def test_a_portrait_is_taken_back_at_once_and_the_file_with_it(login: Login, stella: User, media: Path) -> None:
    staff = login(stella)
    staff.post("/desk/card/", filled(portrait=picture()))
    path = StaffCard.objects.get(user=stella).portrait.url
    assert staff.get(path).status_code == 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert staff.post("/desk/card/portrait/").status_code == 302
    assert not StaffCard.objects.get(user=stella).portrait
    assert not list(media.rglob("*.*"))
    assert staff.get(path).status_code == 404
    assert CardConsent.objects.get(to="portrait").withdrawn_at


def test_without_consent_no_portrait_is_kept(login: Login, stella: User, media: Path) -> None:
    response = login(stella).post("/desk/card/", filled(portrait=picture(), portrait_consent=""))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"portrait_consent"}
    assert not list(media.rglob("*.*"))


def test_what_was_agreed_to_is_kept_with_its_words_and_time(login: Login, stella: User) -> None:
    staff = login(stella)
    staff.post("/desk/card/", filled(portrait=picture()))
    staff.post("/desk/card/", filled(portrait=picture()))
    consents = CardConsent.objects.filter(user=stella).order_by("to")
    assert [(consent.to, consent.text_version) for consent in consents] == [
        ("name", "2026-11"),
        ("portrait", "2026-11"),
    ]
    assert all(consent.given_at and not consent.withdrawn_at for consent in consents)
    page = staff.get("/desk/card/").text
    assert "text of 2026-11" in page
    assert "name_is" not in page


def test_who_uses_a_service_name_agrees_to_nothing(login: Login, stella: User) -> None:
    login(stella).post("/desk/card/", filled(name="Lotte", name_is="service"))
    assert not CardConsent.objects.exists()
    assert StaffCard.objects.get(user=stella).name == "Lotte"


def test_what_kind_of_name_it_is_has_to_be_said(login: Login, stella: User) -> None:
    response = login(stella).post("/desk/card/", filled(name_is=""))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name_is"}


@pytest.mark.parametrize(
    "name",
    ["Support", "Team", "Your Support-Team", "SERVICE 24", "Kundenservice", "Quellmoos", "Team Quellmoos",
     "S.u.p.p.o.r.t", "Das Team von Quellmoos", "Ｓｕｐｐｏｒｔ"],
)  # fmt: skip
def test_nobody_is_a_department(login: Login, stella: User, name: str) -> None:
    response = login(stella).post("/desk/card/", filled(name=name))
    assert response.status_code == 422
    assert "People answer here, not a department." in response.context["form"].errors["name"][0]


@pytest.mark.parametrize(
    "name", ["Das", "Marlene Quell", "Stella from the service", "Ida", "A member of the team", "Unser Rudi"]
)
def test_a_person_may_have_any_name(login: Login, stella: User, name: str) -> None:
    assert login(stella).post("/desk/card/", filled(name=name)).status_code == 302


@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"GIF89a" + b"\x00" * 40])
def test_what_is_no_picture_is_refused_with_a_sentence(login: Login, stella: User, content: bytes) -> None:
    response = login(stella).post("/desk/card/", filled(portrait=SimpleUploadedFile("me.png", content, "image/png")))
    assert response.status_code == 422
    assert response.context["form"].errors["portrait"]
    assert "Yours, Stella" in response.text


def test_who_is_suspended_changes_no_card(login: Login, stella: User) -> None:
    User.objects.update(suspended_at=timezone.now())
    assert login(stella).post("/desk/card/", filled(name="Somebody else")).status_code == 403
    assert StaffCard.objects.get(user=stella).name == "Stella Stern"


def with_commit_hooks(client: Client, data: dict[str, Any]) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post("/desk/card/", data).status_code == 302


def test_what_another_window_saved_meanwhile_is_shown_beside_ones_own(login: Login, stella: User) -> None:
    client = login(stella)
    begun = client.get("/desk/card/").context["sheet"].version
    assert f'name="begun_from" value="{begun}"' in client.get("/desk/card/").text
    client.post("/desk/card/", filled(about="Of the first window.", begun_from=begun))
    later = client.post("/desk/card/", filled(about="Of the second.", begun_from=begun))
    assert later.status_code == 409
    assert [name for _label, name, *_rest in later.context["overtaken"]] == ["about"]
    assert "Of the first window." in later.text
    assert "Of the second." in later.text
    assert StaffCard.objects.get(user=stella).about == "Of the first window."
    client.post("/desk/card/", filled(about="Of the second.", begun_from=later.context["sheet"].version))
    assert StaffCard.objects.get(user=stella).about == "Of the second."
