"""Who reads versions of a plan, signs it, sets its day, and takes it away as a file."""

from tests.house.matrix import Row
from tests.qiplans.conftest import a_plan
from tests.qiplans.test_versions import agreed

WRITERS = "callum morag"
MEMBERS = "asha pam tom"
INSIDE = f"{WRITERS} {MEMBERS}"
ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"


def version(w):
    return [agreed(w, a_plan(w)).plan_id]


def a_file(w):
    a_plan(w)
    return ["rowan", "docx"]


ROWS = [
    Row("qiplans:plan_version", lambda w: [*version(w), 1], get={200: f"{INSIDE} {ABOVE}"}),
    Row("qiplans:plan_sign", version, post={302: "callum asha tom", 403: "morag pam"}, data=lambda w: {"version": 1}),
    Row(
        "qiplans:plan_review",
        version,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"review_on": str(w.today)},
    ),
    Row("qiplans:plan_file", a_file, get={200: f"{INSIDE} {ABOVE}", 403: REGISTRY}),
]
