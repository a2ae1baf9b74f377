"""Who may open what in meetings."""

from datetime import timedelta
from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.minutes import an_action, an_ask, log_fields, logged, published

INSIDE = "callum morag asha pam tom"
ABOVE = "heather lewis rhona duncan bruce"
REGISTRY = "priya olive isla"


def _draft(w):
    return [logged(w).pk]


def _published(w):
    return [published(w, share_level="HSCP").pk]


def _to_board(w):
    return [published(w, share_level="BOARD").pk]


ROWS = [
    Row(
        "meetings:meeting_list",
        args=lambda w: [w.rowan.forum.slug],
        get={200: f"{INSIDE} {ABOVE}", 403: REGISTRY},
    ),
    Row(
        "meetings:meeting_log",
        args=lambda w: [w.rowan.forum.slug],
        get={200: "callum morag", 403: f"asha pam tom {ABOVE} {REGISTRY}"},
        post={302: "callum morag", 403: f"asha pam tom {ABOVE} {REGISTRY}"},
        data=lambda w: log_fields(w),
    ),
    Row(
        "meetings:action_proposal",
        args=lambda w: [w.rowan.forum.slug],
        post={200: "callum morag", 403: f"asha pam tom {ABOVE} {REGISTRY}"},
        data=lambda w: {"sentence": "Alder: audit recall list by 3 Dec", "held_on": str(w.today)},
    ),
    Row("meetings:meeting", args=_published, get={200: f"{INSIDE} heather lewis rhona duncan"}),
    Row(
        "meetings:meeting_edit",
        args=_draft,
        get={200: "callum morag"},
        post={302: "callum morag"},
        data=lambda w: log_fields(w),
    ),
    Row(
        "meetings:meeting_share",
        args=_to_board,
        get={200: "callum", 403: f"morag asha pam tom {ABOVE}"},
        post={302: "callum", 403: f"morag asha pam tom {ABOVE}"},
        data=lambda w: {"share_level": "CLUSTER", "do": "publish", "version": "2"},
    ),
    Row("meetings:action_list", get={200: "everyone"}),
    Row(
        "meetings:action_close",
        args=lambda w: [an_action(w, owner_practice=w.alder).pk],
        get={200: "callum morag asha pam", 403: "tom"},
        post={302: "callum morag asha pam", 403: "tom"},
        data=lambda w: {"evidence": "Sent to all practices"},
    ),
    Row(
        "meetings:cluster_actions",
        args=lambda w: [w.rowan.forum.slug],
        get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"},
    ),
    Row(
        "meetings:action_new",
        args=lambda w: [w.rowan.forum.slug],
        get={200: "callum morag", 403: f"asha pam tom {ABOVE} {REGISTRY}"},
        post={302: "callum morag", 403: f"asha pam tom {ABOVE} {REGISTRY}"},
        data=lambda w: {"what": "Alder: share the template by 31 Dec", "nonce": str(uuid4())},
    ),
    Row(
        "meetings:ask",
        args=lambda w: [an_ask(w).pk],
        get={200: f"{INSIDE} heather rhona duncan"},
        post={302: "heather rhona duncan", 403: INSIDE},
        data=lambda w: {"reply": "The HSCP pays from December."},
    ),
    Row(
        "meetings:ask_withdraw",
        args=lambda w: [an_ask(w).pk],
        post={302: "callum", 403: "morag asha pam tom heather rhona duncan"},
    ),
    Row(
        "meetings:ask_new",
        args=lambda w: [w.rowan.forum.slug],
        get={200: "callum asha pam tom", 403: f"morag {ABOVE} {REGISTRY}"},
        post={302: "callum asha pam tom", 403: f"morag {ABOVE} {REGISTRY}"},
        data=lambda w: {
            "question": "Who pays for the texts?",
            "to": w.heather.pk,
            "reply_by": str(w.today + timedelta(days=14)),
            "nonce": str(uuid4()),
        },
    ),
]
