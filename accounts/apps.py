from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")
    default = True


class SessionsConfig(UserSessionsConfig):
    """allauth.usersessions without its signals, which would store whole addresses; accounts.sessions notes less."""

    def ready(self) -> None:
        pass
