"""`manage.py reset_second_factor NICKNAME`: for who has lost passkey, app and recovery codes alike."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.letters import queue_account_letter
from accounts.models import User


class Command(BaseCommand):
    help = "Removes a person's passkeys, app and recovery codes, ends their sessions and tells them by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "name", help="Nickname or e-mail address. Make sure that it is really this person who asks."
        )

    @transaction.atomic
    def handle(self, *, name: str, **options: Any) -> None:
        user = User.objects.called(name)
        if user is None:
            raise CommandError("Nobody is called so.")
        Authenticator.objects.filter(user=user).delete()
        for session in UserSession.objects.filter(user=user):
            session.end()
        queue_account_letter(name="second_factor_reset", address=user.email, context={})
        self.stdout.write(f"{user.nickname} signs in without a second factor now, and was told so.")
