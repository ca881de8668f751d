"""Pictures of somebody who erased the account: those that no post shows go, with their files."""

from __future__ import annotations

from accounts.models import Erasure
from forum.actions.uploads import delete_upload
from forum.models import Upload

BATCH = 20  # rows, each in a transaction of its own


def erase_uploads(erasure: Erasure) -> bool:
    """After the posts: what still shows one stays, or was said for the company."""
    left = Upload.objects.shown_nowhere().filter(owner=erasure.account_id)
    batch = list(left.order_by("pk").values_list("pk", flat=True)[:BATCH])
    for pk in batch:
        delete_upload(pk)
    return not batch
