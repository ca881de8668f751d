"""Erases again who had erased their account before a backup was restored that still has it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.digests import account_digest
from accounts.erasure import begin_erasure, go_on
from accounts.models import Erasure, User
from accounts.owners import LastOwner
from accounts.tombstones import tombstones


class Command(BaseCommand):
    help = (
        "Run this after restoring a backup, before the site opens: erases again every account of the list "
        "in DATA_DIR (erased-accounts) that the backup brought back. Sends no letters about it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stones, count = tombstones(), 0
        for user in User.objects.order_by("pk").iterator():
            stone = stones.get(account_digest(user))
            if stone is None or user.erased_at:
                continue
            try:
                begin_erasure(user=user, keep_posts=stone.keep_posts, keep_name=stone.keep_name, farewell=False)
            except LastOwner:
                self.stderr.write("The only owner of the backup had left: name another one, then run this again.")
                continue
            count += 1
        for erasure in Erasure.objects.filter(finished_at=None):
            go_on(erasure)
        self.stdout.write(f"{count} accounts erased again.")
