"""Everything between installed packages and a site that can be served, in one Django process.

Run by the Python of `.venv`; each step does nothing when there is nothing to do.
"""

import io
import os
import sys

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection

from launch.catalogues import compile_catalogues
from launch.prepared import write_record


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    say("Translations")
    compile_catalogues()
    django.setup()
    say("Database")
    try:
        connection.ensure_connection()
    except OperationalError as error:
        sys.exit(f"The database of DATABASE_URL can not be reached: {error}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("reindex", if_due=True)
    call_command("createcachetable")
    say("Static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    write_record(os.environ, static_root=str(settings.STATIC_ROOT), sign_ins=demo())


def demo() -> str:
    """Fill an empty database with the demonstration company; who may sign in there."""
    if not settings.DEMO:
        return ""
    if not get_user_model().objects.exists():
        say("Demonstration company")
        call_command("demo", verbosity=0)
    sign_ins = io.StringIO()
    call_command("demo", sign_ins=True, stdout=sign_ins)
    return sign_ins.getvalue()


def say(step: str) -> None:
    print(f"  {step} …", flush=True)


if __name__ == "__main__":
    try:
        main()
    except ImproperlyConfigured as error:
        sys.exit(str(error))
