"""Who may open what about roles: their facts, handing over, vacancies, how people came to them."""

from datetime import timedelta

from clusters.services.handovers import Wishes, hand_over_role
from tests.house.matrix import Row
from tests.meetings.minutes import an_action

KEEP = {200: "priya isla", 403: "olive"}
WATCH = {200: "callum heather lewis rhona bruce duncan olive priya isla nell"}
KEPT = {302: "priya isla", 403: "olive"}


def _callums_role(w):
    return [w.callum.roles_held.get().pk]


def _planned(w):
    """Callum ends in ten days, and Una takes over."""
    day = w.today + timedelta(days=10)
    wishes = Wishes(email="una@example.org", without_owner=True)
    held = w.callum.roles_held.get()
    return [hand_over_role(held=held, last_day=day, wishes=wishes, by=w.priya).pk]


def _takes_over(w):
    an_action(w)
    return _callums_role(w)


ROWS: list[Row] = [
    Row(
        "clusters:role_change",
        _callums_role,
        get=KEEP,
        post=KEPT,
        data=lambda w: {"sessions_a_month": "4", "funded_by": "The HSCP", "portfolio": "Long-term conditions"},
    ),
    Row(
        "clusters:role_end",
        _takes_over,
        get=KEEP,
        post=KEPT,
        data=lambda w: {"last_day": str(w.today), "successor_email": "una@example.org", "successor_name": "Una Blair"},
    ),
    Row(
        "clusters:role_hand_over",
        _takes_over,
        get={200: "priya isla callum heather"},
        post={302: "priya isla callum heather"},
        data=lambda w: {"successor_email": "asha@example.org"},
    ),
    Row(
        "clusters:role_origin", _callums_role, get={200: "callum"}, post={302: "callum"}, data=lambda w: {"how": "ONLY"}
    ),
    Row("clusters:role_origins", get={200: "heather bruce priya isla"}),
    Row("clusters:unfilled", get=WATCH),
    Row("clusters:unfilled_csv", get=WATCH),
    Row("clusters:unfilled_excel", get=WATCH),
    Row("clusters:handover_list", get={200: "priya olive isla"}),
    Row("clusters:handover_call_off", _planned, post=KEPT),
]
