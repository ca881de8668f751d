"""Whether there is room left for what people write and send: a full disk loses nothing, but takes nothing either."""

from __future__ import annotations

import shutil

from django.conf import settings

MEGABYTE = 1024 * 1024


def is_disk_short() -> bool:
    """Less than settings.DISK_FREE_MB is free where the data or the pictures lie. Raises OSError where they are not."""
    places = [place for place in (settings.DATA_DIR, settings.MEDIA_ROOT) if place.exists()]
    return any(shutil.disk_usage(place).free < settings.DISK_FREE_MB * MEGABYTE for place in places)
