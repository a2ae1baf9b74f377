"""Defines measures."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures import rules
from measures.models import HouseRuleset, Measure, MeasurePause
from measures.models.definitions import Ruleset
from measures.services.writing import change

# What figures were counted by: it can't change under them.
FIXED = ("unit", "frequency", "scope")


class NameTaken(Exception):
    """The cluster has a measure of that name: `measure`."""

    def __init__(self, measure: Measure) -> None:
        super().__init__("another measure of the cluster has this name")
        self.measure = measure


class UnitFixed(Exception):
    """Unit, frequency and scope can't change under figures that were counted in the old ones: `names` would."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def define_measure(*, by: User | None, cluster: Cluster, name: str, **definition: Any) -> Measure:
    """A new measure of a cluster, read by the ruleset that its HSCP has set. Raises NameTaken."""
    _refuse_namesake(cluster, name)
    measure = Measure.objects.create(cluster=cluster, name=name, ruleset=_house_ruleset(cluster), **definition)
    audit.record("measure defined", measure, by=by, detail={"cluster": cluster.pk, "unit": measure.unit})
    return measure


@transaction.atomic
def change_measure(*, by: User, measure: Measure, version: int, **changes: Any) -> Measure:
    """Change a definition. Raises ChangedMeanwhile, NameTaken, and UnitFixed when figures were counted by the old.

    A chart that no longer fits becomes the run chart that a new measure has.
    """
    now = Measure.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=measure.pk)
    fixed = [name for name in FIXED if name in changes and changes[name] != getattr(now, name)]
    if fixed and now.version == version and now.points.exists():
        raise UnitFixed(fixed)
    if now.version == version and "name" in changes:
        _refuse_namesake(now.cluster, changes["name"], beside=now)
    changes |= _chart_that_fits(now, changes)
    change(now, by=by, version=version, verb="measure changed", changes=changes)
    return now


@transaction.atomic
def end_measure(*, by: User, measure: Measure, on: date) -> Measure:
    """From `on` nobody is asked for its figures; those that are there stay. Ending twice changes nothing."""
    now = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if now.ended_on is None:
        before = audit.snapshot(now)
        now.ended_on = on
        now.save(update_fields=["ended_on"])
        audit.record("measure ended", now, by=by, before=before)
    return now


@transaction.atomic
def begin_measure_again(*, by: User, measure: Measure, on: date) -> Measure:
    """Ask for its figures again, from the period of `on`; when they were not asked for stays on file as a pause.

    One that goes on already stays as it is.
    """
    now = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    if now.ended_on is not None:
        before = audit.snapshot(now)
        MeasurePause.objects.create(measure=now, starts_on=now.ended_on, ends_on=max(now.ended_on, on))
        now.ended_on = None
        now.save(update_fields=["ended_on"])
        audit.record("measure begun again", now, by=by, before=before, detail={"from": on.isoformat()})
    return now


def _refuse_namesake(cluster: Cluster, name: str, *, beside: Measure | None = None) -> None:
    """One at a time in a cluster, so that nobody takes the name between the look and the saving."""
    Cluster.objects.select_for_update(of=("self",)).order_by().get(pk=cluster.pk)
    namesakes = Measure.objects.filter(cluster=cluster, name__iexact=name)
    if namesake := (namesakes.exclude(pk=beside.pk) if beside else namesakes).first():
        raise NameTaken(namesake)


def _chart_that_fits(measure: Measure, changes: dict[str, Any]) -> dict[str, Any]:
    unit, scope = (changes.get(name, getattr(measure, name)) for name in ("unit", "scope"))
    if measure.chart in rules.charts_for(unit, is_by_practice=scope == Measure.Scope.PRACTICE):
        return {}
    return {"chart": Measure.ChartKind.RUN, "ruleset": _house_ruleset(measure.cluster)}


def _house_ruleset(cluster: Cluster) -> str:
    house = HouseRuleset.objects.filter(hscp=cluster.lead_hscp_id).exclude(ruleset=Ruleset.MDC).first()
    return house.ruleset if house else Ruleset.PERLA
