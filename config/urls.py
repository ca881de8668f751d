"""The map of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("moderation.urls")),
    path("", include("forum.urls")),
]
# Both hand back what was typed.
handler400 = "forum.views.rescue.bad_request"
handler404 = "forum.views.rescue.not_found"
handler500 = "forum.views.rescue.server_error"
