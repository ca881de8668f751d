"""Who signs in: by nickname or e-mail address, with the same work whether the account exists or not."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists
from django.http import HttpRequest

from accounts.factors import second_factors
from accounts.models import User
from accounts.one_row import OneRow

_USER = OneRow(lambda: User.objects.annotate(second_factor_found=Exists(second_factors())))


class SignInBackend(AuthenticationBackend):
    """One look and one password check: neither text nor time tells who has an account.

    allauth's own backend looks by nickname and by address one after the other, and checks a password once for each.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        name = credentials.get("username") or credentials.get("email") or credentials.get("nickname") or ""
        return self._check_password(User.objects.called(name), credentials["password"])

    def get_user(self, user_id: int) -> User | None:
        """Who a session belongs to; whether there is a second factor comes along, since each page of staff asks."""
        user = _USER.get(user_id)
        return user if user and self.user_can_authenticate(user) else None
