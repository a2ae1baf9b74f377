"""Paths."""

from django.http import HttpResponse
from django.urls import path

app_name = "reporting"

urlpatterns = [
    path("", lambda request: HttpResponse("x"), name="home"),
    path("tracker/", lambda request: HttpResponse("x"), name="tracker"),
    path("account/", lambda request: HttpResponse("x"), name="account"),
    path("audit/", lambda request: HttpResponse("x"), name="audit"),
]
