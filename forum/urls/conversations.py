from django.urls import URLPattern, path

from forum.views import conversation_room, conversations

urlpatterns: list[URLPattern] = [
    path("private/", conversations.conversation_list, name="conversation_list"),
    path("private/new/", conversations.conversation_new, name="conversation_new"),
    path("private/<uuid:uuid>/", conversation_room.conversation_detail, name="conversation_detail"),
    path("private/<uuid:uuid>/close/", conversation_room.conversation_close, name="conversation_close"),
    path("private/<uuid:uuid>/reopen/", conversation_room.conversation_reopen, name="conversation_reopen"),
]
