"""What protects an account besides a password: passkeys, an app's codes and recovery codes (allauth.mfa)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils.module_loading import import_string
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.crypto import seal, unseal
from accounts.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

_PLACE = "second factor"


def second_factors() -> QuerySet[Authenticator]:
    """Those of an outer query's person. Recovery codes are none: they stand in for one that was lost."""
    return Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)


def has_second_factor(user: User) -> bool:
    """As it was when the session was opened for this request; asked for anew when it was not."""
    found = getattr(user, "second_factor_found", None)
    return bool(User.objects.filter(Exists(second_factors()), pk=user.pk).exists() if found is None else found)


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether what this person's role opens stays shut until a second factor is set up."""
    if not settings.STAFF_SECOND_FACTOR_REQUIRED or not (user.is_authenticated and user.is_staff):
        return False
    return not has_second_factor(user)


@contextmanager
def one_at_a_time(user: User) -> Iterator[None]:
    """Two removals at once would each take the other for the one that stays."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        yield


def company_name() -> str:
    """As an app or a browser shows it beside a code or a passkey."""
    return str(import_string(settings.MAIL_LETTERHEAD)()["company"])


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("You work here, so this one has to stay. Set up another one first."),
        "cannot_generate_recovery_codes": _("Recovery codes come with a passkey or an app. Set up one of them first."),
        "incorrect_code": _("This is not the right code. Codes of an app change every half minute."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def get_totp_label(self, user: Any) -> str:
        """The nickname: whoever looks over a shoulder at an app's list need not learn the e-mail address."""
        return str(user.nickname)

    def get_totp_issuer(self) -> str:
        return company_name()

    def encrypt(self, text: str) -> str:
        return seal(text, bound_to=_PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises accounts.crypto.CannotDecrypt when the key is missing; nothing is written then."""
        return unseal(encrypted_text, bound_to=_PLACE)

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """allauth asks for each kind by itself, and more than once for a page: a person's are read once."""
        if user.is_anonymous:
            return False
        prefetch_related_objects([user], "authenticator_set")
        return any(types is None or row.type in types for row in user.authenticator_set.all())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or not authenticator.user.is_staff:
            return True
        rest = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(rest.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": company_name()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": user.nickname,
            "name": user.nickname,
        }


def codes_left(authenticator: Authenticator) -> int:
    """How many recovery codes were not used yet, told without opening them."""
    return int(settings.MFA_RECOVERY_CODE_COUNT - int(authenticator.data["used_mask"]).bit_count())


def codes_left_words(count: int) -> str:
    return ngettext("%(count)d of them is left.", "%(count)d of them are left.", count) % {"count": count}
