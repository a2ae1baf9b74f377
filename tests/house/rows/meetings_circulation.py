"""Who may correct, settle, agree and amend minutes."""

from uuid import uuid4

from tests.house.matrix import Row
from tests.meetings.minutes import log_fields, published
from tests.meetings.test_circulation import circulated, correction

READERS = "asha pam tom"


def _seats(w):
    return {name: value for name, value in log_fields(w).items() if name.startswith("practice-")}


ROWS = [
    Row(
        "meetings:correction_new",
        args=lambda w: [circulated(w).pk],
        get={200: f"callum morag {READERS}"},
        post={302: f"callum morag {READERS}"},
        data=lambda w: {"text": "It was 71 %", "item": "", "nonce": str(uuid4())},
    ),
    Row(
        "meetings:correction_answer",
        args=lambda w: [correction(w, circulated(w)).pk],
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: {"state": "TAKEN", "answer": "Put right"},
    ),
    Row(
        "meetings:item_correct",
        args=lambda w: [circulated(w).items.first().pk],
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: {"title": "Recall", "discussion": "Recall rate is 71 %", "version": "2"},
    ),
    Row(
        "meetings:meeting_correct",
        args=lambda w: [circulated(w).pk],
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: {**_seats(w), "mode": "VIDEO", "guests": "1", "guest-0-name": "Ina Guest", "version": "2"},
    ),
    Row(
        "meetings:meeting_agree",
        args=lambda w: [circulated(w).pk],
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: {"version": "2"},
    ),
    Row(
        "meetings:amendment_new",
        args=lambda w: [published(w, share_level="HSCP").pk],
        get={200: "callum morag", 403: f"{READERS} heather lewis rhona duncan"},
        post={302: "callum morag", 403: f"{READERS} heather lewis rhona duncan"},
        data=lambda w: {"text": "Rate checked: 70 %", "item": "", "nonce": str(uuid4())},
    ),
]
