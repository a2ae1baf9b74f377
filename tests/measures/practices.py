"""Figures of Rowan's practices for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

from clusters.models import Membership
from measures import services
from measures.analysis.shares import value_of
from measures.models import Consent, DataPoint

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
OF_OLD = date(2025, 1, 1)
SHARE = {"numerator": "People seen", "denominator": "People on the register", "scope": "PRACT"}


def free_name(cluster, name):
    """The name, with a number where the cluster has a measure of it: the sweeps build every page in one world."""
    namesakes = cluster.measures.filter(name__startswith=name).count()
    return f"{name} ({namesakes + 1})" if namesakes else name


def members_of_old(cluster):
    """The figures of these tests are of 2026, and so are their members, whatever day it is today."""
    Membership.objects.filter(cluster=cluster, starts_on__gt=OF_OLD).update(starts_on=OF_OLD)


def a_measure_by_practice(world, cluster=None, name="Seen in time", **definition):
    cluster = cluster or world.rowan
    members_of_old(cluster)
    return services.define_measure(
        by=world.callum, cluster=cluster, name=free_name(cluster, name), **{**SHARE, **definition}
    )


def given(world, measure, practice, numerator, denominator=50, on=date(2026, 1, 1), state="GIVEN"):
    """One figure of a practice, as it is kept."""
    is_given = state == "GIVEN"
    top = Decimal(numerator) if is_given else None
    return DataPoint.objects.create(
        measure=measure,
        practice=practice,
        period_on=on,
        state=state,
        numerator=top if measure.is_share else None,
        denominator=Decimal(denominator) if is_given and measure.is_share else None,
        value=value_of(top, Decimal(denominator), measure.unit) if top is not None else None,
        entered_at=AT,
        entered_by=world.callum,
    )


def consent(world, practice, inside="AGGR", above="AGGR", on=date(2025, 1, 1), until=None):
    return Consent.objects.create(
        practice=practice,
        cluster=world.rowan,
        inside=inside,
        above=above,
        starts_on=on,
        ends_on=until,
        given_at=AT,
        given_by=world.callum,
    )
