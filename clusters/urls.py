"""Paths."""

from django.http import HttpResponse
from django.urls import path

app_name = "clusters"

urlpatterns = [
    path("clusters/", lambda request: HttpResponse("x"), name="cluster_list"),
    path("registry/", lambda request: HttpResponse("x"), name="registry"),
    path("people/", lambda request: HttpResponse("x"), name="people"),
]
