"""Paths."""

app_name = "qiplans"

urlpatterns = []
