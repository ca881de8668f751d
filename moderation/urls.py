"""Report; decide; and let everybody see what was decided."""

from django.urls import URLPattern, path

from moderation.views import messages, notices, posts, redactions, reports, transparency
from moderation.views.versions import version_hide, version_restore

app_name = "moderation"

urlpatterns: list[URLPattern] = [
    path("private/<uuid:uuid>/report/<uuid:message>/", messages.message_report, name="message_report"),
    path("report/<str:kind>/<str:target_id>/", reports.report, name="report"),
    path("moderation/", notices.notice_list, name="notice_list"),
    path("moderation/held/", posts.held_list, name="held_list"),
    path("moderation/held/<str:kind>/<str:target_id>/", posts.held_detail, name="held_detail"),
    path("moderation/hide/<str:kind>/<str:target_id>/", posts.post_hide, name="post_hide"),
    path("moderation/restore/<str:kind>/<str:target_id>/", posts.post_restore, name="post_restore"),
    path("moderation/redact/<str:kind>/<str:target_id>/", redactions.post_redact, name="post_redact"),
    path("moderation/hide/<str:kind>/<str:target_id>/<int:number>/", version_hide, name="version_hide"),
    path("moderation/restore/<str:kind>/<str:target_id>/<int:number>/", version_restore, name="version_restore"),
    path("moderation/<str:public_id>/", notices.notice_detail, name="notice_detail"),
    path("moderation/<str:public_id>/restore/", notices.notice_restore, name="notice_restore"),
    path("transparency/", transparency.transparency, name="transparency"),
]
