"""Who may let one HSCP act for another: whoever looks after all of Scotland."""

from datetime import timedelta

from clusters.models import Hosting
from clusters.services.hosting import begin_hosting
from tests.house.matrix import Row

LOOK = {200: "priya olive isla"}
WHOLE = {200: "priya", 403: "olive isla"}
WHOLLY = {302: "priya", 403: "olive isla"}


def _pair(w):
    return {
        "host": w.strath.code,
        "served": w.neighbour.code,
        "service": "Primary care",
        "starts_on": str(w.today + timedelta(days=30)),
    }


def planned(w):
    """A hosting that has not begun; the same one however often it is asked for."""
    day = w.today + timedelta(days=30)
    if there := Hosting.objects.filter(host=w.strath, starts_on=day).first():
        return [there.pk]
    begun = begin_hosting(host=w.strath, served=w.neighbour, service="Primary care", starts_on=day, by=w.priya)
    return [begun.pk]


ROWS: list[Row] = [
    Row("clusters:hosting_list", get=LOOK),
    Row("clusters:hosting_begin", get=WHOLE, post=WHOLLY, data=_pair),
    Row(
        "clusters:hosting_end",
        planned,
        get=WHOLE,
        post=WHOLLY,
        data=lambda w: {"last_day": str(w.today + timedelta(days=90))},
    ),
    Row("clusters:hosting_withdraw", planned, get=WHOLE, post=WHOLLY),
]
