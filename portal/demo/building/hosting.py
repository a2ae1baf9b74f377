"""One HSCP acted for its neighbour, and will again. Not today: Nell and Heather stay strangers to each other."""

from datetime import timedelta

from accounts.models import User
from clusters.services.hosting import begin_hosting, end_hosting
from portal.demo.stage import Stage

ENDED_DAYS_AGO = 210
BEGINS_IN_DAYS = 90


def let_one_act_for_another(stage: Stage, by: User) -> None:
    """A hosting that has ended, and one that is planned."""
    past = begin_hosting(
        host=stage.neighbour, served=stage.lead, service="Out-of-hours care", starts_on=stage.since, by=by
    )
    end_hosting(hosting=past, last_day=stage.now - timedelta(days=ENDED_DAYS_AGO), by=by)
    begin_hosting(
        host=stage.lead,
        served=stage.neighbour,
        service="Pharmacy support in practices",
        starts_on=stage.now + timedelta(days=BEGINS_IN_DAYS),
        by=by,
    )
