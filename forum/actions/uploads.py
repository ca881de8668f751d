"""Take pictures in, bind them to the posts that show them, and delete what belongs to nothing."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from datetime import datetime
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from accounts.models import User
from forum.limits import check_bytes, check_limit
from forum.markdown.pictures import names_in, small_name
from forum.models import Answer, FaqEntry, Post, Upload
from forum.models.upload import new_name
from forum.pictures import Encoded, encode

logger = logging.getLogger(__name__)

BATCH = 500  # rows
_FACTS = ("image", "alternative_text", "width", "height", "size", "received", "hash", "created_at")


class NotStored(Exception):
    """The disk is full, or the store does not answer."""


def store_upload(*, owner: User, file: IO[bytes], size: int, alternative_text: str = "") -> Upload:
    """Keeps the picture in `file`, of `size` bytes; the same one once more, until it is in a post, is the same row.

    Not atomic: while a picture is worked on nobody should wait for the database. Raises TooMuch, ValidationError
    with a sentence, Busy and NotStored.
    """
    _check_limits(owner, size)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    if same := _sent_before(owner, digest, alternative_text):
        return same
    file.seek(0)
    encoded = encode(file)
    upload = _note(owner, encoded, received=size, hash=digest, alternative_text=alternative_text)
    try:
        _write(upload, encoded)
    except Exception as error:  # each kind of store has errors of its own
        logger.exception("A picture could not be stored")
        with suppress(Exception):  # else it is collected with the orphans
            delete_upload(upload.pk)
        raise NotStored from error
    return upload


def _check_limits(owner: User, size: int) -> None:
    check_limit(owner, "upload")
    check_bytes(owner, size)


def _sent_before(owner: User, digest: str, alternative_text: str) -> Upload | None:
    """The row is young again, or it might be collected while its text is still being written."""
    same = Upload.objects.in_no_post().filter(owner=owner, hash=digest)
    found = same.first()
    if found is None or not default_storage.exists(found.name):
        return None
    found.alternative_text = alternative_text
    young = same.filter(pk=found.pk).update(created_at=timezone.now(), alternative_text=alternative_text)
    return found if young else None


@transaction.atomic
def _note(owner: User, encoded: Encoded, **facts: Any) -> Upload:
    """The row comes before its files: a file no row knows of would lie there for ever."""
    # Two that arrive together are counted one after the other.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    _check_limits(owner, facts["received"])
    upload = Upload(width=encoded.width, height=encoded.height, size=len(encoded.large) + len(encoded.small), **facts)
    upload.belong_to(owner)
    upload.image.name = new_name(encoded.width, encoded.height)
    upload.save()
    return upload


def store_face(place: FieldFile, picture: ContentFile[bytes]) -> None:
    """Stores a portrait or logo where its field says. Raises NotStored; half of a file is not left behind."""
    half = place.field.generate_filename(place.instance, picture.name or "")
    try:
        place.save(picture.name or "", picture, save=False)
    except Exception as error:  # each kind of store has errors of its own
        logger.exception("A portrait or logo could not be stored")
        with suppress(Exception):
            place.storage.delete(half)
        raise NotStored from error


def _write(upload: Upload, encoded: Encoded) -> None:
    if encoded.small:
        default_storage.save(small_name(upload.name), ContentFile(encoded.small))
    default_storage.save(upload.name, ContentFile(encoded.large))


@transaction.atomic
def claim_uploads(*, post: Post | FaqEntry, writer: User, source: Answer | None = None) -> None:
    """Binds the pictures that the post shows to it: the writer's own, and those of the answer it was made from.

    Somebody else's picture is not bound: it is seen by those who may see where it stands.
    """
    place = "entry" if isinstance(post, FaqEntry) else post.kind
    names = names_in(post.text)
    if isinstance(post, FaqEntry):
        # Without versions, nothing shows any more what its text shows no more.
        post.uploads.exclude(image__in=names).update(entry=None)
    if not names:
        return
    bound = set(Upload.objects.filter(**{place: post}, image__in=names).values_list("image", flat=True))
    for name in names:
        if name not in bound:
            _claim(name, place, post, writer, source)


def _claim(name: str, place: str, post: Post | FaqEntry, writer: User, source: Answer | None) -> None:
    own = Upload.objects.filter(owner=writer, image=name)
    if own.in_no_post().update(**{place: post}):
        return
    taken_over = Upload.objects.filter(answer=source, image=name) if source else Upload.objects.none()
    # Held: as long as it is there, its file is.
    known = (own | taken_over).select_for_update(of=("self",)).first()
    if known:
        row = Upload(**{fact: getattr(known, fact) for fact in _FACTS}, **{place: post})
        row.belong_to(writer)
        row.save()


def collect_orphans(now: datetime) -> None:
    """One of settings.RETENTION: pictures that nobody put into a post within a day."""
    for pk in Upload.objects.orphaned(now).order_by("pk").values_list("pk", flat=True)[:BATCH]:
        delete_upload(pk, Upload.objects.orphaned(now))


@transaction.atomic
def delete_upload(pk: int, among: Any = None) -> None:
    """The row, and its files when no other row leads to them; nothing when it is not `among` these any more."""
    rows = Upload.objects.all() if among is None else among
    upload = rows.select_for_update(of=("self",)).filter(pk=pk).first()
    if upload is None:
        return
    if not Upload.objects.filter(image=upload.name).exclude(pk=pk).exists():
        for name in upload.files:
            default_storage.delete(name)
    upload.delete()
