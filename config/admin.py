"""The admin site is the owner's: staff and moderators have the Desk."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

OWN = ("accounts", "forum", "moderation")


class OwnerAdminSite(AdminSite):
    site_header = _("Settings")
    site_title = _("Settings")
    index_title = _("Company, topics and people")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what we register ourselves: libraries bring models along that an owner can but break."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label in OWN]
        super().register(own, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.may_manage_people)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One way in for everybody: the site's own sign-in with its limits and checks."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        back = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: back})}")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """As above: one place for passwords, which asks for the old one and tells by mail."""
        return redirect("account_change_password")


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.OwnerAdminSite"

    def ready(self) -> None:
        super().ready()
        from config import checks  # noqa: F401  (registers itself, as Django's own checks do)
