"""Paths."""

from django.urls import path

from escalations import views

app_name = "escalations"

urlpatterns = [
    path("escalations/", views.escalation_list, name="escalation_list"),
    path("clusters/<slug:slug>/escalations/new/", views.escalation_raise, name="escalation_raise"),
    path("escalations/<str:reference>/", views.escalation, name="escalation"),
    path("escalations/<str:reference>/readers/", views.escalation_readers, name="escalation_readers"),
    path("escalations/<str:reference>/tag/", views.escalation_tag, name="escalation_tag"),
    path("registry/ladders/", views.ladder_list, name="ladder_list"),
    path("registry/ladders/<slug:code>/", views.ladder, name="ladder"),
    path("registry/ladders/<slug:code>/contacts/", views.safety_contacts, name="safety_contacts"),
]
