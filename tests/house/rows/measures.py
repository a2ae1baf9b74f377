"""Who may open what in measures. Tom leads the project that they are of, so he keeps them though he is no writer."""

from measures.models import Measure
from measures.services import end_measure
from tests.house.matrix import Row
from tests.qiplans.conftest import a_measure, a_plan

KEEPERS = "callum morag tom"
READERS = "asha pam"


def measured(w):
    return [a_measure(w, a_plan(w).project, [60]).pk]


def figure(w):
    measure = a_measure(w, a_plan(w).project, [60])
    return [measure.pk, measure.points.get().pk]


def ended(w):
    (pk,) = measured(w)
    end_measure(by=w.callum, measure=Measure.objects.get(pk=pk), on=w.today)
    return [pk]


ROWS: list[Row] = [
    Row("measures:measure", measured, get={200: f"{KEEPERS} {READERS}"}),
    Row(
        "measures:measure_change",
        measured,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"name": "Recalled", "unit": "PERCENT", "direction": "UP", "version": 1},
    ),
    Row(
        "measures:measure_end",
        measured,
        get={200: "callum", 403: f"morag tom {READERS}"},
        post={302: "callum", 403: f"morag tom {READERS}"},
    ),
    Row(
        "measures:measure_begin_again",
        ended,
        get={200: "callum", 403: f"morag tom {READERS}"},
        post={302: "callum", 403: f"morag tom {READERS}"},
    ),
    Row(
        "measures:point_add",
        measured,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"period_on": w.today, "value": "61"},
    ),
    Row(
        "measures:point_change",
        figure,
        get={200: KEEPERS, 403: READERS},
        post={302: KEEPERS, 403: READERS},
        data=lambda w: {"value": "61", "version": 1},
    ),
]
