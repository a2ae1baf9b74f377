"""Paths, as a reader walks them: home, a cluster, a practice, all clusters, the audit trail, my account."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.home, name="home"),
    path("clusters/<slug:slug>/", views.cluster, name="cluster"),
    path("clusters/<slug:slug>/who-sees-what/", views.who_sees_what, name="who_sees_what"),
    path("practices/<str:code>/", views.practice, name="practice"),
    path("tracker/", views.tracker, name="tracker"),
    path("tracker/export.csv", views.tracker_csv, name="tracker_csv"),
    path("tracker/export.xlsx", views.tracker_excel, name="tracker_excel"),
    path("audit/", views.audit, name="audit"),
    path("account/", views.account, name="account"),
]
