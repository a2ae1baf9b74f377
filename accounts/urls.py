"""Paths: how somebody who was invited comes in. Signing in itself belongs to django-allauth."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("invitation/", views.invitation, name="invitation"),
    path("invitation/<str:token>/", views.invitation_open, name="invitation_open"),
]
