"""Bodies with files in them."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from accounts.images import MAX_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Stands before Django's own: of a file they get no more than shows that it is too large.

    The rest is read and dropped, so that the fields beside it still arrive: what somebody typed is not lost.
    """

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.room = MAX_BYTES + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """What goes on to the next handler; None when nothing does."""
        passed, self.room = raw_data[: self.room], max(self.room - len(raw_data), 0)
        return passed or None

    def file_complete(self, file_size: int) -> None:
        return None
