"""The parts of an HSCP: their names, and which practices and clusters lie in them."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from clusters.selectors import within_hscp
from practices.models import HSCP, Locality, Practice
from shared.dates import today


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
    """Rename a locality and say what lies in it: of the open places those named come in, those left out go.

    What has closed stays where it lay. Raises ValidationError beside `name`, `practices` or `clusters` (a place that
    has closed, or lies in another HSCP).
    """
    HSCP.objects.select_for_update().get(pk=locality.hscp_id)
    locality.refresh_from_db(fields=["name"])
    _refuse_same_name(locality.hscp, name, but=locality)
    if locality.name != name.strip():
        before = audit.snapshot(locality)
        locality.name = name.strip()
        locality.save(update_fields=["name"])
        audit.record("locality renamed", locality, by=by, before=before)
    open_clusters, open_practices = within_hscp(locality.hscp, on=today())
    named = {practice.pk for practice in practices}
    _fill(
        locality,
        list(open_practices),
        named,
        by,
        otherwise={"practices": f"Choose open practices of {locality.hscp} only."},
    )
    named = {cluster.pk for cluster in clusters}
    _fill(
        locality,
        list(open_clusters),
        named,
        by,
        otherwise={"clusters": f"Choose open clusters of {locality.hscp} only."},
    )


def _refuse_same_name(hscp: HSCP, name: str, *, but: Locality | None = None) -> None:
    same = Locality.objects.filter(hscp=hscp, name__iexact=name.strip())
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": f"{hscp} has a locality of this name already."})


def _fill(
    locality: Locality,
    offered: Sequence[Practice | Cluster],
    named: set[int],
    by: User | None,
    *,
    otherwise: dict[str, str],
) -> None:
    if named - {thing.pk for thing in offered}:
        raise ValidationError(otherwise)
    for thing in offered:
        if thing.pk in named and thing.locality_id != locality.pk:
            _place(thing, locality, by)
        elif thing.pk not in named and thing.locality_id == locality.pk:
            _place(thing, None, by)


def _place(thing: Practice | Cluster, locality: Locality | None, by: User | None) -> None:
    before = audit.snapshot(thing)
    thing.locality = locality
    thing.save(update_fields=["locality"])
    audit.record("locality set", thing, by=by, before=before)
