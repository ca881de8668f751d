"""Staff write, change, publish, retire and restore FAQ entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from forum.models import FaqEntry
from tests.factories import make_answer, make_faq, make_faq_from, make_question, make_topic

Login = Callable[[User], Client]


def filled(entry: FaqEntry | None = None, **changed: Any) -> dict[str, Any]:
    written = {
        "title": "How long does soap last?", "text": "About **two** years.", "topic": make_topic().pk,
        "language": "en", "position": "3", "review_due_on": "2027-11-01", "begun_from": "",
    }  # fmt: skip
    if entry and entry.edited_at:
        written["begun_from"] = entry.edited_at.isoformat()
    return written | changed


@pytest.mark.parametrize("path", ["/desk/faq/new/", "/desk/faq/1/", "/desk/faq/"])
def test_visitors_sign_in_and_customers_find_nothing(client: Client, login: Login, ann: User, path: str) -> None:
    assert client.get(path)["Location"] == f"/account/login/?next={path}"
    assert login(ann).get(path).status_code == 404


def test_stella_writes_an_entry(login: Login, stella: User) -> None:
    response = login(stella).post("/desk/faq/new/", filled())
    entry = FaqEntry.objects.get()
    assert response["Location"] == f"/desk/faq/{entry.pk}/"
    assert (entry.slug, entry.author_name, entry.position) == ("how-long-does-soap-last", "Stella Stern", 3)
    assert entry.html == "<p>About <strong>two</strong> years.</p>\n"
    assert entry.published_at is None


def test_stella_writes_and_publishes_in_one_go(login: Login, client: Client, stella: User) -> None:
    response = login(stella).post("/desk/faq/new/", filled(publish="1"))
    assert response["Location"] == "/faq/how-long-does-soap-last/"
    assert client.get(response["Location"]).status_code == 200


def test_who_edits_has_checked_it(login: Login, stella: User, moritz: User) -> None:
    entry = make_faq(stella)
    login(moritz).post(f"/desk/faq/{entry.pk}/", filled(entry, text="Three years."))
    entry.refresh_from_db()
    assert (entry.text, entry.checked_by_name, entry.author_name) == ("Three years.", "Moritz Mai", "Stella Stern")


def test_the_address_follows_the_title_until_it_is_published(login: Login, stella: User) -> None:
    entry = make_faq(stella, published=False)
    login(stella).post(f"/desk/faq/{entry.pk}/", filled(entry, title="Shelf life of soap"))
    entry.refresh_from_db()
    assert entry.slug == "shelf-life-of-soap"
    login(stella).post(f"/desk/faq/{entry.pk}/publish/")
    entry.refresh_from_db()
    login(stella).post(f"/desk/faq/{entry.pk}/", filled(entry, title="How old may it get?"))
    entry.refresh_from_db()
    assert (entry.slug, entry.title) == ("shelf-life-of-soap", "How old may it get?")


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 151), ("text", " "), ("text", "x" * 20_001), ("topic", ""), ("topic", "999"),
     ("language", "tlh"), ("position", "-1"), ("position", "99999999999"), ("review_due_on", "tomorrow"),
     ("review_due_on", "2020-02-29")],
)  # fmt: skip
def test_what_can_not_be_taken_is_said_and_kept(login: Login, stella: User, field: str, value: str) -> None:
    entry = make_faq(stella)
    response = login(stella).post(f"/desk/faq/{entry.pk}/", filled(entry, **{field: value}))
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert field == "text" or "About **two** years." in response.text
    entry.refresh_from_db()
    assert entry.text == "Two years."


def test_the_preview_saves_nothing_and_keeps_everything(login: Login, stella: User) -> None:
    response = login(stella).post("/desk/faq/new/", filled(preview="1", title=""))
    assert response.status_code == 200
    assert "About <strong>two</strong> years." in response.text
    assert "About **two** years." in response.text
    assert 'value="2027-11-01"' in response.text
    assert not FaqEntry.objects.exists()


def test_two_editors_do_not_overwrite_each_other_unseen(login: Login, stella: User, moritz: User) -> None:
    entry = make_faq(stella)
    seen_by_both = filled(entry)
    login(moritz).post(f"/desk/faq/{entry.pk}/", seen_by_both | {"text": "Moritz was here."})
    response = login(stella).post(f"/desk/faq/{entry.pk}/", seen_by_both | {"text": "Stella was here."})
    assert response.status_code == 409
    assert "Moritz was here." in response.text
    assert "Stella was here." in response.text
    entry.refresh_from_db()
    assert entry.text == "Moritz was here."
    again = seen_by_both | {"text": "Stella was here.", "begun_from": response.context["sheet"].version}
    assert login(stella).post(f"/desk/faq/{entry.pk}/", again).status_code == 302
    entry.refresh_from_db()
    assert entry.text == "Stella was here."


def test_the_sources_are_linked(login: Login, ann: User, stella: User) -> None:
    answer = make_answer(make_question(ann), stella)
    entry = make_faq_from(answer, stella)
    assert f'href="{answer.get_absolute_url()}"' in login(stella).get(f"/desk/faq/{entry.pk}/").text


def test_a_removed_source_is_named_to_moderators_only(login: Login, ann: User, stella: User, moritz: User) -> None:
    question = make_question(ann, "Something rude")
    entry = make_faq_from(make_answer(question, stella), stella)
    FaqEntry.objects.update(title="Something polite")
    question.hide(by=moritz, rule="insult", reason="No.", at=timezone.now())
    assert "Something rude" not in login(stella).get(f"/desk/faq/{entry.pk}/").text
    assert "Something rude" in login(moritz).get(f"/desk/faq/{entry.pk}/").text


def test_publishing_tells_the_asker_once(login: Login, ann: User, stella: User) -> None:
    entry = make_faq_from(make_answer(make_question(ann), stella), stella)
    for verb in ("retire", "publish", "retire", "restore"):
        login(stella).post(f"/desk/faq/{entry.pk}/{verb}/")
    assert [mail.recipient for mail in OutgoingMail.objects.filter(kind="faq_published")] == [ann]


def test_a_retired_entry_leaves_the_faq_and_comes_back_as_what_it_was(
    login: Login, client: Client, stella: User
) -> None:
    entry = make_faq(stella)
    draft = make_faq(stella, "A draft", published=False)
    staff = login(stella)
    for each in (entry, draft):
        staff.post(f"/desk/faq/{each.pk}/retire/")
    assert client.get(f"/faq/{entry.slug}/").status_code == 404
    for each in (entry, draft):
        staff.post(f"/desk/faq/{each.pk}/restore/")
    assert client.get(f"/faq/{entry.slug}/").status_code == 200
    assert client.get(f"/faq/{draft.slug}/").status_code == 404


@pytest.mark.parametrize("verb", ["publish", "retire", "restore"])
def test_the_verbs_are_for_staff_and_never_a_link(login: Login, ann: User, stella: User, verb: str) -> None:
    entry = make_faq(stella, published=False)
    assert login(ann).post(f"/desk/faq/{entry.pk}/{verb}/").status_code == 404
    assert login(stella).get(f"/desk/faq/{entry.pk}/{verb}/").status_code == 405
    assert login(stella).post(f"/desk/faq/999/{verb}/").status_code == 404


def test_suspended_staff_change_nothing_and_keep_their_text(login: Login, stella: User) -> None:
    entry = make_faq(stella)
    User.objects.filter(pk=stella.pk).update(suspended_at=timezone.now())
    response = login(stella).post(f"/desk/faq/{entry.pk}/", filled(entry))
    assert response.status_code == 403
    assert "About **two** years." in response.text
    assert login(stella).post(f"/desk/faq/{entry.pk}/retire/").status_code == 403


def test_the_same_title_gets_an_address_of_its_own(login: Login, stella: User) -> None:
    for _ in range(2):
        login(stella).post("/desk/faq/new/", filled())
    assert list(FaqEntry.objects.values_list("slug", flat=True)) == [
        "how-long-does-soap-last", "how-long-does-soap-last-2",
    ]  # fmt: skip


def test_the_lists_to_choose_from_are_said_in_words(login: Login, stella: User) -> None:
    page = login(stella).get("/desk/faq/new/").content.decode()
    assert page.count("Please choose</option>") == 2
    assert "-----" not in page
    assert "German</option>" in page
