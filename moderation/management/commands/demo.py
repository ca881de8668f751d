"""`manage.py demo`: fills an empty site with the demonstration company, or says who may sign in there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from forum.models import Company
from moderation.demo.loader import load
from moderation.demo.people import who_may_sign_in


class Command(BaseCommand):
    help = "Fills an empty site with a company that does not exist, for trying everything out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="Only print who may sign in to the demonstration.")

    def handle(self, *, sign_ins: bool, verbosity: int, **options: Any) -> None:
        # The passwords are in the source code: they must never open a real site.
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: set DEMO=true to fill it with one.")
        if not sign_ins:
            self._fill(verbosity)
        if sign_ins or verbosity:
            self._print_sign_ins()

    def _fill(self, verbosity: int) -> None:
        if Company.objects.exists() or User.objects.exists():
            self.stdout.write("Nothing was changed: this site has content already.")
            return
        load(timezone.now())
        if verbosity:
            self.stdout.write("The demonstration company is in.")

    def _print_sign_ins(self) -> None:
        for person in who_may_sign_in():
            self.stdout.write(f"  {person.role:<10} {person.nickname:<12} {person.password}")
