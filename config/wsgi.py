"""The entry point for every WSGI server."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

if TYPE_CHECKING:
    from forum.kept_first import KeptPagesFirst

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _application() -> KeptPagesFirst:
    django = get_wsgi_application()
    # What belongs to the site can be imported only now that Django knows of it.
    from forum.change_reader import ChangeReader
    from forum.kept_first import KeptPagesFirst

    return KeptPagesFirst(django, ChangeReader().number)


application = _application()

# Read the map of the site now, and with it every view: a server that loads the site before it forks shares this
# between its processes, and no visitor waits for it.
_ = get_resolver().url_patterns

# What is there now stays: whoever looks for garbage need not look through it again and again, which takes a tenth of a
# page's time, and processes that are forked go on sharing its memory. Nor is there any after a few hundred objects.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
