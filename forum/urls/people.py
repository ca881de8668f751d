from django.urls import URLPattern, path

from forum.views import people, verification

urlpatterns: list[URLPattern] = [
    path("team/", people.team_list, name="team_list"),
    path("team/<slug:slug>/", people.team_detail, name="team_detail"),
    path("people/<str:nickname>/", people.person_detail, name="person_detail"),
    path("people/<str:nickname>/verify/", verification.person_verify, name="person_verify"),
    path("people/<str:nickname>/unverify/", verification.person_unverify, name="person_unverify"),
]
