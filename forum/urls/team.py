"""The owners' room for the people of the team, everybody's own card, and the way in by an invitation."""

from django.urls import URLPattern, path

from forum.views import cards, invitation, team_room

urlpatterns: list[URLPattern] = [
    path("desk/card/", cards.desk_card, name="desk_card"),
    path("desk/card/name/", cards.desk_card_name, name="desk_card_name"),
    path("desk/card/portrait/", cards.desk_card_portrait, name="desk_card_portrait"),
    path("desk/leave/", cards.desk_leave, name="desk_leave"),
    path("desk/team/", team_room.desk_team, name="desk_team"),
    path("desk/team/invite/", team_room.desk_team_invite, name="desk_team_invite"),
    path("desk/team/<int:person>/", team_room.desk_team_member, name="desk_team_member"),
    path("desk/team/<int:person>/remove/", team_room.desk_team_remove, name="desk_team_remove"),
    path("desk/team/invite/<int:invitation>/again/", team_room.desk_team_resend, name="desk_team_resend"),
    path("desk/team/invite/<int:invitation>/withdraw/", team_room.desk_team_withdraw, name="desk_team_withdraw"),
    path("account/invitation/<str:token>/", invitation.invitation, name="invitation"),
]
