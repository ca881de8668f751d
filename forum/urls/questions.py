"""Questions, and what is said and done under them. Verbs stand behind "-", which no slug can be."""

from django.urls import URLPattern, path

from forum.urls import converters  # noqa: F401  (registers <id:…>)
from forum.views import (
    answers,
    asking,
    comments,
    completion,
    duplicates,
    marks,
    notes,
    preview,
    questions,
    steering,
    suggestions,
    versions,
)

urlpatterns: list[URLPattern] = [
    path("ask/", asking.question_ask, name="question_ask"),
    path("ask/similar/", asking.question_similar, name="question_similar"),
    path("ask/solved/", suggestions.question_solved, name="question_solved"),
    path("preview/", preview.preview, name="preview"),
    path("complete/", completion.complete, name="complete"),
    path("q/", questions.question_list, name="question_list"),
    path("q/<id:public_id>/", questions.question_detail, name="question_detail"),
    path("q/<id:public_id>/<str:slug>/", questions.question_detail, name="question_detail"),
    path("q/<id:public_id>/-/edit/", asking.question_edit, name="question_edit"),
    path("q/<id:public_id>/-/history/", versions.question_history, name="question_history"),
    path("q/<id:public_id>/-/answer/", answers.question_answer, name="question_answer"),
    path("q/<id:public_id>/-/comment/", comments.question_comment, name="question_comment"),
    path("q/<id:public_id>/-/note/", notes.question_note, name="question_note"),
    path("q/<id:public_id>/-/metoo/", marks.question_metoo, name="question_metoo"),
    path("q/<id:public_id>/-/subscribe/", marks.question_subscribe, name="question_subscribe"),
    path("q/<id:public_id>/-/wait/", steering.question_wait, name="question_wait"),
    path("q/<id:public_id>/-/close/", steering.question_close, name="question_close"),
    path("q/<id:public_id>/-/reopen/", steering.question_reopen, name="question_reopen"),
    path("q/<id:public_id>/-/duplicate/", duplicates.question_duplicate, name="question_duplicate"),
    path("q/<id:public_id>/-/separate/", duplicates.question_separate, name="question_separate"),
    path("a/<id:public_id>/", answers.answer_detail, name="answer_detail"),
    path("a/<id:public_id>/edit/", answers.answer_edit, name="answer_edit"),
    path("a/<id:public_id>/history/", versions.answer_history, name="answer_history"),
    path("a/<id:public_id>/accept/", answers.answer_accept, name="answer_accept"),
    path("a/<id:public_id>/unaccept/", answers.answer_unaccept, name="answer_unaccept"),
    path("a/<id:public_id>/helpful/", marks.answer_helpful, name="answer_helpful"),
    path("a/<id:public_id>/comment/", comments.answer_comment, name="answer_comment"),
    path("c/<id:public_id>/edit/", comments.comment_edit, name="comment_edit"),
    path("c/<id:public_id>/history/", versions.comment_history, name="comment_history"),
    path("c/<id:public_id>/delete/", comments.comment_delete, name="comment_delete"),
]
