"""The map of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from accounts.views.mailbox import mailbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("moderation.urls")),
    path("", include("forum.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("dev/mail/", mailbox, name="mailbox"))
