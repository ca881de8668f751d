"""Pictures in an S3-compatible store: a real one answers, private, and the site alone reads it."""

from __future__ import annotations

import http.client
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from moto.server import ThreadedMotoServer
from PIL import Image

from accounts.models import User
from config.storage import media_storage
from forum.actions.conversations import delete_conversation
from forum.actions.uploads import collect_orphans, store_upload
from forum.models import Upload
from tests.factories import make_attachment, make_conversation, make_question, make_topic
from tests.pictures import draw, encoded

KEY, SECRET, BUCKET = "an-access-key", "a/secret+key", "pictures"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(store: str, settings: Any) -> Any:
    """An empty bucket, which the site is told to use."""
    client = boto3.resource(
        "s3",
        endpoint_url=f"http://{store}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    made = client.create_bucket(Bucket=BUCKET)
    address = f"s3+http://{KEY}:a%2Fsecret%2Bkey@{store}/{BUCKET}"
    private = media_storage(address, Path("/unused/private"))
    settings.STORAGES = settings.STORAGES | {"default": media_storage(address), "private": private}
    yield made
    made.objects.all().delete()
    made.delete()


def make_upload(owner: User) -> Upload:
    data = encoded(draw(1_000, 500))
    return store_upload(owner=owner, file=BytesIO(data), size=len(data), alternative_text="A soap")


def test_it_lies_in_the_bucket_and_comes_through_the_site(bucket: Any, ann: User, client: Client) -> None:
    upload = make_upload(ann)
    assert {item.key for item in bucket.objects.all()} == set(upload.files)
    assert client.get(upload.url).status_code == 404
    make_question(ann, text=upload.markdown)
    for name, width in zip(upload.files, (1_000, 800), strict=True):
        answer = client.get(f"/media/{name}")
        assert Image.open(BytesIO(b"".join(answer.streaming_content))).size[0] == width
        assert answer["Content-Type"] == "image/webp"


def test_the_store_gives_it_to_nobody_else(bucket: Any, store: str, ann: User) -> None:
    upload = make_upload(ann)
    grants = bucket.Object(upload.name).Acl().grants
    assert [grant["Grantee"].get("URI") for grant in grants if "URI" in grant["Grantee"]] == []
    asked = http.client.HTTPConnection(store)
    asked.request("GET", f"/{BUCKET}/{upload.name}")
    assert asked.getresponse().status == 403


def test_no_page_leads_to_the_store(bucket: Any, stella: User, client: Client) -> None:
    from accounts.portraits import encode_portrait

    portrait = encode_portrait(BytesIO(encoded(draw(60, 60))))
    stella.staff_card.portrait.save(str(portrait.name), portrait)
    assert not urlsplit(stella.staff_card.portrait.url).netloc
    assert client.get(stella.staff_card.portrait.url).status_code == 200


def test_what_is_collected_is_gone_from_the_bucket(bucket: Any, ann: User) -> None:
    make_upload(ann)
    Upload.objects.update(created_at=timezone.now() - timezone.timedelta(days=2))  # type: ignore[attr-defined]
    collect_orphans(timezone.now())
    assert list(bucket.objects.all()) == []


def test_a_store_that_does_not_answer_is_no_error(bucket: Any, ann: User, client: Client, settings: Any) -> None:
    upload = make_upload(ann)
    make_question(ann, text=upload.markdown)
    bucket.objects.all().delete()
    assert client.get(upload.url).status_code == 404
    gone = media_storage(f"s3+http://{KEY}:x@127.0.0.1:9/{BUCKET}")
    settings.STORAGES = settings.STORAGES | {"default": gone}
    assert client.get(upload.url).status_code == 404
    assert default_storage.url("a b.webp") == "/media/a%20b.webp"


@pytest.mark.parametrize(
    "address",
    ["x", "s3://", "s3://host/bucket", "s3://key:secret@/bucket", "s3://key:secret@host/", "ftp://key:secret@host/bucket",
     "s3://key:secret@host:port/bucket", "s3://key:secret@[/bucket"],
)  # fmt: skip
def test_what_is_no_address_is_said_without_its_secret(address: str) -> None:
    with pytest.raises(ValueError, match="MEDIA_STORAGE must be an address") as told:
        media_storage(address)
    assert "secret@" not in str(told.value).replace("key:secret@s3.eu", "")


def test_nothing_of_it_is_loaded_where_it_is_not_used() -> None:
    heavy = "{'boto3', 'storages', 'botocore'}"
    code = f"import django, sys; django.setup(); import config.urls; print({heavy} & set(sys.modules))"
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x" * 60, "DEBUG": "true",
                   "ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}  # fmt: skip
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert run.stdout == "set()\n", run.stderr


def test_files_of_private_conversations_lie_there_sealed_and_apart(
    bucket: Any, login: Any, ann: User, stella: User, django_capture_on_commit_callbacks: Any
) -> None:
    room = make_conversation(ann, make_topic("Orders", "orders", channel="both", staff=[stella]))
    content = b"Paid in cash. " * 20_000
    attachment = make_attachment(room, ann, "receipt.txt", content)
    (lying,) = bucket.objects.all()
    assert lying.key == f"private/{attachment.file}"
    assert b"Paid" not in lying.get()["Body"].read()
    path = attachment.get_absolute_url()
    assert login(stella).get(path).getvalue() == content
    assert login(stella).get(f"/media/{lying.key}").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        delete_conversation(conversation=room)
    assert list(bucket.objects.all()) == []
