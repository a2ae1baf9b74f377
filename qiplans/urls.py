"""Paths: a cluster's plan, its priorities, their projects, and a project's measure."""

from django.urls import path

from qiplans import views

app_name = "qiplans"

urlpatterns = [
    path("clusters/<slug:slug>/plan/", views.plan, name="plan"),
    path("clusters/<slug:slug>/plan/start/", views.plan_start, name="plan_start"),
    path("plans/<int:pk>/agree/", views.plan_agree, name="plan_agree"),
    path("plans/<int:pk>/priorities/new/", views.priority_add, name="priority_add"),
    path("priorities/<int:pk>/", views.priority_change, name="priority_change"),
    path("priorities/<int:pk>/projects/new/", views.project_add, name="project_add"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:pk>/change/", views.project_change, name="project_change"),
    path("projects/<int:pk>/update/", views.update_write, name="update_write"),
    path("projects/<int:pk>/move/", views.project_move, name="project_move"),
    path("projects/<int:pk>/share/", views.project_share, name="project_share"),
    path("projects/<int:pk>/actions/new/", views.action_add, name="action_add"),
    path("projects/<int:pk>/measure/", views.measure, name="measure"),
    path("projects/<int:pk>/figures/new/", views.point_add, name="point_add"),
    path("projects/<int:pk>/figures/<int:point>/", views.point_change, name="point_change"),
]
