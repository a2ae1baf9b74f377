"""Who may open an action, and do what to it."""

from datetime import timedelta
from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.minutes import an_action
from tests.meetings.test_action import asked_of_all, issued

INSIDE = "callum morag asha pam tom"
ABOVE = "heather lewis rhona duncan bruce"
REGISTRY = "priya olive isla"


def _of_tom(w):
    return [an_action(w, owner=w.tom).pk]


ROWS = [
    Row("meetings:action", args=lambda w: [issued(w).pk], get={200: f"{INSIDE} heather rhona duncan"}),
    Row("meetings:action_done", args=_of_tom, post={302: "callum morag tom", 403: "asha pam"}),
    Row("meetings:action_go_on", args=_of_tom, post={302: "callum morag tom", 403: "asha pam"}),
    Row("meetings:action_nudge", args=_of_tom, post={302: "callum morag", 403: "asha pam tom"}),
    Row(
        "meetings:action_return",
        args=lambda w: [asked_of_all(w).pk, w.alder.code],
        post={302: "callum morag asha pam", 403: "tom"},
        data=lambda w: {"is_done": "yes", "text": "Sent on Monday"},
    ),
    Row(
        "meetings:action_step",
        args=lambda w: [*_of_tom(w), "wait"],
        get={200: "callum morag tom", 403: "asha pam"},
        post={302: "callum morag tom", 403: "asha pam"},
        data=lambda w: {"waiting_on": "The lab", "version": "1"},
    ),
    Row(
        "meetings:action_issue",
        args=lambda w: [w.rowan.forum.slug],
        get={200: "heather rhona duncan", 403: f"{INSIDE} lewis bruce {REGISTRY}"},
        post={302: "heather rhona duncan", 403: f"{INSIDE} lewis bruce {REGISTRY}"},
        data=lambda w: {
            "kind": "REQUEST",
            "what": "How many fridges have a log?",
            "grounds": "Two failed elsewhere",
            "issuer": "Locality management team",
            "owner": "every:practice",
            "due_on": str(w.today + timedelta(days=20)),
            "nonce": str(uuid4()),
        },
    ),
]
