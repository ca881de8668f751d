"""Walks around the building: every address of the resolver, as everybody, looking for what should not show."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.mail import deliver_due
from accounts.models import Role, StaffCard, User
from forum import receipt_code
from tests.canaries import Cast, plant
from tests.factories import CODE, PASSWORD
from tests.walk import shown, walk

# The code of a receipt as its page shows it.
SHOWN = receipt_code.grouped(CODE)


@pytest.fixture
def cast(ann: User, ben: User, stella: User, moritz: User, olga: User) -> Cast:
    sami = User.objects.create_user("sami", "sami@example.org", PASSWORD, role=Role.STAFF)
    StaffCard.objects.create(user=sami, slug="sami", name="Sami Sand", role_title="Advice", sign_off="Yours, Sami")
    return Cast(ann, ben, stella, sami, moritz, olga)


# The canaries do sing where they may: else the walk would prove nothing.
SINGS = {
    "ann": {
        "canarydraftann",
        "canarydraftofann",
        "canarydraftprivate",
        "canarysubject",
        "canarymessage",
        "canaryreply",
        "canaryfilename",
        "canaryfilecontent",
        "canarywaitingname",
        "canarywaitingcontent",
        "canaryheldquestion",
        "canaryhiddenpicture",
        "canarynewpicture",
    },
    "sami": {
        "canaryfeedback",
        "canarysubject",
        "canaryreceiptmessage",
        "canaryfilecontent",
        "canaryroomnote",
        "canaryhandingover",
        "canarydrafttitle",
        "canarynote",
        "canaryshared",
    },
    "stella": {"canarynote", "canaryshared", "canaryown"},
    "moritz": {
        "canaryhiddenquestion",
        "canaryheldanswer",
        "canarynotice",
        "canaryhiddenversion",
        "canaryversionpicture",
        "canaryhelddetail",
        "canaryfaqpicture",
        "canarydisclosed",
    },
    "olga": {"canaryholdreason"},
}
# All that is said in a conversation, beside it, and in what leaves it sealed.
PRIVATE = (
    "canarysubject", "canarymessage", "canaryreply", "canaryfilename", "canaryfilecontent", "canarywaitingname",
    "canarywaitingcontent", "canaryhandingover", "canaryroomnote", "canarydraftprivate", "canarydisclosed",
    "canaryholdreason", "canaryreceipt", "canaryping", CODE, SHOWN,
)  # fmt: skip


# A second database is asked as the one concerned, and as a moderator, who reads the most of what others may not.
ALIKE = [pytest.param(who, marks=pytest.mark.any_database) for who in ("visitor", "ben", "sami", "stella", "olga")]
WHO = ("ann", "moritz", "visitor", "ben", "sami", "stella", "olga")


@pytest.mark.long
@pytest.mark.parametrize("who", ["ann", "moritz", *ALIKE])
def test_nobody_reads_what_is_not_theirs(
    who: str, https: None, cast: Cast, client: Client, login: Callable[[User], Client]
) -> None:
    """And no page on the way lacks its armour (tests/test_headers.py), or marks who only reads."""
    planted = plant(cast)
    reader = client if who == "visitor" else login(getattr(cast, who))
    seen = walk(reader, who, planted, turn=WHO.index(who))
    assert seen.leaks == []
    assert SINGS.get(who, set()) - seen.heard == set()
    assert seen.weak == []
    assert who != "visitor" or seen.marked == []
    # Else the walk would have proved nothing.
    assert len(seen.opened) > 60
    assert len([path for path in seen.opened if re.fullmatch(r"/q/\w+/[\w-]{2,}/", path)]) > 5


def test_neither_the_database_nor_a_letter_tells_what_is_hidden(cast: Cast) -> None:
    """No table holds a word of a conversation in clear; no letter does, nor what is hidden when it leaves."""
    planted = plant(cast)
    assert planted.conversation
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            assert not [word for word in PRIVATE if word in content], table
    deliver_due(limit=500)
    by_address = {user.email: user.nickname for user in User.objects.all()}
    letters = [(letter.to[0], f"{letter.subject}{letter.body}{letter.alternatives}") for letter in mail.outbox]
    # Who is invited has no account yet, and may read nothing.
    wrong = [
        f"{word} to {address}"
        for address, text in letters
        for word, readers in planted.words.items()
        if not word.startswith("canarymail") and by_address.get(address) not in readers and word in text
    ]
    assert letters
    assert wrong == []
    assert [word for word in (*PRIVATE, "Quiet matters") for _address, text in letters if word in text] == []


def test_nor_does_what_is_copied_from_it(
    cast: Cast, login: Callable[[User], Client], caplog: pytest.LogCaptureFixture
) -> None:
    """A dump, what lies in the folders of files, the queue of letters, and the log of both sides reading."""
    with caplog.at_level(logging.DEBUG):
        planted = plant(cast)
        assert planted.conversation
        for reader in (cast.ann, cast.sami, cast.ben):
            login(reader).get(planted.conversation.get_absolute_url())
            for file in planted.args["file"]:
                shown(login(reader), f"{planted.conversation.get_absolute_url()}file/{file}/")
        deliver_due(limit=500)
    dumped = StringIO()
    call_command("dumpdata", stdout=dumped)
    folders = [Path(settings.MEDIA_ROOT), Path(storages["private"].location)]  # type: ignore[attr-defined]
    lying = [path.name + path.read_bytes().decode("latin-1") for place in folders for path in place.rglob("*.*")]
    lying += [path.name + path.read_bytes().decode("latin-1") for path in folders[1].rglob("*") if path.is_file()]
    assert len(lying) > 2
    for place in (dumped.getvalue(), "".join(lying), caplog.text):
        assert [word for word in PRIVATE if word in place] == []
    assert "canarynotice" in dumped.getvalue()  # the dump does hold what is not private


def test_forbidden_and_missing_look_the_same(cast: Cast, login: Callable[[User], Client]) -> None:
    planted = plant(cast)
    assert planted.conversation
    reader = login(cast.ben)
    forbidden = reader.get(planted.conversation.get_absolute_url())
    missing = reader.get("/private/00000000-0000-4000-8000-000000000000/")
    # Every page has its own token against forged requests; all else must be equal.
    pages = [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page.text) for page in (forbidden, missing)]
    assert forbidden.status_code == missing.status_code == 404
    assert pages[0] == pages[1]
    assert forbidden.headers == missing.headers
