"""Paths, as a reader walks them: home, a cluster, a practice, all clusters, the audit trail, my account."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.home, name="home"),
    path("clusters/<slug:slug>/", views.cluster, name="cluster"),
    path("clusters/<slug:slug>/history/", views.cluster_history, name="cluster_history"),
    path("clusters/<slug:slug>/who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("clusters/<slug:slug>/map/", views.cluster_map, name="cluster_map"),
    path("hscps/<slug:code>/map/", views.hscp_map, name="hscp_map"),
    path("places/", views.places, name="places"),
    path("places/<slug:code>/", views.hscp, name="hscp"),
    path("clusters/<slug:slug>/without-owner/", views.ownerless, name="ownerless"),
    path("clusters/<slug:slug>/waiting/", views.cluster_waiting, name="cluster_waiting"),
    path("hscps/<slug:code>/actions/", views.hscp_actions, name="hscp_actions"),
    path("practices/<str:code>/", views.practice, name="practice"),
    path("forums/<slug:slug>/", views.forum, name="forum"),
    path("registry/changes/<slug:kind>/<int:pk>/", views.record_changes, name="record_changes"),
    path("tracker/", views.tracker, name="tracker"),
    path("tracker/export.csv", views.tracker_csv, name="tracker_csv"),
    path("tracker/export.xlsx", views.tracker_excel, name="tracker_excel"),
    path("audit/", views.audit, name="audit"),
    path("account/", views.account, name="account"),
]
