"""Clusters begin and are renamed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts import audit
from accounts.models import User
from clusters.models import Cluster, FormerName, Forum
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
    HSCP.objects.select_for_update().get(pk=lead_hscp.pk)
    _refuse_same_name(name, lead_hscp)
    if locality and locality.hscp_id != lead_hscp.pk:
        raise ValidationError({"locality": f"{locality} is not a locality of {lead_hscp}."})
    forum = Forum.objects.create(
        kind=Forum.Kind.CLUSTER, name=name.strip(), slug=free_slug(name, lead_hscp), hscp=lead_hscp
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
    forum = Forum.objects.select_for_update().get(pk=cluster.forum_id)
    if forum.name == name.strip():
        raise ValidationError({"name": "This is its name already. Type the new one."})
    _refuse_same_name(name, cluster.lead_hscp, but=cluster)
    before = audit.snapshot(forum)
    FormerName.objects.update_or_create(slug=forum.slug, defaults={"forum": forum, "name": forum.name, "until": until})
    forum.name, forum.slug = name.strip(), free_slug(name, cluster.lead_hscp, own=forum)
    forum.save(update_fields=["name", "slug"])
    cluster.forum = forum
    audit.record("cluster renamed", forum, by=by, before=before)
    return cluster


def _refuse_same_name(name: str, hscp: HSCP, *, but: Cluster | None = None) -> None:
    same = Cluster.objects.filter(lead_hscp=hscp, forum__name__iexact=name.strip(), closed_on__isnull=True)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": f"{hscp} leads a cluster of this name already."})


def free_slug(name: str, hscp: HSCP, *, own: Forum | None = None) -> str:
    """An address that no forum has or ever had; with the HSCP's name, then a number, where the plain one is taken."""
    plain = slugify(name)[:100] or "cluster"
    choices = [plain, f"{plain}-{slugify(hscp.name)}"[:136]]
    choices += [f"{choices[1]}-{n}" for n in range(2, 100)]
    taken = set(
        Forum.objects.filter(slug__in=choices).exclude(pk__in=[own.pk] if own else []).values_list("slug", flat=True)
    )
    former = FormerName.objects.filter(slug__in=choices).exclude(forum__in=[own] if own else [])
    taken.update(former.values_list("slug", flat=True))
    return next(slug for slug in choices if slug not in taken)
