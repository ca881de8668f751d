"""What must not be kept for ever: the worker deletes it on its day."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def delete_what_is_over() -> None:
    """Asks each function of settings.RETENTION; what goes wrong with one keeps neither the others nor the letters."""
    for path in settings.RETENTION:
        try:
            import_string(path)(timezone.now())
        except Exception:  # whatever it was, the next look is in an hour
            logger.exception("%s failed", path)
