"""The doors between public and private, in both directions."""

from django.urls import URLPattern, path

from forum.urls import converters  # noqa: F401  (registers <id:…>)
from forum.views import desk_doors, doors, going_public

urlpatterns: list[URLPattern] = [
    path("q/<id:public_id>/-/private/", doors.question_private, name="question_private"),
    path("q/<id:public_id>/-/private/agree/", doors.question_agree, name="question_agree"),
    path("q/<id:public_id>/-/private/outcome/", doors.question_outcome, name="question_outcome"),
    path("private/<uuid:uuid>/outcome/", doors.conversation_outcome, name="conversation_outcome"),
    path("private/<uuid:uuid>/offer/", going_public.conversation_offer, name="conversation_offer"),
    path("private/<uuid:uuid>/public/", going_public.conversation_public, name="conversation_public"),
    path("private/<uuid:uuid>/unpublish/", going_public.conversation_unpublish, name="conversation_unpublish"),
    path("private/published/<int:pk>/withdraw/", going_public.published_withdraw, name="published_withdraw"),
    path("desk/doors/", desk_doors.desk_doors, name="desk_doors"),
]
