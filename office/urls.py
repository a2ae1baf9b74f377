"""Paths."""

from django.urls import path

from office import views

app_name = "office"

urlpatterns = [
    path("account/reminders/", views.reminders, name="reminders"),
    path("drafts/", views.draft_keep, name="draft_keep"),
    path("drafts/drop/", views.draft_drop, name="draft_drop"),
    path("drafts/earlier/", views.drafts_earlier, name="drafts_earlier"),
    path("letters/", views.letter_list, name="letter_list"),
    path("letters/<int:pk>/again/", views.letter_again, name="letter_again"),
    path("redact/", views.redact, name="redact"),
    path("redact/log/", views.redact_log, name="redact_log"),
]
