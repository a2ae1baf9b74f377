"""No paths of its own yet: a measure is reached through the project that it belongs to."""

from django.urls import URLPattern

app_name = "measures"

urlpatterns: list[URLPattern] = []
