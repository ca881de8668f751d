"""Bodies with files in them."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from accounts.images import MAX_BYTES

logger = logging.getLogger(__name__)


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


class LostFile(InMemoryUploadedFile):
    """Stands for a file that arrived and could not be kept, so that its form can say so (accounts.images)."""

    is_lost = True

    def __init__(self, field: str | None, name: str | None, kind: str | None, size: int) -> None:
        super().__init__(BytesIO(), field, name or "lost", kind or "", max(size, 1), None)


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's own for larger files; a full disk costs the file and not the text beside it."""

    def new_file(self, *args: Any, **options: Any) -> None:
        self.is_lost = False
        try:
            super().new_file(*args, **options)
        except OSError:
            self._lose()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.is_lost:
            try:
                super().receive_data_chunk(raw_data, start)
            except OSError:
                self._lose()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.is_lost:
            try:
                self.file.flush()
                return super().file_complete(file_size)
            except OSError:
                self._lose()
        return LostFile(self.field_name, self.file_name, self.content_type, file_size)

    def _lose(self) -> None:
        logger.exception("A file that arrives can not be kept")
        self.is_lost = True
