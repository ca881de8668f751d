"""What is not sent yet; with the account, since nobody else has anything to look for there."""

from django.urls import URLPattern, path

from forum.views import drafts

urlpatterns: list[URLPattern] = [
    path("account/drafts/", drafts.draft_list, name="draft_list"),
    path("account/drafts/save/", drafts.draft_save, name="draft_save"),
    path("account/drafts/discard/", drafts.draft_discard, name="draft_discard"),
]
