"""Clusters begin, are renamed and described."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.analysis.practice_list.slugs import Slugs
from clusters.models import Cluster, FormerName, Forum
from clusters.selectors import slugs_taken
from clusters.services.locks import hold_names
from practices.models import HSCP, Locality


@transaction.atomic
def create_cluster(
    *,
    name: str,
    lead_hscp: HSCP,
    locality: Locality | None = None,
    starts_on: date,
    kind: str = Cluster.Kind.IN_HOURS,
    by: User | None,
) -> Cluster:
    """A new cluster without practices yet. Raises ValidationError beside `name` or `locality`."""
    hold_names()
    _refuse_same_name(name, lead_hscp)
    if locality and locality.hscp_id != lead_hscp.pk:
        raise ValidationError({"locality": f"{locality} is not a locality of {lead_hscp}."})
    forum = Forum.objects.create(
        kind=Forum.Kind.CLUSTER, name=name.strip(), slug=Slugs(slugs_taken()).give(name), hscp=lead_hscp
    )
    cluster = Cluster.objects.create(
        forum=forum, kind=kind, lead_hscp=lead_hscp, locality=locality, starts_on=starts_on
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


@transaction.atomic
def change_cluster(
    *, cluster: Cluster, name: str, mission: str, meets_every_weeks: int | None, until: date, by: User | None
) -> Cluster:
    """Rename a cluster as `rename_cluster` does where the name is another one, and say what it is for.

    Raises ValidationError beside `name`.
    """
    if name.strip() != cluster.forum.name:
        rename_cluster(cluster=cluster, name=name, until=until, by=by)
    _set(cluster, "mission", mission.strip(), by)
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
