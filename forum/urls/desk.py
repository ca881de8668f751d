from django.urls import URLPattern, path

from forum.urls import converters  # noqa: F401  (registers <code:…>)
from forum.views import conversations, desk, faq_desk, holds, notes, packaging, replies, versions

urlpatterns: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/private/", conversations.desk_conversations, name="desk_conversations"),
    path("desk/holds/", holds.desk_holds, name="desk_holds"),
    path("desk/holds/<int:hold>/end/", holds.desk_hold_end, name="desk_hold_end"),
    path("desk/faq/", faq_desk.desk_faq, name="desk_faq"),
    path("desk/faq/new/", faq_desk.faq_new, name="faq_new"),
    path("desk/faq/<int:pk>/", faq_desk.faq_edit, name="faq_edit"),
    path("desk/faq/<int:pk>/history/", versions.faq_history, name="faq_history"),
    path("desk/faq/<int:pk>/publish/", faq_desk.faq_publish, name="faq_publish"),
    path("desk/faq/<int:pk>/retire/", faq_desk.faq_retire, name="faq_retire"),
    path("desk/faq/<int:pk>/restore/", faq_desk.faq_restore, name="faq_restore"),
    path("desk/packaging/", packaging.desk_packaging, name="desk_packaging"),
    path("desk/packaging/qr-<code:code>.<slug:form>", packaging.topic_qr, name="topic_qr"),
    path("desk/replies/", replies.desk_replies, name="desk_replies"),
    path("desk/replies/new/", replies.reply_new, name="reply_new"),
    path("desk/replies/text/", replies.reply_text, name="reply_text"),
    path("desk/replies/<int:pk>/", replies.reply_edit, name="reply_edit"),
    path("desk/replies/<int:pk>/delete/", replies.reply_delete, name="reply_delete"),
    path("desk/notes/<int:pk>/delete/", notes.note_delete, name="note_delete"),
]
