"""Who may count items, actions, questions and escalations as intrinsic or extrinsic."""

from tests.escalations.story import raised, refer_up
from tests.house.matrix import Row
from tests.meetings.minutes import an_action, an_ask, published

READERS = "asha pam tom"


def _item(w):
    return [published(w, share_level="BOARD").items.first().pk]


def _outward(w):
    return {"orientation": "EXTR"}


def _inward(w):
    return {"orientation": "INTR"}


def _passed_up(w):
    esc = raised(w)
    return [refer_up(escalation=esc, by=w.callum, reasons="Needs money.").reference]


ROWS = [
    Row("meetings:item_tag", _item, post={302: "callum morag", 403: READERS}, data=_inward),
    Row(
        "meetings:action_tag",
        lambda w: [an_action(w, owner_practice=w.alder).pk],
        post={302: "callum morag", 403: READERS},
        data=_outward,
    ),
    Row(
        "meetings:ask_tag",
        lambda w: [an_ask(w).pk],
        post={302: "callum morag", 403: f"{READERS} heather rhona duncan"},
        data=_inward,
    ),
    Row(
        "escalations:escalation_tag",
        _passed_up,
        post={302: "asha", 403: "heather rhona duncan"},
        data=_inward,
    ),
]
