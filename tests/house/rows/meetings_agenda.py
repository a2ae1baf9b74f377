"""Who reads the agenda of a planned meeting, who puts it together, and what stands on every one."""

from uuid import uuid4

from meetings.models import StandingItem
from tests.house.matrix import Row
from tests.meetings.test_agenda import ahead, put
from tests.meetings.test_topics import proposed

WRITERS, READERS = "callum morag", "asha pam tom"
INSIDE = f"{WRITERS} {READERS}"
OUTSIDE = "heather lewis rhona duncan bruce priya olive isla"


def an_item(w):
    return [put(w, ahead(w), "Recall").pk]


def a_standing_item(w):
    return [StandingItem.objects.create(forum=w.rowan.forum, position=1, title="Peer talk", kind="PEER").pk]


ITEM = {
    "title": "Recall",
    "kind": "DISC",
    "minutes_allowed": "10",
    "proposer": "",
    "paper_title": "",
    "paper_link": "",
    "version": "",
}
STANDING = {"title": "Peer talk", "kind": "PEER", "minutes_allowed": "", "version": ""}

ROWS = [
    Row("meetings:agenda", args=lambda w: [ahead(w).pk], get={200: INSIDE}),
    Row("meetings:agenda_next", args=lambda w: [w.rowan.forum], get={200: INSIDE, 403: OUTSIDE}),
    Row(
        "meetings:agenda_item_new",
        args=lambda w: [ahead(w).pk],
        get={200: WRITERS, 403: READERS},
        post={302: WRITERS, 403: READERS},
        data=lambda w: {**ITEM, "nonce": str(uuid4())},
    ),
    Row(
        "meetings:agenda_item",
        args=an_item,
        get={200: WRITERS, 403: READERS},
        post={302: WRITERS, 403: READERS},
        data=lambda w: ITEM,
    ),
    Row(
        "meetings:agenda_item_remove",
        args=an_item,
        get={200: WRITERS, 403: READERS},
        post={302: WRITERS, 403: READERS},
    ),
    Row("meetings:agenda_item_place", args=an_item, post={302: WRITERS, 403: READERS}, data=lambda w: {"do": "park"}),
    Row(
        "meetings:agenda_suggestion",
        args=lambda w: [ahead(w).pk],
        post={302: WRITERS, 403: READERS},
        data=lambda w: {"do": "take", "key": f"topic:{proposed(w).pk}"},
    ),
    Row(
        "meetings:agenda_standing",
        args=lambda w: [ahead(w).pk],
        post={302: WRITERS, 403: READERS},
    ),
    Row("meetings:standing_list", args=lambda w: [w.rowan.forum], get={200: INSIDE, 403: OUTSIDE}),
    Row("meetings:standing_begin", args=lambda w: [w.rowan.forum], post={302: WRITERS, 403: f"{READERS} {OUTSIDE}"}),
    Row(
        "meetings:standing_item_new",
        args=lambda w: [w.rowan.forum],
        get={200: WRITERS, 403: f"{READERS} {OUTSIDE}"},
        post={302: WRITERS, 403: f"{READERS} {OUTSIDE}"},
        data=lambda w: STANDING,
    ),
    Row(
        "meetings:standing_item",
        args=a_standing_item,
        get={200: WRITERS, 403: READERS},
        post={302: WRITERS, 403: READERS},
        data=lambda w: STANDING,
    ),
    Row(
        "meetings:standing_item_remove",
        args=a_standing_item,
        get={200: WRITERS, 403: READERS},
        post={302: WRITERS, 403: READERS},
    ),
    Row(
        "meetings:standing_item_place",
        args=a_standing_item,
        post={302: WRITERS, 403: READERS},
        data=lambda w: {"do": "up"},
    ),
]
