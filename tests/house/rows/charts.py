"""Who may say what a chart means and how it is read: its keepers, Tom among them, as he leads the project."""

from datetime import date

from measures.models import Measure
from measures.services import begin_phase
from tests.house.matrix import Row
from tests.qiplans.conftest import a_measure, a_plan

REGISTRY = "olive priya isla"
INSIDE = "callum morag asha pam tom"
AROUND = f"{INSIDE} lewis rhona bruce duncan {REGISTRY}"
KEEPERS = "callum morag tom"
READERS = "asha pam"


def charted(w):
    return [a_measure(w, a_plan(w).project, [60, 61]).pk]


def figure(w):
    (pk,) = charted(w)
    return [pk, Measure.objects.get(pk=pk).points.first().pk]


def phase(w):
    (pk,) = charted(w)
    begun = begin_phase(by=w.callum, measure=Measure.objects.get(pk=pk), starts_on=date(2025, 2, 1), name="Letter")
    return [pk, begun.pk]


ROWS: list[Row] = [
    *[Row("measures:measure_file", lambda w, f=f: [*charted(w), f], get={200: INSIDE}) for f in ("pdf", "docx")],
    Row(
        "measures:phase_begin",
        charted,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"starts_on": "2025-02-01", "name": "Letter"},
    ),
    Row(
        "measures:phase_take_back",
        phase,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
    ),
    Row(
        "measures:baseline_freeze",
        charted,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"baseline": "2", "version": 1},
    ),
    Row(
        "measures:point_mark",
        figure,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"excluded_because": "Counted twice", "version": 1},
    ),
    Row(
        "measures:ruleset_choose",
        lambda w: [a_measure(w, a_plan(w).project).pk],
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"chart": "i", "ruleset": "MDC", "version": 1},
    ),
    Row(
        "measures:house_ruleset",
        lambda w: [w.strath.code],
        get={200: "heather", 403: AROUND},
        post={302: "heather", 403: AROUND},
        data=lambda w: {"ruleset": "ANHOEJ"},
    ),
    Row(
        "measures:so_what_say",
        charted,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"meaning": "It stays.", "reaches_to": "2025-02-01"},
    ),
]
