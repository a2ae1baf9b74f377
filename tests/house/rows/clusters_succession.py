"""Who may say what happened to a practice, and what one is like."""

from datetime import timedelta
from decimal import Decimal

from clusters.services.succession import recode_practice
from practices.models import Practice
from practices.services import add_vacancy
from tests.house.matrix import Row

KEEP = {200: "priya isla", 403: "olive"}
KEPT = {302: "priya isla", 403: "olive"}
READERS = "tom callum morag heather lewis rhona bruce duncan olive"
LARCH = "duncan heather lewis rhona bruce olive priya isla"
RECORD = {200: "priya isla asha pam", 403: READERS}
RECORDED = {302: "priya isla asha pam", 403: READERS}


def _went_on(w):
    Practice.objects.get_or_create(code="97000", defaults={"name": "Holly Health Centre", "hscp": w.strath})
    return [w.holly.code]


def _recoded(w):
    day = str(w.today - timedelta(days=9))
    return {"decision": "recoded", "into": "97000", "on": day, "reason": "New code", "confirmed": "yes"}


def _predecessor(w):
    """Yew, of Larch, after it went on as 97001 for a while. The sweeps make all rows in one world."""
    new = {"name": "Yew Health Centre", "hscp": w.strath}
    after, is_new = Practice.objects.get_or_create(code="97001", defaults=new)
    if is_new:
        on = w.today - timedelta(days=9)
        recode_practice(before=w.yew, after=after, on=on, reason="New code", by=w.priya)
    return w.yew.code


def _a_vacancy(w):
    since = w.today - timedelta(days=30)
    kept = add_vacancy(practice=w.alder, group="GP", whole_time=Decimal(1), since=since, by=w.priya)
    return [w.alder.code, kept.pk]


ROWS: list[Row] = [
    Row("clusters:practice_decide", _went_on, get=KEEP, post=KEPT, data=_recoded),
    Row(
        "clusters:practice_decide",
        _went_on,
        get=KEEP,
        post=KEEP,
        data=lambda w: _recoded(w) | {"confirmed": "", "change": "yes"},
    ),
    Row("reporting:practice", lambda w: [_predecessor(w)], get={200: LARCH}),
    Row("reporting:practice", lambda w: [_predecessor(w) and "97001"], get={200: LARCH}),
    Row(
        "clusters:practice_profile",
        lambda w: [w.alder.code],
        get=RECORD,
        post=RECORDED,
        data=lambda w: {"as_of": str(w.today), "gps": "4", "source": "Own count"},
    ),
    Row(
        "clusters:vacancy_add",
        lambda w: [w.alder.code],
        get=RECORD,
        post=RECORDED,
        data=lambda w: {"group": "NURSE", "whole_time": "0.5", "since": str(w.today)},
    ),
    Row(
        "clusters:vacancy_fill",
        _a_vacancy,
        get=RECORD,
        post=RECORDED,
        data=lambda w: {"filled_on": str(w.today)},
    ),
]
