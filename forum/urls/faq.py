from django.urls import URLPattern, path

from forum.urls import converters  # noqa: F401  (registers <id:…>)
from forum.views import faq, faq_desk, faq_gather, faq_helpful, faq_objection

urlpatterns: list[URLPattern] = [
    path("faq/", faq.faq_list, name="faq_list"),
    path("faq/<slug:slug>/", faq.faq_detail, name="faq_detail"),
    path("faq/helpful/<int:pk>/", faq_helpful.faq_helpful, name="faq_helpful"),
    path("faq-objection/<str:token>/", faq_objection.faq_objection, name="faq_objection"),
    path("a/<id:public_id>/faq/", faq_gather.answer_into_faq, name="answer_into_faq"),
    path("a/<id:public_id>/promote/", faq_desk.answer_promote, name="answer_promote"),
]
