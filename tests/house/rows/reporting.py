"""Who may open what in reporting."""

from tests.house.matrix import Row
from tests.meetings.minutes import an_action

ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"
INSIDE_ROWAN = "asha callum morag pam tom"


def _left_by_fergus(w):
    an_action(w, owner=w.fergus)
    return [w.rowan.forum.slug]


ROWS: list[Row] = [
    Row("reporting:home", get={200: "everyone"}),
    Row("reporting:cluster", lambda w: [w.rowan.forum.slug], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:who_sees_what", lambda w: [w.rowan.forum.slug], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row(
        "reporting:ownerless",
        _left_by_fergus,
        get={200: "callum heather priya isla", 403: "asha morag pam tom lewis rhona bruce duncan olive"},
    ),
    Row("reporting:practice", lambda w: [w.alder.code], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:tracker", get={200: ABOVE}),
    Row("reporting:tracker_csv", get={200: ABOVE}),
    Row("reporting:tracker_excel", get={200: ABOVE}),
    Row("reporting:audit", get={200: "olive priya"}),
    Row("reporting:account", get={200: "everyone"}),
]
