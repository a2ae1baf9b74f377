"""Who says how a meeting was, and whose hours are whose."""

from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.minutes import published
from tests.meetings.test_after import YES, gave

INSIDE = "callum morag asha pam tom"
REGISTRY = "priya olive isla"

ROWS = [
    Row(
        "meetings:meeting_pulse",
        args=lambda w: [published(w, share_level="HSCP").pk],
        get={200: INSIDE, 403: "heather lewis rhona duncan"},
        post={302: INSIDE, 403: "heather lewis rhona duncan"},
        data=lambda w: YES,
    ),
    Row(
        "meetings:meeting_prepared",
        args=lambda w: [published(w, share_level="HSCP").pk],
        post={302: INSIDE, 403: "heather lewis rhona duncan"},
        data=lambda w: {"minutes": "30"},
    ),
    Row("meetings:hours_list", get={200: "everyone"}),
    Row(
        "meetings:hours_new",
        get={200: f"{INSIDE} heather rhona duncan bruce nell", 403: f"lewis iona {REGISTRY} fergus gail hamish una"},
        post={302: INSIDE, 200: "heather rhona duncan bruce nell", 403: f"lewis iona {REGISTRY} fergus gail una"},
        data=lambda w: {
            "forum": w.rowan.forum_id,
            "kind": "OTHER",
            "on": str(w.today),
            "minutes": "45",
            "nonce": str(uuid4()),
        },
    ),
    Row(
        "meetings:hours_remove",
        args=lambda w: [gave(w, w.asha).pk],
        get={200: "asha"},
        post={302: "asha"},
    ),
    Row(
        "meetings:hours_share",
        args=lambda w: [w.rowan.forum.slug],
        post={302: INSIDE, 403: f"heather lewis rhona duncan bruce {REGISTRY}"},
        data=lambda w: {"share": "yes"},
    ),
    Row(
        "meetings:hours_shared",
        args=lambda w: [w.rowan.forum.slug],
        get={200: f"{INSIDE} heather lewis rhona duncan", 403: f"bruce {REGISTRY}"},
    ),
]
