"""Who reads and fills the topic box, and who reads decisions and looks back on them."""

from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.test_topics import decided, proposed

INSIDE = "callum morag asha pam tom"
ABOVE = "heather lewis rhona duncan bruce"
REGISTRY = "priya olive isla"

ROWS = [
    Row(
        "meetings:topic_list",
        args=lambda w: [w.rowan.forum.slug],
        get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"},
    ),
    Row(
        "meetings:topic_new",
        args=lambda w: [w.rowan.forum.slug],
        get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"},
        post={302: INSIDE, 403: f"{ABOVE} {REGISTRY}"},
        data=lambda w: {"title": "Lithium", "why": "Three ways of doing it", "nonce": str(uuid4())},
    ),
    Row(
        "meetings:topic",
        args=lambda w: [proposed(w).pk],
        get={200: INSIDE},
        post={302: "callum morag", 403: "asha pam tom"},
        data=lambda w: {"was": "RAISED", "stage": "IMPORT", "note": "All see it", "pilot": ""},
    ),
    Row(
        "meetings:decision_list",
        args=lambda w: [w.rowan.forum.slug],
        get={200: f"{INSIDE} {ABOVE}", 403: REGISTRY},
    ),
    Row(
        "meetings:decision_look_back",
        args=lambda w: [decided(w).pk],
        get={200: "callum morag", 403: "asha pam tom heather lewis rhona duncan"},
        post={302: "callum morag", 403: "asha pam tom heather lewis rhona duncan"},
        data=lambda w: {"verdict": "HELD", "reflection": "All send texts", "again_on": "", "nonce": str(uuid4())},
    ),
]
