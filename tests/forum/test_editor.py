"""The editor's field, and what became of each finding on django-markdownx (docs/decisions/0015-editor.md)."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import MarkdownxWidget

from accounts.models import User
from forum.forms.answers import AnswerForm
from forum.forms.editor import EditorWidget
from forum.forms.fields import TextField
from tests.factories import make_question, make_topic

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted([*ROOT.glob("static/js/editor.js"), *ROOT.glob("static/js/editor/*.js")])


class TwoTexts(forms.Form):
    first = TextField()
    second = TextField(required=False)


def test_the_field_and_the_widget_are_those_of_the_library() -> None:
    field = AnswerForm().fields["text"]
    assert isinstance(field, MarkdownxFormField)
    assert isinstance(field.widget, MarkdownxWidget)
    assert type(field.widget) is EditorWidget


def test_nothing_of_the_library_is_served(client: Client, company: object) -> None:
    """M1, M3, M5 to M16: its two views are not routed, and its app, whose files would be, is not installed."""
    assert "markdownx" not in settings.INSTALLED_APPS
    assert not [key for key in get_resolver().reverse_dict if "markdownx" in str(key)]
    for name in ("markdownx_markdownify", "markdownx_upload"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/markdownx/markdownify/", "/markdownx/upload/", "/static/markdownx/js/markdownx.js"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"content": "<script>"}).status_code == 404


def test_the_widget_says_nothing_of_the_library_and_brings_no_script_of_its(company: object) -> None:
    """M17 to M20: what traps the keyboard and writes into the text is that script."""
    form = AnswerForm()
    assert str(form.media) == ""
    html = str(form["text"])
    assert "markdownx" not in html
    assert " style=" not in html
    assert "<script" not in html


def test_it_renders_without_attributes_and_with_what_was_typed() -> None:
    html = EditorWidget().render("text", "</textarea><script>alert(1)</script>")
    assert html.count("<textarea") == 1
    assert "&lt;/textarea&gt;&lt;script&gt;" in html


def test_two_editors_of_a_form_have_their_own_ids() -> None:
    html = TwoTexts().as_p()
    for part in ("write", "preview", "preview_tab"):
        assert html.count(f'id="id_first_{part}"') == html.count(f'id="id_second_{part}"') == 1


def test_it_takes_pictures_only_where_there_is_somewhere_to_send_them() -> None:
    assert 'data-tool="image"' not in EditorWidget().render("text", "")
    html = EditorWidget(attrs={"data-upload-url": "/uploads/"}).render("text", "")
    assert 'data-tool="image"' in html
    assert 'data-upload-url="/uploads/"' in html


def test_without_a_script_it_is_a_text_field_with_a_preview_button(login: Any, ann: User, ben: User) -> None:
    """What only a script can do is hidden until the script shows it."""
    page = login(ben).get(f"/q/{make_question(ann).public_id}/-/answer/").text
    assert 'class="editor__bar" hidden' in page
    assert 'role="tabpanel" aria-labelledby="id_text_preview_tab" tabindex="0" hidden' in page
    assert 'name="preview" value="1"' in page


def test_the_token_against_forged_requests_stands_beside_every_editor(login: Any, ann: User, stella: User) -> None:
    """M2 and M21: the script reads it from the form, since the cookie has another name and can not be read."""
    make_topic()
    question = make_question(ann)
    for path in ("/ask/", "/desk/replies/new/", "/desk/faq/new/", f"/q/{question.public_id}/-/note/"):
        page = login(stella).get(path).text
        form = page[page.rindex("<form", 0, page.index("data-editor")) : page.index("data-editor")]
        assert "csrfmiddlewaretoken" in form, path
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    assert strict.post("/preview/", {"text": "x"}).status_code == 403


def test_the_preview_takes_no_more_than_can_be_published(login: Any, ann: User) -> None:
    """M4: looked at before anything is parsed."""
    assert login(ann).post("/preview/", {"text": "*" * 20_001}).status_code == 422


def test_the_preview_has_a_limit(login: Any, ann: User, settings: Any) -> None:
    """M1 and M12: counted for the person."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"preview": "2/m/user"}
    client = login(ann)
    answers = [client.post("/preview/", {"text": "x"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].text == "The preview needs a short rest. Your text is safe."


def test_settings_are_asked_when_they_are_needed(login: Any, ann: User, settings: Any) -> None:
    """M22: the library reads its own once, at import; of those nothing is used, so they change nothing."""
    settings.MARKDOWNX_MARKDOWNIFY_FUNCTION = "nowhere.at_all"
    assert login(ann).post("/preview/", {"text": "*x*"}).text == "<p><em>x</em></p>\n"


def test_all_scripts_of_the_editor_are_small() -> None:
    """At most 20 kB on the wire, each file compressed alone as it is served; what keeps drafts is one of them."""
    files = [*SCRIPTS, *ROOT.glob("static/js/drafts.js")]
    assert len(files) >= 9
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in files) <= 20_000


def test_no_script_of_the_editor_puts_foreign_html_into_the_page() -> None:
    """The preview is the server's own; everything else goes in as text. Nothing is executed from a string."""
    for file in SCRIPTS:
        source = file.read_text()
        assert source.count("innerHTML") == (1 if file.name == "preview.js" else 0), file.name
        for word in ("insertAdjacentHTML", "outerHTML", "document.write", "eval(", "Function("):
            assert word not in source, f"{file.name}: {word}"


def test_a_script_that_is_imported_has_a_fingerprint_too(tmp_path: Path) -> None:
    """So no browser puts together the parts of two versions."""
    from django.contrib.staticfiles.finders import find

    from config.static_files import FingerprintedStorage

    names = [str(file.relative_to(ROOT / "static")) for file in SCRIPTS]
    storage = FingerprintedStorage(location=tmp_path, base_url="/static/")
    for name in names:
        with open(str(find(name)), "rb") as file:
            storage.save(name, file)
    assert all(
        not isinstance(result, Exception) for *_names, result in storage.post_process({n: (storage, n) for n in names})
    )
    start = (tmp_path / storage.stored_name("js/editor.js")).read_text()
    for name in ("preview", "completion", "pictures"):
        assert storage.stored_name(f"js/editor/{name}.js").removeprefix("js/") in start
