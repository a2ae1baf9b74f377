"""Who keeps and reads the lines of a strategic plan, and who declares an emergency."""

from uuid import uuid4

from qiplans.services import write_update
from tests.house.matrix import Row
from tests.qiplans.conftest import a_plan
from tests.qiplans.test_strategy import a_line, an_emergency

WRITERS = "callum morag"
MEMBERS = "asha pam tom"
ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"
READERS = f"{WRITERS} {MEMBERS} {ABOVE}"
NOT_HEATHER = f"{WRITERS} {MEMBERS} lewis rhona bruce duncan {REGISTRY}"
NOT_CALLUM = f"morag {MEMBERS} {ABOVE} {REGISTRY}"


def strath(w):
    return [w.strath.code]


def line(w):
    return [a_line(w).pk]


def told(w):
    project = a_plan(w).project
    write_update(by=w.tom, project=project, text="Texts go out.")
    return project


def declared(w):
    return {"kind": "WINTER", "reason": "Beds are full", "starts_on": str(w.today), "nonce": str(uuid4())}


ROWS = [
    Row(
        "qiplans:update_carry",
        lambda w: [told(w).pk],
        post={302: "callum morag tom", 403: "asha pam"},
    ),
    Row("qiplans:strategic_plan", strath, get={200: READERS, 403: REGISTRY}),
    Row(
        "qiplans:strategic_line_add",
        strath,
        get={200: "heather", 403: NOT_HEATHER},
        post={302: "heather", 403: NOT_HEATHER},
        data=lambda w: {"title": "Live well at home", "source": "", "nonce": str(uuid4())},
    ),
    Row(
        "qiplans:strategic_line",
        line,
        get={200: "heather"},
        post={302: "heather"},
        data=lambda w: {"title": "At home", "source": "", "version": 1},
    ),
    Row("qiplans:strategic_line_retire", line, get={200: "heather"}, post={302: "heather"}),
    Row(
        "qiplans:priority_serves",
        lambda w: [a_plan(w).priority.pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"lines": [a_line(w).pk]},
    ),
    Row(
        "qiplans:priority_lens",
        lambda w: [a_plan(w).priority.pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {
            "work": "IMPROVE",
            "inequalities": "People without a phone",
            "wellbeing": "Less work",
            "version": 1,
        },
    ),
    Row(
        "qiplans:priority_quality",
        lambda w: [a_plan(w).priority.pk],
        get={200: f"{WRITERS} {MEMBERS}"},
        post={302: f"{WRITERS} {MEMBERS}"},
        data=lambda w: {"meaning": "SAFETY"},
    ),
    Row(
        "qiplans:emergency_declare",
        lambda w: ["rowan"],
        get={200: "callum", 403: NOT_CALLUM},
        post={302: "callum", 403: NOT_CALLUM},
        data=declared,
    ),
    Row(
        "qiplans:emergency_declare_hscp",
        strath,
        get={200: "heather", 403: NOT_HEATHER},
        post={302: "heather", 403: NOT_HEATHER},
        data=declared,
    ),
    Row("qiplans:emergency_end", lambda w: [an_emergency(w).pk], post={302: "callum", 403: f"morag {MEMBERS} {ABOVE}"}),
]
