"""The entry point for every WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Read the map of the site now, and with it every view: a server that loads the site before it forks shares this
# between its processes, and no visitor waits for it.
_ = get_resolver().url_patterns
