"""Nicknames given up before the account goes: replaced where they address somebody, known by digests alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts import former_mentions
from accounts.digests import keyed_digest
from accounts.erasure import erase_account
from accounts.former_mentions import former_replacer
from accounts.models import FormerNickname, User
from accounts.models.former_nickname import digests_of
from accounts.renaming import change_nickname
from forum.actions.answers import edit_answer
from forum.models import Comment
from tests.accounts.privacy import left_of
from tests.factories import make_answer, make_comment, make_faq, make_question


@pytest.fixture
def replaced(company: object) -> Callable[..., str]:
    def go(text: str, *names: str) -> str:
        return former_replacer(frozenset(digests_of(name)[0] for name in names or ("rose",)))(text)

    return go


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks @rose!", "Thanks somebody!"),
        ("Thanks @Rose, see you.", "Thanks somebody, see you."),
        ("(@rose) **@ROSE** @rose's", "(somebody) **somebody** somebody's"),
        ("@rose-marie is another", "@rose-marie is another"),
        ("@rose_ and @primrose and @rose2", "@rose_ and @primrose and @rose2"),
        ("@rose.", "somebody."),
        ("write to me@rose or rose@example.org", "write to me@rose or rose@example.org"),
        ("a rose is a rose", "a rose is a rose"),
        ("see /people/rose/", "see /people/-/"),
        ("[her](https://x.example/People/Rose/?page=2)", "[her](https://x.example/people/-/?page=2)"),
        ("/people/primrose/ /people/rose-marie/", "/people/primrose/ /people/rose-marie/"),
        ("@" * 500 + "rose", "@" * 499 + "somebody"),
        ("@" + "x" * 5000 + " @rose", "@" + "x" * 5000 + " somebody"),
    ],
)
def test_a_name_is_found_where_it_addresses_somebody(replaced: Callable[..., str], text: str, expected: str) -> None:
    assert replaced(text) == expected


@pytest.mark.parametrize("name", ["rose_24", "rose.red", "ro-se", "Käthe", "प्रिया", "Nguyễn_7", "山田たろう"])
def test_names_of_all_kinds_are_found_as_they_are_written(replaced: Callable[..., str], name: str) -> None:
    from urllib.parse import quote

    escaped = name.replace("_", "\\_").replace(".", "\\.").replace("-", "\\-")
    parts = unicodedata.normalize("NFD", name)
    text = f"@{name}, @{name.upper()}. @{escaped} @{parts} /people/{name}/ /people/{quote(name)}/"
    assert replaced(text, name) == "somebody, somebody. somebody somebody /people/-/ /people/-/"


def test_names_kept_under_a_former_secret_key_are_found(replaced: Callable[..., str], settings: Any) -> None:
    digest = keyed_digest("nickname key", "rose")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "y" * 60
    assert former_replacer(frozenset({digest}))("@rose") == "somebody"


@pytest.mark.parametrize("keep_posts", [True, False])
def test_nothing_addresses_who_was_renamed_and_went(
    ann: User, ben: User, stella: User, tmp_path: Path, settings: Any, keep_posts: bool
) -> None:
    settings.MEDIA_ROOT = tmp_path
    for name in ("wolkenfrau7", "nebelfrau7"):
        User.objects.filter(pk=ann.pk).update(nickname_changed_at=None)
        change_nickname(user=User.objects.get(pk=ann.pk), nickname=name)
    User.objects.filter(pk=ann.pk).update(nickname_changed_at=None)
    change_nickname(user=User.objects.get(pk=ann.pk), nickname="himmelfrau7")
    FormerNickname.keep("somebodyelse7", ben)
    question = make_question(ben, "Who knows @Wolkenfrau7?", text="She is at /people/wolkenfrau7/ or @nebelfrau7.")
    answer = make_answer(question, stella, "@wolkenfrau7 knows it.")
    edit_answer(
        answer=answer, editor=stella, text="Ask @nebelfrau7 and @somebodyelse7.", reason="Better for @nebelfrau7"
    )
    make_comment(question, stella, "So says @himmelfrau7.")
    make_faq(stella, text="Thanks to @wolkenfrau7.")
    erase_account(user=User.objects.get(pk=ann.pk), keep_posts=keep_posts)
    assert left_of(("wolkenfrau7", "nebelfrau7", "himmelfrau7"), tmp_path) == []
    answer.refresh_from_db()
    assert answer.text == "Ask somebody and @somebodyelse7."
    assert "@somebodyelse7" in answer.html
    assert not FormerNickname.objects.named("wolkenfrau7").get().owner


def test_it_goes_on_where_it_was_batch_by_batch(ann: User, ben: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former_mentions, "LOOKED_AT", 3)
    monkeypatch.setattr(former_mentions, "BATCH", 2)
    FormerNickname.keep("wolkenfrau7", ann)
    question = make_question(ben)
    for number in range(11):
        make_comment(question, ben, f"@wolkenfrau7 knows {number}." if number % 4 else f"@ben knows {number}.")
    erase_account(user=ann, keep_posts=True)
    texts = list(Comment.objects.order_by("pk").values_list("text", flat=True))
    assert texts == [f"somebody knows {n}." if n % 4 else f"@ben knows {n}." for n in range(11)]
