"""Who may open what in the data of a cluster and in the figures of practices. Pam and Asha speak for Alder."""

from tests.house.matrix import Row
from tests.measures.practices import a_measure_by_practice

WRITERS = "callum morag"
SPEAKERS = "asha pam"
ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"


def entry(w):
    return [a_measure_by_practice(w).pk, w.alder.code, "2026-09-01"]


def by_practice(w):
    return [a_measure_by_practice(w).pk]


ROWS = [
    Row("measures:data", lambda w: ["rowan"], get={200: f"{WRITERS} {SPEAKERS} tom {ABOVE}", 403: REGISTRY}),
    Row(
        "measures:measure_define",
        lambda w: ["rowan"],
        get={200: WRITERS, 403: f"{SPEAKERS} tom {ABOVE} {REGISTRY}"},
        post={302: WRITERS, 403: f"{SPEAKERS} tom {ABOVE} {REGISTRY}"},
        data=lambda w: {"name": "Recalled", "unit": "PERCENT", "direction": "UP"},
    ),
    Row(
        "measures:entry",
        entry,
        get={200: f"{WRITERS} {SPEAKERS}", 403: f"tom {ABOVE}"},
        post={302: f"{WRITERS} {SPEAKERS}", 403: f"tom {ABOVE}"},
        data=lambda w: {"numerator": "31", "denominator": "50"},
    ),
    Row(
        "measures:practice_figures",
        lambda w: [w.alder.code],
        get={200: f"{WRITERS} {SPEAKERS}", 403: f"tom {ABOVE} {REGISTRY}"},
    ),
    Row(
        "measures:consent",
        lambda w: [w.alder.code, "rowan"],
        get={200: SPEAKERS, 403: f"{WRITERS} tom {ABOVE} {REGISTRY}"},
        post={302: SPEAKERS, 403: f"{WRITERS} tom {ABOVE} {REGISTRY}"},
        data=lambda w: {"inside": "NAMED", "above": "AGGR"},
    ),
    Row(
        "measures:upload",
        by_practice,
        get={200: f"{WRITERS} {SPEAKERS} tom", 403: ABOVE},
        post={200: f"{WRITERS} {SPEAKERS} tom", 403: ABOVE},
        data=lambda w: {"table": f"Practice,Jan 2026\n{w.alder.code},many\n"},
    ),
    Row(
        "measures:upload_load",
        by_practice,
        get={302: f"{WRITERS} {SPEAKERS} tom", 403: ABOVE},
        post={302: f"{WRITERS} {SPEAKERS} tom", 403: ABOVE},
        data=lambda w: {"figures": "old", "fingerprint": "old"},
    ),
    Row("measures:upload_template", by_practice, get={200: f"{WRITERS} {SPEAKERS} tom", 403: ABOVE}),
    Row("measures:library", get={200: "everyone"}),
    Row(
        "measures:measure_use",
        by_practice,
        get={200: f"{WRITERS} duncan", 403: f"{SPEAKERS} tom heather lewis rhona bruce"},
        post={302: WRITERS, 200: "duncan", 403: f"{SPEAKERS} tom heather lewis rhona bruce"},
        data=lambda w: {
            "name": "Feet checked",
            "cluster": w.rowan.pk,
            "unit": "COUNT",
            "direction": "UP",
            "numerator": "Feet",
        },
    ),
]
