"""The owner's settings: what can be set there, by whom, and what is never shown."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import StaffCard, User
from forum.models import Company, LegalPage, Topic
from tests.factories import make_question, make_topic
from tests.pictures import full_disk, grainy

pytestmark = pytest.mark.any_database

REGISTERED = {"Company", "LegalPage", "StaffCard", "Topic", "User"}
COMPANY = {
    "name": "Quellmoos", "hue": "150", "tone": "sie", "languages": "de,en", "time_zone": "Europe/Berlin",
    "monday": "9-17", "promised_hours": "8", "conversation_retention_days": "180", "holiday_region": "DE-NI",
    "faq_check_months": "12", "faq_unhelpful": "5",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner(login: Callable[[User], Client], olga: User) -> Client:
    return login(olga)


def picture(kind: str = "PNG") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (60, 30), "red").save(file, kind)
    return SimpleUploadedFile("evil.html", file.getvalue(), "text/html")


def errors(client: Client, path: str, data: dict[str, Any]) -> dict[str, Any]:
    response = client.post(path, data)
    assert response.status_code == 200, response
    found: dict[str, Any] = dict(response.context["adminform"].form.errors)
    return found


def test_nothing_but_the_settings_is_registered() -> None:
    """Above all no conversation, no message, no access log, and no post."""
    assert {model.__name__ for model in admin.site._registry} == REGISTERED


def test_a_visitor_is_led_to_the_one_sign_in(client: Client, company: Company) -> None:
    first = client.get("/admin/forum/topic/")
    second = client.get(first["Location"])
    assert second["Location"] == "/account/login/?next=/admin/forum/topic/" or "%2Fadmin%2Fforum" in second["Location"]


@pytest.mark.parametrize("who", ["ann", "stella", "moritz"])
def test_only_owners_come_in(request: pytest.FixtureRequest, login: Callable[[User], Client], who: str) -> None:
    client = login(request.getfixturevalue(who))
    for path in ("/admin/", "/admin/accounts/user/", "/admin/forum/company/1/change/"):
        assert client.get(path, follow=True).status_code == 403


def test_an_owner_who_may_not_sign_in_any_more_does_not_come_in(owner: Client, olga: User) -> None:
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert owner.get("/admin/").status_code == 302


def test_a_suspended_owner_does_not_come_in(owner: Client, olga: User) -> None:
    User.objects.filter(pk=olga.pk).update(suspended_at=timezone.now())
    assert owner.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("name", sorted(REGISTERED))
def test_every_list_and_form_opens(owner: Client, ann: User, stella: User, name: str) -> None:
    make_question(ann)
    LegalPage(kind="imprint", language="en", text="Us.").publish(by=stella)
    model = next(model for model in admin.site._registry if model.__name__ == name)
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    assert owner.get(base, follow=True).status_code == 200
    for row in model._default_manager.all()[:2]:
        assert owner.get(f"{base}{row.pk}/change/").status_code == 200
        assert owner.get(f"{base}{row.pk}/history/").status_code == 200


def test_passwords_are_changed_in_one_place_only(owner: Client) -> None:
    assert owner.get("/admin/password_change/")["Location"] == "/account/password/change/"


def test_the_company_is_set_up_once(owner: Client) -> None:
    Company.objects.all().delete()
    assert owner.get("/admin/forum/company/")["Location"] == "/admin/forum/company/add/"
    assert owner.post("/admin/forum/company/add/", COMPANY).status_code == 302
    assert Company.objects.get().name == "Quellmoos"
    assert owner.get("/admin/forum/company/add/").status_code == 403
    assert owner.get("/admin/forum/company/")["Location"] == "/admin/forum/company/1/change/"
    assert owner.get("/admin/forum/company/1/delete/").status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hue", "360"), ("monday", "from nine"), ("time_zone", "Moon/Base"), ("promised_hours", "0"),
        ("holiday_region", "XX"), ("closed_from", "2026-12-24"), ("name", ""), ("contact_email", "nobody"),
    ],
)  # fmt: skip
def test_a_company_that_could_not_keep_its_word_is_refused(owner: Client, field: str, value: str) -> None:
    found = errors(owner, "/admin/forum/company/1/change/", {**COMPANY, field: value})
    assert set(found) == {"__all__" if field == "closed_from" else field}


def test_a_period_that_ends_before_it_begins_is_refused(owner: Client) -> None:
    wrong = {**COMPANY, "closed_from": "2026-12-24", "closed_until": "2026-12-01"}
    assert "__all__" in errors(owner, "/admin/forum/company/1/change/", wrong)


def test_a_logo_is_written_anew_and_can_be_taken_away(owner: Client, tmp_path: Path) -> None:
    assert owner.post("/admin/forum/company/1/change/", {**COMPANY, "logo": picture()}).status_code == 302
    logo = Company.load().logo
    assert logo.name.endswith(".webp")
    assert Image.open(tmp_path / str(logo.name)).size == (60, 30)
    owner.post("/admin/forum/company/1/change/", {**COMPANY, "logo-clear": "on"})
    assert not Company.load().logo


def test_a_logo_for_which_there_is_no_room_costs_nothing_that_was_typed(owner: Client, tmp_path: Path) -> None:
    logo = SimpleUploadedFile("logo.jpg", grainy(), "image/jpeg")
    with full_disk():
        found = errors(owner, "/admin/forum/company/1/change/", {**COMPANY, "name": "Other", "logo": logo})
    assert found == {"logo": ["The picture could not be stored. Please try again later."]}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert Company.load().name != "Other"


def test_a_logo_stays_when_something_else_is_changed(owner: Client) -> None:
    owner.post("/admin/forum/company/1/change/", {**COMPANY, "logo": picture()})
    before = Company.load().logo.name
    owner.post("/admin/forum/company/1/change/", {**COMPANY, "name": "Other"})
    assert (Company.load().name, Company.load().logo.name) == ("Other", before)


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"<script>alert(1)</script>", b"GIF89a;"])
def test_what_is_no_picture_is_refused_at_the_field(owner: Client, stella: User, content: bytes) -> None:
    file = SimpleUploadedFile("logo.png", content, "image/png")
    assert set(errors(owner, "/admin/forum/company/1/change/", {**COMPANY, "logo": file})) == {"logo"}


def test_an_owner_orders_the_cards_and_changes_nobodys_face_or_name(owner: Client, stella: User) -> None:
    path = f"/admin/accounts/staffcard/{stella.staff_card.pk}/change/"
    sent = {
        "name": "Somebody",
        "role_title": "Head of soap",
        "position": "7",
        "portrait": picture(),
        "left_at_0": "2020-01-01",
    }
    assert owner.post(path, sent).status_code == 302
    card = StaffCard.objects.get(user=stella)
    assert (card.name, card.role_title, card.position) == ("Stella Stern", "Head of soap", 7)
    assert not card.portrait
    assert card.left_at is None
    assert owner.get("/admin/accounts/staffcard/add/").status_code == 403


def test_every_save_of_a_legal_page_is_a_new_version(owner: Client, olga: User) -> None:
    texts = {"kind": "imprint", "language": "en", "text": "*First*"}
    owner.post("/admin/forum/legalpage/add/", texts)
    first = LegalPage.objects.get()
    change = {**texts, "text": "Second", "_continue": "1"}
    response = owner.post(f"/admin/forum/legalpage/{first.pk}/change/", change)
    assert response["Location"] == "/admin/forum/legalpage/"
    assert list(LegalPage.objects.order_by("version").values_list("version", "html", "published_by__nickname")) == [
        (1, "<p><em>First</em></p>\n", "olga"),
        (2, "<p>Second</p>\n", "olga"),
    ]
    assert owner.post(f"/admin/forum/legalpage/{first.pk}/delete/", {"post": "yes"}).status_code == 403


def test_what_was_asked_in_public_does_not_become_discreet(owner: Client, ann: User, stella: User) -> None:
    topic = make_question(ann).topic
    said = {"name": topic.name, "slug": topic.slug, "channel": "private", "discreet": "on", "position": "1"}
    response = owner.post(f"/admin/forum/topic/{topic.pk}/change/", {**said, "staff": [stella.pk]})
    assert "what everybody could read does not become discreet" in response.text
    assert not Topic.objects.get().discreet


def test_a_discreet_topic_is_private_and_somebody_reads_it(owner: Client, stella: User) -> None:
    topic = {"name": "Quiet", "slug": "quiet", "channel": "both", "discreet": "on", "position": "1"}
    assert set(errors(owner, "/admin/forum/topic/add/", topic)) == {"channel", "staff"}
    good = {**topic, "channel": "private", "staff": [stella.pk]}
    assert owner.post("/admin/forum/topic/add/", good).status_code == 302
    assert Topic.objects.get().staff.get() == stella


def test_a_topic_with_questions_can_not_be_deleted(owner: Client, ann: User) -> None:
    make_question(ann)
    owner.post(f"/admin/forum/topic/{make_topic().pk}/delete/", {"post": "yes"})
    assert Topic.objects.count() == 1


def test_nobody_gets_a_role_or_a_name_here_and_no_password_is_shown(owner: Client, ann: User) -> None:
    path = f"/admin/accounts/user/{ann.pk}/change/"
    page = owner.get(path).content.decode()
    assert ann.password not in page
    assert "ann@example.org" in page
    owner.post(
        path, {"role": "owner", "is_active": "on", "nickname": "root", "email": "x@example.org", "password": "x"}
    )
    ann.refresh_from_db()
    assert (ann.role, ann.nickname, ann.email) == ("", "ann", "ann@example.org")
    assert ann.check_password("correct-horse-battery")


def test_a_customer_is_locked_out_here_and_let_in_again(owner: Client, ann: User) -> None:
    path = f"/admin/accounts/user/{ann.pk}/change/"
    owner.post(path, {})
    assert not User.objects.get(pk=ann.pk).is_active
    owner.post(path, {"is_active": "on"})
    assert User.objects.get(pk=ann.pk).is_active


def test_people_are_neither_added_nor_deleted_here(owner: Client, ann: User) -> None:
    assert owner.get("/admin/accounts/user/add/").status_code == 403
    assert owner.post(f"/admin/accounts/user/{ann.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("who", ["olga", "moritz", "stella"])
def test_members_of_the_team_are_not_locked_out_here(owner: Client, request: pytest.FixtureRequest, who: str) -> None:
    person = request.getfixturevalue(who)
    role = person.role
    owner.post(f"/admin/accounts/user/{person.pk}/change/", {"role": "", "is_active": ""})
    person.refresh_from_db()
    assert (person.role, person.is_active) == (role, True)
