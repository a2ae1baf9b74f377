"""Who may open what in qiplans. Tom leads the project, so he keeps it though he is no writer of the plan."""

from datetime import timedelta

from tests.house.matrix import Row
from tests.qiplans.conftest import a_meeting, a_plan

WRITERS = "callum morag"
MEMBERS = "asha pam tom"
ABOVE = "heather lewis rhona bruce duncan"
KEEPERS = "callum morag tom"
REGISTRY = "olive priya isla"


def plan_in_rowan(w):
    return [a_plan(w).plan.pk]


def plan_to_agree(w):
    a_meeting(w)
    return plan_in_rowan(w)


def project_kept(w):
    return [a_plan(w).project.pk]


def project_data(w):
    return {"title": "Foot checks", "aim": "All of them by March."}


ROWS = [
    Row("qiplans:plan", lambda w: ["rowan"], get={200: f"{WRITERS} {MEMBERS} {ABOVE}", 403: REGISTRY}),
    Row(
        "qiplans:plan_start",
        lambda w: ["rowan"],
        post={302: WRITERS, 403: f"{MEMBERS} {ABOVE} {REGISTRY}"},
        data=lambda w: {"year": "2026"},
    ),
    Row(
        "qiplans:plan_agree",
        plan_to_agree,
        get={200: "callum", 403: f"morag {MEMBERS}"},
        post={302: "callum", 403: f"morag {MEMBERS}"},
        data=lambda w: {"meeting": w.rowan.forum.meetings.first().pk, "version": 2},
    ),
    Row(
        "qiplans:priority_add",
        plan_in_rowan,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"title": "Frailty", "purpose": "Fewer falls.", "orientation": "INTR"},
    ),
    Row(
        "qiplans:priority_change",
        lambda w: [a_plan(w).priority.pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"title": "Frailty", "purpose": "Fewer falls.", "orientation": "INTR", "version": 1},
    ),
    Row(
        "qiplans:project_add",
        lambda w: [a_plan(w).priority.pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=project_data,
    ),
    Row(
        "qiplans:project_propose",
        lambda w: [a_plan(w).priority.pk],
        get={200: f"{WRITERS} {MEMBERS}"},
        post={302: f"{WRITERS} {MEMBERS}"},
        data=project_data,
    ),
    Row("qiplans:project", project_kept, get={200: f"{WRITERS} {MEMBERS}"}),
    Row(
        "qiplans:project_change",
        project_kept,
        get={200: KEEPERS, 403: "asha pam"},
        post={302: KEEPERS, 403: "asha pam"},
        data=lambda w: {**project_data(w), "version": 1},
    ),
    Row(
        "qiplans:update_write",
        project_kept,
        post={302: KEEPERS, 403: "asha pam"},
        data=lambda w: {"text": "Texts go out weekly."},
    ),
    Row(
        "qiplans:project_move",
        project_kept,
        post={302: KEEPERS, 403: "asha pam"},
        data=lambda w: {"to_state": "TESTING"},
    ),
    Row(
        "qiplans:project_share",
        project_kept,
        get={200: "callum", 403: f"morag {MEMBERS}"},
        post={302: "callum", 403: f"morag {MEMBERS}"},
        data=lambda w: {"share_level": "HSCP"},
    ),
    Row(
        "qiplans:action_add",
        project_kept,
        get={200: KEEPERS, 403: "asha pam"},
        post={302: KEEPERS, 403: "asha pam"},
        data=lambda w: {"what": "Send texts", "owner": w.asha.pk, "due_on": w.today + timedelta(days=7)},
    ),
    Row(
        "qiplans:measure_add",
        project_kept,
        get={200: KEEPERS, 403: "asha pam"},
        post={302: KEEPERS, 403: "asha pam"},
        data=lambda w: {"name": "Recalled", "unit": "PERCENT", "direction": "UP", "frequency": "MONTH"},
    ),
]
