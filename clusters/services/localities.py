"""The parts of an HSCP: their names, and which practices and clusters lie in them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from practices.models import HSCP, Locality, Practice


@transaction.atomic
def create_locality(*, hscp: HSCP, name: str, by: User | None) -> Locality:
    """A new locality of an HSCP. Raises ValidationError beside `name` when it has one of that name."""
    HSCP.objects.select_for_update().get(pk=hscp.pk)
    _refuse_same_name(hscp, name)
    locality = Locality.objects.create(hscp=hscp, name=name.strip())
    audit.record("locality added", locality, by=by, detail={"hscp": hscp.code})
    return locality


@transaction.atomic
def change_locality(
    *, locality: Locality, name: str, practices: Iterable[Practice], clusters: Iterable[Cluster], by: User | None
) -> None:
    """Rename a locality and say what lies in it: those named come in, those left out go.

    Raises ValidationError beside `name`, `practices` or `clusters` (a place of another HSCP).
    """
    HSCP.objects.select_for_update().get(pk=locality.hscp_id)
    _refuse_same_name(locality.hscp, name, but=locality)
    if locality.name != name.strip():
        before = audit.snapshot(locality)
        locality.name = name.strip()
        locality.save(update_fields=["name"])
        audit.record("locality renamed", locality, by=by, before=before)
    _set_practices(locality, list(practices), by)
    _set_clusters(locality, list(clusters), by)


def _refuse_same_name(hscp: HSCP, name: str, *, but: Locality | None = None) -> None:
    same = Locality.objects.filter(hscp=hscp, name__iexact=name.strip())
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": f"{hscp} has a locality of this name already."})


def _set_practices(locality: Locality, wanted: list[Practice], by: User | None) -> None:
    if any(p.hscp_id != locality.hscp_id for p in wanted):
        raise ValidationError({"practices": f"Choose practices of {locality.hscp} only."})
    for practice in Practice.objects.filter(locality=locality).exclude(pk__in=[p.pk for p in wanted]):
        _place(practice, None, by)
    for practice in wanted:
        if practice.locality_id != locality.pk:
            _place(practice, locality, by)


def _set_clusters(locality: Locality, wanted: list[Cluster], by: User | None) -> None:
    if any(c.lead_hscp_id != locality.hscp_id for c in wanted):
        raise ValidationError({"clusters": f"Choose clusters that {locality.hscp} leads only."})
    for cluster in Cluster.objects.filter(locality=locality).exclude(pk__in=[c.pk for c in wanted]):
        _place(cluster, None, by)
    for cluster in wanted:
        if cluster.locality_id != locality.pk:
            _place(cluster, locality, by)


def _place(thing: Practice | Cluster, locality: Locality | None, by: User | None) -> None:
    before = audit.snapshot(thing)
    thing.locality = locality
    thing.save(update_fields=["locality"])
    audit.record("locality set", thing, by=by, before=before)
