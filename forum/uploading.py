"""Files on their way into a private conversation."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

# Where forms of the private channel are sent to.
PLACES = ("/private/", "/account/drafts/")
# Bytes of all files of one form: what comes after that counts as too large.
MOST = 60 * 1024 * 1024


class PrivateUploadHandler(MemoryFileUploadHandler):
    """Keeps them in memory, where Django would put a large one on the disk in clear. Each is bounded before."""

    def handle_raw_input(self, input_data: Any, *args: Any, **options: Any) -> None:
        self.activated = getattr(self.request, "path", "").startswith(PLACES)
        self.room = MOST

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if not self.activated:
            return raw_data
        self.room -= len(raw_data)
        if self.room >= 0:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> Any:
        return super().file_complete(file_size if self.room >= 0 else MOST + 1)
