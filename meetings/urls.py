"""Paths: a cluster's meetings, one meeting, actions, questions to the HSCP."""

from django.urls import path

from meetings import views

app_name = "meetings"

urlpatterns = [
    path("clusters/<slug:slug>/meetings/", views.meeting_list, name="meeting_list"),
    path("clusters/<slug:slug>/meetings/log/", views.meeting_log, name="meeting_log"),
    path("clusters/<slug:slug>/meetings/proposal/", views.action_proposal, name="action_proposal"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/log/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/share/", views.meeting_share, name="meeting_share"),
    path("actions/", views.action_list, name="action_list"),
    path("actions/<int:pk>/close/", views.action_close, name="action_close"),
    path("clusters/<slug:slug>/actions/", views.cluster_actions, name="cluster_actions"),
    path("clusters/<slug:slug>/actions/new/", views.action_new, name="action_new"),
    path("asks/<int:pk>/", views.ask, name="ask"),
    path("asks/<int:pk>/withdraw/", views.ask_withdraw, name="ask_withdraw"),
    path("clusters/<slug:slug>/asks/new/", views.ask_new, name="ask_new"),
]
