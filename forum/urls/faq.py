from django.urls import URLPattern, path

from forum.urls import converters  # noqa: F401  (registers <id:…>)
from forum.views import faq, faq_desk

urlpatterns: list[URLPattern] = [
    path("faq/", faq.faq_list, name="faq_list"),
    path("faq/<slug:slug>/", faq.faq_detail, name="faq_detail"),
    path("a/<id:public_id>/promote/", faq_desk.answer_promote, name="answer_promote"),
]
