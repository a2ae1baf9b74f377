"""Who may open what in the register of forums, and in the ways of working."""

from datetime import timedelta

from django.utils import timezone

from clusters.services.forums import add_forum_member
from clusters.services.ways_of_working import agree_ways_of_working
from tests.house.matrix import Row

INSIDE = "asha callum morag pam tom duncan"
ABOVE = "heather lewis rhona bruce"
REGISTRY = "olive priya isla"
DESCRIBE = "heather priya isla"
NOT_DESCRIBE = f"{INSIDE} lewis rhona bruce olive"
KEEP = "priya isla"
NOT_KEEP = f"{INSIDE} {ABOVE} olive"


def _quality(w):
    return [w.east_quality.slug]


def _with_member(w):
    seat = add_forum_member(
        forum=w.east_quality,
        person=None,
        name="Ina Gow",
        body="GP subcommittee",
        part="Chair",
        starts_on=w.today - timedelta(days=30),
        by=w.priya,
    )
    return [w.east_quality.slug, seat.pk]


def _with_ways(w):
    agree_ways_of_working(
        forum=w.rowan.forum,
        text="We begin on time.",
        agreed_on=w.today - timedelta(days=60),
        review_on=None,
        by=w.callum,
        at=timezone.now(),
    )
    return [w.rowan.forum.slug]


def _ways(w):
    return {"text": "Everybody speaks once.", "agreed_on": str(w.today)}


ROWS = [
    Row("clusters:forum_list", get={200: "everyone"}),
    Row("reporting:forum", _quality, get={200: f"{INSIDE} {ABOVE} {REGISTRY}"}),
    Row(
        "clusters:forum_new",
        get={200: KEEP, 403: "olive"},
        post={302: KEEP, 403: "olive"},
        data=lambda w: {
            "kind": "TRIPART",
            "name": "Strath tripartite group",
            "serves": f"hscp:{w.strath.code}",
            "starts_on": str(w.today),
        },
    ),
    Row(
        "clusters:forum_change",
        _quality,
        get={200: DESCRIBE, 403: NOT_DESCRIBE},
        post={302: DESCRIBE, 403: NOT_DESCRIBE},
        data=lambda w: {"name": w.east_quality.name, "purpose": "Better care in the east.", "version": "1"},
    ),
    Row(
        "clusters:forum_members",
        _quality,
        get={200: DESCRIBE, 403: NOT_DESCRIBE},
        post={302: DESCRIBE, 403: NOT_DESCRIBE},
        data=lambda w: {"who": "Ina Gow", "body": "GP subcommittee", "starts_on": str(w.today)},
    ),
    Row(
        "clusters:forum_member_end",
        _with_member,
        get={200: DESCRIBE, 403: NOT_DESCRIBE},
        post={302: DESCRIBE, 403: NOT_DESCRIBE},
        data=lambda w: {"last_day": str(w.today)},
    ),
    Row(
        "clusters:forum_close",
        _quality,
        get={200: KEEP, 403: NOT_KEEP},
        post={302: KEEP, 403: NOT_KEEP},
        data=lambda w: {"closed_on": str(w.today)},
    ),
    Row("clusters:forum_ways", _quality, get={200: f"{INSIDE} {ABOVE} {REGISTRY}"}),
    Row(
        "clusters:forum_ways_change",
        _quality,
        get={200: DESCRIBE, 403: NOT_DESCRIBE},
        post={302: DESCRIBE, 403: NOT_DESCRIBE},
        data=_ways,
    ),
    Row(
        "clusters:cluster_ways",
        _with_ways,
        get={200: "asha callum morag pam tom", 403: f"{ABOVE} duncan {REGISTRY}"},
    ),
    Row(
        "clusters:cluster_ways_change",
        _with_ways,
        get={200: "callum morag", 403: f"asha pam tom {ABOVE} duncan {REGISTRY}"},
        post={302: "callum morag", 403: f"asha pam tom {ABOVE} duncan {REGISTRY}"},
        data=_ways,
    ),
]
