"""Paths: the data of a cluster, a measure with its figures, and the figures of a practice."""

from django.urls import path

from measures import views
from shared import paths as paths

app_name = "measures"

urlpatterns = [
    path("clusters/<slug:slug>/data/", views.data, name="data"),
    path("clusters/<slug:slug>/measures/new/", views.measure_define, name="measure_define"),
    path("measures/", views.library, name="library"),
    path("measures/<int:pk>/use/", views.measure_use, name="measure_use"),
    path("measures/<int:pk>/", views.measure, name="measure"),
    path("measures/<int:pk>/chart.<form:form>", views.measure_file, name="measure_file"),
    path("measures/<int:pk>/change/", views.measure_change, name="measure_change"),
    path("measures/<int:pk>/end/", views.measure_end, name="measure_end"),
    path("measures/<int:pk>/begin-again/", views.measure_begin_again, name="measure_begin_again"),
    path("measures/<int:pk>/rules/", views.ruleset_choose, name="ruleset_choose"),
    path("measures/<int:pk>/phases/new/", views.phase_begin, name="phase_begin"),
    path("measures/<int:pk>/phases/<int:phase>/take-back/", views.phase_take_back, name="phase_take_back"),
    path("measures/<int:pk>/baseline/", views.baseline_freeze, name="baseline_freeze"),
    path("measures/<int:pk>/figures/<int:point>/mark/", views.point_mark, name="point_mark"),
    path("hscps/<slug:code>/chart-rules/", views.house_ruleset, name="house_ruleset"),
    path("measures/<int:pk>/so-what/", views.so_what_say, name="so_what_say"),
    path("measures/<int:pk>/figures/new/", views.point_add, name="point_add"),
    path("measures/<int:pk>/figures/<int:point>/", views.point_change, name="point_change"),
    path("measures/<int:pk>/upload/", views.upload, name="upload"),
    path("measures/<int:pk>/upload/load/", views.upload_load, name="upload_load"),
    path("measures/<int:pk>/upload/template.csv", views.upload_template, name="upload_template"),
    path("measures/<int:pk>/practices/<str:code>/<str:day>/", views.entry, name="entry"),
    path("practices/<str:code>/measures/", views.practice_figures, name="practice_figures"),
    path("practices/<str:code>/sharing/<slug:slug>/", views.consent, name="consent"),
]
