"""Paths."""

from django.http import HttpResponse
from django.urls import path

app_name = "escalations"

urlpatterns = [
    path("escalations/", lambda request: HttpResponse("x"), name="escalation_list"),
]
