from django.urls import URLPattern, path

from forum.views import (
    consents,
    conversation_room,
    conversations,
    faq,
    receipts,
    room_end,
    room_files,
    room_team,
    topics,
)

urlpatterns: list[URLPattern] = [
    path("private/", conversations.conversation_list, name="conversation_list"),
    path("private/new/", conversations.conversation_new, name="conversation_new"),
    path("private/receipt/", receipts.receipt, name="receipt"),
    path("private/receipt/attach/", receipts.receipt_attach, name="receipt_attach"),
    path("private/receipt/leave/", receipts.receipt_leave, name="receipt_leave"),
    path("private/topic/<int:pk>/", topics.private_topic, name="private_topic"),
    path("private/faq/<int:pk>/", faq.private_entry, name="private_entry"),
    path("private/<uuid:uuid>/consent/", consents.conversation_consent, name="conversation_consent"),
    path("private/<uuid:uuid>/consent/withdraw/", consents.conversation_withdraw, name="conversation_withdraw"),
    path("private/<uuid:uuid>/ping/", receipts.conversation_ping, name="conversation_ping"),
    path("private/<uuid:uuid>/", conversation_room.conversation_detail, name="conversation_detail"),
    path("private/<uuid:uuid>/close/", conversation_room.conversation_close, name="conversation_close"),
    path("private/<uuid:uuid>/reopen/", conversation_room.conversation_reopen, name="conversation_reopen"),
    path("private/<uuid:uuid>/extend/", room_end.conversation_extend, name="conversation_extend"),
    path("private/<uuid:uuid>/delete/", room_end.conversation_delete, name="conversation_delete"),
    path("private/<uuid:uuid>/team/", room_team.conversation_team, name="conversation_team"),
    path("private/<uuid:uuid>/take/", room_team.conversation_take, name="conversation_take"),
    path("private/<uuid:uuid>/file/<uuid:file>/", room_files.conversation_file, name="conversation_file"),
    path("private/helped/<str:token>/", room_end.conversation_rate, name="conversation_rate"),
]
