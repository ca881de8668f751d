"""A bucket of an S3-compatible store. Imported only where MEDIA_STORAGE names one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """Nobody but the site reads it: who may see a picture is decided there each time, as with files on its own disk."""

    def __init__(self, **options: Any) -> None:
        # Who may read is left to the bucket. Names are random, so none is ever overwritten.
        super().__init__(default_acl=None, file_overwrite=True, **options)

    def _open(self, name: str, mode: str = "rb") -> Any:
        """Fetched at once. Raises OSError for whatever is wrong, as a disk does."""
        try:
            file = super()._open(name, mode)
            if "r" in mode:
                file.file.seek(0)
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The store did not hand over {name}") from error
        return file

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The site's own address of it."""
        return f"{settings.MEDIA_URL}{quote(name)}"
