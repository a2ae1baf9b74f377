"""Paths."""

from django.http import HttpResponse
from django.urls import path

app_name = "meetings"

urlpatterns = [
    path("actions/", lambda request: HttpResponse("x"), name="action_list"),
]
