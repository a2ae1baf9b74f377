"""Who may read, note and decide what lies across the boundaries of an HSCP."""

from clusters.services.boundaries import note_boundary_issue
from tests.house.matrix import Row

LOOK = {200: "priya olive isla heather"}
KEEP = {200: "priya isla heather", 403: "olive"}
KEPT = {302: "priya isla heather", 403: "olive"}


def _issue(w):
    noted = note_boundary_issue(practice=w.alder, straddles="Patients in West Strath", proposal="Stay", by=w.isla)
    return [w.strath.code, noted.pk]


ROWS: list[Row] = [
    Row("clusters:boundary_list", lambda w: _issue(w)[:1], get=LOOK),
    Row(
        "clusters:boundary_note",
        lambda w: [w.strath.code],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"practice": w.alder.code, "straddles": "Half of its patients live in West Strath"},
    ),
    Row(
        "clusters:boundary_decide",
        _issue,
        get=KEEP,
        post=KEPT,
        data=lambda w: {"decision": "It stays", "decided_on": str(w.today), "deciders": "Programme board"},
    ),
]
