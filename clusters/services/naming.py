"""Clusters begin, are renamed and described."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.analysis.practice_list.slugs import Slugs
from clusters.models import Cluster, FormerName, Forum
from clusters.selectors import slugs_taken
from clusters.services.locks import hold_names
from practices.models import HSCP, Locality
from shared.dates import today

FURTHEST = timedelta(days=40 * 365)


@transaction.atomic
def create_cluster(
    *,
    name: str,
    lead_hscp: HSCP,
    locality: Locality | None = None,
    starts_on: date,
    kind: str = Cluster.Kind.IN_HOURS,
    make_up: str = Cluster.MakeUp.GP_ONLY,
    code: str = "",
    by: User | None,
) -> Cluster:
    """A new cluster without practices yet; one made up as an out-of-hours cluster is of that kind, and the other way
    round. Raises ValidationError beside `name`, `code`, `locality` or `starts_on`.
    """
    out_of_hours = Cluster.Kind.OUT_OF_HOURS in (kind, make_up)
    hold_names()
    _refuse_same_name(name, lead_hscp)
    _refuse_same_code(code, lead_hscp)
    if abs(starts_on - today()) > FURTHEST:
        raise ValidationError({"starts_on": "Check the year."})
    _refuse_locality(locality, lead_hscp)
    forum = Forum.objects.create(
        kind=Forum.Kind.CLUSTER, name=name.strip(), slug=Slugs(slugs_taken()).give(name), hscp=lead_hscp
    )
    cluster = Cluster.objects.create(
        forum=forum,
        kind=Cluster.Kind.OUT_OF_HOURS if out_of_hours else kind,
        make_up=Cluster.MakeUp.OUT_OF_HOURS if out_of_hours else make_up,
        code=code.strip(),
        lead_hscp=lead_hscp,
        locality=locality,
        starts_on=starts_on,
    )
    audit.record("cluster added", cluster, by=by, detail={"hscp": lead_hscp.code, "starts_on": str(starts_on)})
    return cluster


@transaction.atomic
def rename_cluster(*, cluster: Cluster, name: str, until: date, by: User | None) -> Cluster:
    """Give a cluster another name; it was called by the old one until the day `until`, and the old address leads on.

    Raises ValidationError beside `name` when it is the same, or when a cluster of the HSCP has it.
    """
    hold_names()
    forum = Forum.objects.select_for_update().get(pk=cluster.forum_id)
    if forum.name == name.strip():
        raise ValidationError({"name": "This is its name already. Type the new one."})
    _refuse_same_name(name, cluster.lead_hscp, but=cluster)
    before = audit.snapshot(forum)
    FormerName.objects.create(forum=forum, name=forum.name, slug=forum.slug, until=until)
    forum.name, forum.slug = name.strip(), Slugs(slugs_taken(but=forum)).give(name)
    forum.save(update_fields=["name", "slug"])
    cluster.forum = forum
    audit.record("cluster renamed", forum, by=by, before=before)
    return cluster


@dataclass(frozen=True)
class ClusterFacts:
    """What the registry says of a cluster beside its name."""

    code: str = ""
    make_up: str = Cluster.MakeUp.GP_ONLY
    locality: Locality | None = None
    mission: str = ""
    meets_every_weeks: int | None = None
    meets_when: str = ""


@transaction.atomic
def change_cluster(*, cluster: Cluster, name: str, facts: ClusterFacts, until: date, by: User | None) -> Cluster:
    """Rename a cluster as `rename_cluster` does where the name is another one, and write down the facts.

    Raises ValidationError beside `name`, `code`, `make_up` or `locality`.
    """
    if name.strip() != cluster.forum.name:
        rename_cluster(cluster=cluster, name=name, until=until, by=by)
    _refuse_same_code(facts.code, cluster.lead_hscp, but=cluster)
    _refuse_locality(facts.locality, cluster.lead_hscp)
    if (facts.make_up == Cluster.MakeUp.OUT_OF_HOURS) != (cluster.kind == Cluster.Kind.OUT_OF_HOURS):
        raise ValidationError({"make_up": "Out of hours is another kind of cluster. Add one and move practices to it."})
    _set(cluster, "code", facts.code.strip(), by)
    _set(cluster, "make_up", facts.make_up, by)
    if cluster.locality_id != (facts.locality.pk if facts.locality else None):
        before = audit.snapshot(cluster)
        cluster.locality = facts.locality
        cluster.save(update_fields=["locality"])
        audit.record("locality set", cluster, by=by, before=before)
    return describe_cluster(
        cluster=cluster,
        mission=facts.mission,
        meets_every_weeks=facts.meets_every_weeks,
        meets_when=facts.meets_when,
        by=by,
    )


@transaction.atomic
def describe_cluster(
    *, cluster: Cluster, mission: str, meets_every_weeks: int | None, meets_when: str, by: User | None
) -> Cluster:
    """Say what a cluster is for and when it meets."""
    _set(cluster, "mission", mission.strip(), by)
    _set(cluster, "meets_when", meets_when.strip(), by)
    _set(cluster.forum, "meets_every_weeks", meets_every_weeks, by)
    return cluster


def _set(thing: Cluster | Forum, field: str, value: str | int | None, by: User | None) -> None:
    before = audit.snapshot(thing)
    if before[field] != value:
        setattr(thing, field, value)
        thing.save(update_fields=[field])
        audit.record("cluster described", thing, by=by, before=before)


def _refuse_same_name(name: str, hscp: HSCP, *, but: Cluster | None = None) -> None:
    same = Cluster.objects.filter(lead_hscp=hscp, forum__name__iexact=name.strip(), closed_on__isnull=True)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": f"{hscp} leads a cluster of this name already."})


def _refuse_same_code(code: str, hscp: HSCP, *, but: Cluster | None = None) -> None:
    same = Cluster.objects.filter(lead_hscp=hscp, code__iexact=code.strip(), closed_on__isnull=True)
    if code.strip() and same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"code": f"{hscp} leads a cluster of this code already."})


def _refuse_locality(locality: Locality | None, hscp: HSCP) -> None:
    if locality and locality.hscp_id != hscp.pk:
        raise ValidationError({"locality": f"{locality} is not a locality of {hscp}. Choose one of its own."})
