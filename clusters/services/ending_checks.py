"""What speaks against the end of a cluster, and who is in it then."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from clusters.models import Cluster, Membership, Takeover
from clusters.services.locks import hold_practices
from clusters.services.memberships import FURTHEST_AHEAD
from shared.dates import in_words, today


@dataclass(frozen=True)
class Ending:
    """What was decided about the end of clusters: the day, why, by whom, and why practices cross localities."""

    on: date
    reason: str
    approved_by: str = ""
    locality_reason: str = ""


def held(clusters: Iterable[Cluster]) -> list[Cluster]:
    """The clusters as they are now, locked in one order; practices first, as moves and practice lists do."""
    hold_practices()
    wanted = [cluster.pk for cluster in clusters]
    rows = Cluster.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("forum", "lead_hscp", "locality")
    return list(rows.filter(pk__in=wanted).order_by("pk"))


def check_merger(clusters: Sequence[Cluster], into: Cluster, ending: Ending) -> None:
    """Raises ValidationError for what speaks against the merger."""
    if into.pk in {cluster.pk for cluster in clusters}:
        raise ValidationError({"into": "A cluster cannot merge into itself. Choose another."})
    if others := [str(cluster) for cluster in clusters if cluster.kind != into.kind]:
        raise ValidationError({"into": f"{' and '.join(others)} works at other hours than {into}. Choose another."})
    if into.closed_on:
        verb = "closed" if into.closed_on <= today() else "closes"
        raise ValidationError({"into": f"{into} {verb} on {in_words(into.closed_on)}. Choose another cluster."})
    if into.starts_on > ending.on:
        raise ValidationError({"on": f"{into} began on {in_words(into.starts_on)}. Choose that day or a later one."})
    check_end(clusters, ending)


def check_end(clusters: Sequence[Cluster], ending: Ending) -> None:
    """Raises ValidationError for what speaks against the end of these clusters on that day."""
    if ending.on > today() + FURTHEST_AHEAD:
        raise ValidationError({"on": "Choose a day within the next two years."})
    if not ending.reason.strip():
        raise ValidationError({"reason": "Say in a few words why."})
    for cluster in clusters:
        _refuse_end(cluster, ending.on)


def _refuse_end(cluster: Cluster, on: date) -> None:
    if cluster.closed_on:
        verb = "closed" if cluster.closed_on <= today() else "closes"
        raise ValidationError(f"{cluster} {verb} on {in_words(cluster.closed_on)} already.")
    if cluster.starts_on >= on:
        raise ValidationError({"on": f"{cluster} began on {in_words(cluster.starts_on)}. Choose a later day."})
    later = cluster.memberships.filter(starts_on__gte=on).select_related("practice").order_by("starts_on").first()
    if later:
        raise ValidationError(
            {"on": f"{later.practice} joins {cluster} on {in_words(later.starts_on)}. Choose a later day."}
        )
    coming = Takeover.objects.filter(after=cluster, starts_on__gte=on).select_related("before__forum").first()
    if coming:
        raise ValidationError({"on": f"{coming.before} merges into {cluster} on {in_words(coming.starts_on)}."})


def members_at_end(cluster: Cluster, on: date) -> list[Membership]:
    """Memberships that the end of the cluster ends."""
    rows = Membership.objects.on(on).filter(cluster=cluster).select_related("practice__locality", "cluster__forum")
    return list(rows.order_by("practice__name", "practice__code"))


def members_seen(clusters: Sequence[Cluster], on: date, seen: frozenset[str]) -> dict[int, list[Membership]]:
    """The same by cluster. Raises ValidationError when they are not the practices that the caller saw."""
    members = {cluster.pk: members_at_end(cluster, on) for cluster in clusters}
    if {row.practice.code for rows in members.values() for row in rows} != seen:
        raise ValidationError("Practices joined or left meanwhile. Look at it again and decide again.")
    return members


@contextmanager
def beside_own_fields(into: Cluster | None) -> Iterator[None]:
    """What a move of one practice refuses, beside the fields that are asked about the end of a cluster."""
    try:
        yield
    except ValidationError as wrong:
        if not hasattr(wrong, "error_dict"):
            raise
        names = {"starts_on": "on", "to": "into" if into else "__all__"}
        raise ValidationError({names.get(k, k): words for k, words in wrong.message_dict.items()}) from None
