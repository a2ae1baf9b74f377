"""Paths."""

app_name = "measures"

urlpatterns = []
