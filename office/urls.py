"""Paths."""

from django.http import HttpResponse
from django.urls import path

app_name = "office"

urlpatterns = [
    path("redact/", lambda request: HttpResponse("x"), name="redact"),
    path("drafts/", lambda request: HttpResponse("x"), name="draft_keep"),
]
