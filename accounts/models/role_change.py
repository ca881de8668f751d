"""The log of the team: who gave which role to whom, or took it. Added to and never changed; owners read it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models.user import Role


class RoleChange(models.Model):
    """Names are nicknames: they stay when a person takes the name on the card back."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person_name = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=60)
    before = models.CharField(max_length=10, choices=Role.choices, blank=True)
    after = models.CharField(max_length=10, choices=Role.choices, blank=True)
    locked_out = models.BooleanField(default=False)
    # Said and not read from the names: after two erasures both are the same.
    by_themselves = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.person_name}: {self.before or '-'} > {self.after or '-'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError on a second save: the log is only added to."""
        if not self._state.adding:
            raise TypeError("The log is only added to.")
        super().save(*args, **kwargs)

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language."""
        said = {
            "person": self.person_name, "by": self.by_name,
            "before": self.get_before_display(), "after": self.get_after_display(),
        }  # fmt: skip
        return self._words() % said

    def _words(self) -> str:
        if self.before and self.after:
            return _("%(by)s changed the role of %(person)s from %(before)s to %(after)s.")
        if self.after:
            return _("%(person)s joined the team as %(after)s, invited by %(by)s.")
        if self.by_themselves:
            return _("%(person)s left the team (before: %(before)s).")
        if self.locked_out:
            return _("%(by)s took %(person)s out of the team (before: %(before)s) and locked the account.")
        return _("%(by)s took %(person)s out of the team (before: %(before)s).")
