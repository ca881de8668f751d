"""The forum's addresses, a file for each part of the house."""

from forum.urls import conversations, desk, doors, drafts, faq, people, questions, site, team

app_name = "forum"

urlpatterns = [
    *site.urlpatterns,
    *questions.urlpatterns,
    *faq.urlpatterns,
    *people.urlpatterns,
    *conversations.urlpatterns,
    *doors.urlpatterns,
    *drafts.urlpatterns,
    *desk.urlpatterns,
    *team.urlpatterns,
]
