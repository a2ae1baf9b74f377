"""Who may read the action plan of a locality, and do what to it."""

from datetime import timedelta
from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.test_plan_of_action import a_gap

# The quality group of East Strath: its manager, its clinical lead, and the leads of its clusters. Others see its page.
IN_GROUP = "rhona duncan callum"
AROUND = "asha morag heather lewis bruce pam olive priya isla tom"


def _group(w):
    return [w.east_quality]


ROWS = [
    Row("meetings:plan_of_action", args=_group, get={200: IN_GROUP, 403: AROUND}),
    Row(
        "meetings:gap_add",
        args=_group,
        get={200: IN_GROUP, 403: AROUND},
        post={302: IN_GROUP, 403: AROUND},
        data=lambda w: {
            "gap": "Nobody reads the spirometry",
            "what": "Train two nurses",
            "owner": f"person:{w.rhona.pk}",
            "due_on": str(w.today + timedelta(days=30)),
            "nonce": str(uuid4()),
        },
    ),
    Row(
        "meetings:gap_decide",
        args=lambda w: [a_gap(w).pk],
        get={200: "rhona duncan", 403: "callum"},
        post={302: "rhona duncan", 403: "callum"},
        data=lambda w: {"decision": "Paid from the locality’s fund", "version": "1"},
    ),
]
