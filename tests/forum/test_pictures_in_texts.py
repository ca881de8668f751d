"""Pictures are seen by those who may see a text that shows them, whatever becomes of it, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.erasure import erase_account
from accounts.models import User
from forum.actions.answers import delete_comment, edit_answer
from forum.actions.drafts import discard_draft, save_draft
from forum.actions.faq import edit_entry, promote_to_faq, publish_entry
from forum.actions.questions import edit_question
from forum.actions.sending import Sent
from forum.actions.uploads import collect_orphans, store_upload
from forum.models import Question, Revision, Upload
from moderation.actions.decisions import hide, restore
from tests.accounts.privacy import made_copy
from tests.factories import make_answer, make_comment, make_faq, make_question
from tests.pictures import png

Login = Callable[[User], Client]


def make_upload(owner: User, width: int = 60, words: str = "A soap") -> Upload:
    data = png(width)
    return store_upload(owner=owner, file=BytesIO(data), size=len(data), alternative_text=words)


@pytest.fixture
def readers(ann: User, ben: User, moritz: User, login: Login) -> dict[str, Client]:
    return {"visitor": Client(), "ann": login(ann), "ben": login(ben), "moritz": login(moritz)}


def who_sees(upload: Upload, readers: dict[str, Client]) -> set[str]:
    """Everything that belongs to the upload, small or large, is seen by the same people."""
    seen = [
        {name for name, who in readers.items() if who.get(f"/media/{file}").status_code == 200} for file in upload.files
    ]
    assert all(others == seen[0] for others in seen)
    return seen[0]


EVERYBODY = {"visitor", "ann", "ben", "moritz"}


@pytest.mark.parametrize("width", [60, 900])
def test_a_new_one_is_its_owners_alone(width: int, ann: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann, width)
    assert who_sees(upload, readers) == {"ann"}
    answer = readers["ann"].get(upload.url)
    assert answer["Cache-Control"] == "private, no-store"


def test_a_published_one_is_everybodys_and_asked_for_each_time(ann: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann, 900)
    question = make_question(ann, text=f"Look: {upload.markdown}")
    assert who_sees(upload, readers) == EVERYBODY
    assert Upload.objects.get().question == question
    answer = Client().get(upload.url)
    assert answer["Cache-Control"] == "public, no-cache"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith('inline; filename="')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = Client().get(upload.url, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    hide(target=question, by=User.objects.get(nickname="moritz"), rule="insult", reason="Too rude, all of it.")
    assert Client().get(upload.url, headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_hiding_takes_it_away_and_restoring_brings_it_back(ann: User, moritz: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann, 900)
    question = make_question(ann, text=upload.markdown)
    hide(target=question, by=moritz, rule="insult", reason="Too rude, all of it.")
    assert who_sees(upload, readers) == {"ann", "moritz"}
    restore(target=Question.objects.get(), by=moritz, reason="It was not.")
    assert who_sees(upload, readers) == EVERYBODY


def test_held_is_seen_by_author_and_moderators(ann: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann)
    make_question(ann, text=upload.markdown, held_at=timezone.now(), held_reason="Links.")
    assert who_sees(upload, readers) == {"ann", "moritz"}


def test_below_a_hidden_question_it_goes_too(ann: User, ben: User, moritz: User, readers: dict[str, Client]) -> None:
    question = make_question(ann)
    in_answer, in_comment = make_upload(ben), make_upload(ben, 61)
    make_answer(question, ben, in_answer.markdown)
    make_comment(question, ben, in_comment.markdown)
    assert who_sees(in_answer, readers) == who_sees(in_comment, readers) == EVERYBODY
    hide(target=question, by=moritz, rule="insult", reason="Too rude, all of it.")
    assert who_sees(in_answer, readers) == who_sees(in_comment, readers) == {"moritz"}


def test_a_deleted_comment_shows_nothing(ann: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann)
    delete_comment(comment=make_comment(make_question(ann), ann, upload.markdown))
    assert who_sees(upload, readers) == set()


def test_a_version_shows_what_the_text_showed_and_a_hidden_one_to_moderators(
    ann: User, readers: dict[str, Client]
) -> None:
    upload = make_upload(ann)
    question = make_question(ann, text=upload.markdown)
    edit_question(question=question, editor=ann, title=question.title, text="Without.")
    assert who_sees(upload, readers) == EVERYBODY
    Revision.objects.filter(number=1).update(hidden_at=timezone.now())
    assert who_sees(upload, readers) == {"moritz"}


def test_an_edit_brings_a_new_one(ann: User, readers: dict[str, Client]) -> None:
    answer, upload = make_answer(make_question(ann), ann), make_upload(ann)
    edit_answer(answer=answer, editor=ann, text=upload.markdown)
    assert who_sees(upload, readers) == EVERYBODY


def test_nobody_publishes_what_is_somebody_elses(ann: User, ben: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann)
    make_question(ben, text=upload.markdown)
    assert who_sees(upload, readers) == {"ann"}
    assert Upload.objects.get().question is None


def test_somebody_elses_stays_with_its_own_post(ann: User, ben: User, moritz: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann)
    question = make_question(ann, text=upload.markdown)
    make_answer(make_question(ben), ben, f"As here: {upload.markdown}")
    hide(target=question, by=moritz, rule="insult", reason="Too rude, all of it.")
    assert who_sees(upload, readers) == {"ann", "moritz"}


def test_ones_own_may_stand_in_two_posts(ann: User, moritz: User, readers: dict[str, Client]) -> None:
    upload = make_upload(ann)
    first = make_question(ann, text=upload.markdown)
    make_question(ann, "And this?", text=upload.markdown)
    hide(target=first, by=moritz, rule="insult", reason="Too rude, all of it.")
    assert who_sees(upload, readers) == EVERYBODY
    assert Upload.objects.values("image").distinct().count() == 1


def test_the_faq_keeps_the_pictures_of_an_answer_that_goes(
    ann: User, ben: User, stella: User, readers: dict[str, Client]
) -> None:
    upload = make_upload(ben)
    entry = promote_to_faq(answer=make_answer(make_question(ann), ben, upload.markdown), by=stella)
    publish_entry(entry=entry, by=stella)
    erase_account(user=ben, keep_posts=False)
    assert who_sees(upload, readers) >= {"visitor", "ann", "moritz"}
    assert Upload.objects.get().owner == stella


def test_an_entry_of_the_faq_opens_its_pictures_with_itself(
    stella: User, ann: User, readers: dict[str, Client]
) -> None:
    upload = make_upload(stella)
    entry = make_faq(stella, text=upload.markdown, published=False)
    assert who_sees(upload, readers) == {"moritz"}
    publish_entry(entry=entry, by=stella)
    assert who_sees(upload, readers) == EVERYBODY
    edit_entry(entry=entry, by=stella, text="Without.")
    assert Upload.objects.in_no_post().get() == upload


def test_what_nobody_used_for_a_day_is_collected(ann: User) -> None:
    used, waiting, old = make_upload(ann, 61), make_upload(ann, 62), make_upload(ann, 900)
    make_question(ann, text=used.markdown)
    Upload.objects.exclude(pk=waiting.pk).update(created_at=timezone.now() - timedelta(hours=24, minutes=1))
    collect_orphans(timezone.now())
    assert {upload.pk for upload in Upload.objects.all()} == {used.pk, waiting.pk}
    assert [default_storage.exists(name) for name in (*old.files, *used.files, *waiting.files)] == [
        False,
        False,
        True,
        True,
    ]


def test_a_picture_stays_as_long_as_the_draft_it_stands_in(ann: User) -> None:
    upload, form = make_upload(ann), Sent(author=ann, purpose="question_ask")
    save_draft(form, {"text": upload.markdown})
    Upload.objects.update(created_at=timezone.now() - timedelta(days=2))
    collect_orphans(timezone.now())
    assert default_storage.exists(upload.name)
    discard_draft(form)
    collect_orphans(timezone.now())
    assert not default_storage.exists(upload.name)


def test_a_file_goes_with_the_last_row_that_leads_to_it(ann: User, ben: User) -> None:
    upload = make_upload(ann)
    make_question(ann, text=upload.markdown)
    Upload.objects.create(**{f: getattr(upload, f) for f in ("image", "width", "height", "size", "received", "hash")},
                          owner=ben, created_at=timezone.now() - timedelta(days=2))  # fmt: skip
    collect_orphans(timezone.now())
    assert Upload.objects.count() == 1
    assert default_storage.exists(upload.name)


def test_erasing_with_the_posts_takes_the_files(ann: User, ben: User) -> None:
    gone, stub, draft = make_upload(ann, 61), make_upload(ann, 900), make_upload(ann, 63)
    make_question(ann, text=gone.markdown)
    make_answer(make_question(ann, "And this?", text=stub.markdown), ben)
    erase_account(user=ann, keep_posts=False)
    assert Upload.objects.count() == 0
    assert not any(default_storage.exists(name) for upload in (gone, stub, draft) for name in upload.files)


def test_erasing_without_the_posts_keeps_what_they_show(ann: User, readers: dict[str, Client]) -> None:
    kept, draft = make_upload(ann, 61), make_upload(ann, 62)
    make_question(ann, text=kept.markdown)
    erase_account(user=ann, keep_posts=True)
    upload = Upload.objects.get()
    assert (upload.image, upload.owner, upload.owner_name) == (kept.image, None, "")
    assert who_sees(kept, readers) >= {"visitor", "ben"}
    assert not default_storage.exists(draft.name)


def test_the_copy_holds_them(ann: User, ben: User, stella: User, moritz: User) -> None:
    upload = make_upload(ann, words="A green soap")
    make_question(ann, text=upload.markdown)
    archive = ZipFile(made_copy(ann).path)
    assert f"media/{upload.name.removeprefix('uploads/')}" in archive.namelist()
    assert "A green soap" in archive.read("data.json").decode()
