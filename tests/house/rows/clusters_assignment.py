"""Who may open what about moves of practices, the end of clusters, and the record of one."""

from datetime import timedelta

from clusters.services.ending import Ending, close_cluster
from tests.house.matrix import Row

KEEP = {200: "priya isla", 403: "olive"}
KEPT = {302: "priya isla", 403: "olive"}
INSIDE = "callum morag asha pam tom"
READERS = f"{INSIDE} heather lewis rhona duncan bruce priya olive isla"


def rowan(w):
    return [w.rowan.forum.slug]


def seen_of(*practices):
    return " ".join(f"{p.code}:rowan" for p in practices)


def members(w):
    return (w.alder, w.ash, w.beech, w.elm, w.hazel, w.holly, w.willow)


def _moves(w):
    ticked = [w.alder.code, w.beech.code]
    return {
        "practices": ticked,
        "to": "larch",
        "starts_on": str(w.today),
        "reason": "Nearer",
        "seen": seen_of(w.alder, w.beech),
        "confirmed": "yes",
    }


def _merge(w):
    end = {"on": str(w.today), "reason": "Too small alone", "roles_go_on": "on", "confirmed": "yes"}
    return {**end, "into": "larch", "seen": seen_of(*members(w))}


def _close(w):
    to = {f"to_{p.code}": "larch" if p == w.alder else "none" for p in members(w)}
    end = {"on": str(w.today), "reason": "Nobody leads it", "confirmed": "yes"}
    return {**end, **to, "seen": seen_of(*members(w))}


def _planned_end(w):
    on, seen = w.today + timedelta(days=30), frozenset(p.code for p in members(w))
    close_cluster(cluster=w.rowan, to={}, ending=Ending(on, "Nobody leads it"), seen=seen, by=w.priya)
    return rowan(w)


def _others(*may):
    """The readers of the cluster who may not."""
    return " ".join(name for name in READERS.split() if name not in may)


ROWS = [
    Row("clusters:practices_move", get=KEEP, post={200: "priya isla", 403: "olive"}),
    Row("clusters:practices_move", get=KEEP, post=KEPT, data=_moves, query="?cluster=rowan"),
    Row("clusters:practices_move", get=KEEP, post=KEPT, data=_moves, query="?practice=90000&practice=90002"),
    Row("clusters:cluster_merge", rowan, get=KEEP, post=KEPT, data=_merge),
    Row("clusters:cluster_close", rowan, get=KEEP, post=KEPT, data=_close),
    Row("clusters:cluster_ending_withdraw", _planned_end, post=KEPT),
    Row("clusters:cluster_about", rowan, get={200: READERS}),
    Row(
        "clusters:cluster_describe",
        rowan,
        get={200: "callum priya isla", 403: _others("callum", "priya", "isla")},
        post={302: "callum priya isla", 403: _others("callum", "priya", "isla")},
        data=lambda w: {"mission": "Better recall", "meets_every_weeks": "6", "meets_when": "Thursdays at noon"},
    ),
    Row(
        "clusters:cluster_terms",
        rowan,
        get={200: "callum priya isla", 403: _others("callum", "priya", "isla")},
        post={302: "callum priya isla", 403: _others("callum", "priya", "isla")},
        data=lambda w: {"responsibilities": "Recall", "review_on": str(w.today), "version": w.rowan.forum.version},
    ),
    Row(
        "clusters:cluster_support",
        rowan,
        get={200: "heather priya isla", 403: _others("heather", "priya", "isla")},
        post={302: "heather priya isla", 403: _others("heather", "priya", "isla")},
        data=lambda w: {"stage": "ESTABL", "support": "LIGHT", "note": "Meets by itself", "starts_on": str(w.today)},
    ),
    Row(
        "clusters:cluster_freed_time",
        rowan,
        get={200: "callum heather", 403: _others("callum", "heather")},
        post={302: "callum heather", 403: _others("callum", "heather")},
        data=lambda w: {
            "year": str(w.today.year if w.today.month > 3 else w.today.year - 1),
            "sessions": "42.5",
            "note": "Pharmacotherapy takes acute prescriptions",
        },
    ),
]
