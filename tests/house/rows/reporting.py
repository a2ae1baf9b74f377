"""Who may open what in reporting."""

from tests.house.matrix import Row

ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya"
INSIDE_ROWAN = "asha callum morag pam tom"

ROWS: list[Row] = [
    Row("reporting:home", get={200: "everyone"}),
    Row("reporting:cluster", lambda w: [w.rowan.forum.slug], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:who_sees_what", lambda w: [w.rowan.forum.slug], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:practice", lambda w: [w.alder.code], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:tracker", get={200: ABOVE}),
    Row("reporting:tracker_csv", get={200: ABOVE}),
    Row("reporting:tracker_excel", get={200: ABOVE}),
    Row("reporting:audit", get={200: REGISTRY}),
    Row("reporting:account", get={200: "everyone"}),
]
