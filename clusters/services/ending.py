"""Clusters merge into another or close, from a day; what is planned can be withdrawn as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import AuditEvent, User
from clusters.models import Cluster, Membership, RoleAssignment, Takeover
from clusters.selectors.move_changes import PracticeMove, roles_at
from clusters.selectors.moves import MovesEffect, moves_effect
from clusters.services.ending_checks import (
    Ending,
    beside_own_fields,
    check_end,
    check_merger,
    held,
    members_at_end,
    members_seen,
)
from clusters.services.ending_roles import end_roles, give_back_roles
from clusters.services.memberships import decided, end_membership, move_practice, take_back
from clusters.services.moves import each_of
from practices.models import Practice
from shared.dates import today

CLOSED = "cluster closed"


@transaction.atomic
def merge_clusters(
    *,
    clusters: Sequence[Cluster],
    into: Cluster,
    ending: Ending,
    roles_go_on: bool,
    seen: frozenset[str],
    by: User | None,
) -> None:
    """Each of `clusters` goes on as `into` from a day: members move, and what was logged is read and finished there.

    Roles held at the closing clusters end; with `roles_go_on` they go on at the receiving one. `seen` are the codes of
    the practices that the caller saw move: with others the merger is refused.
    Raises ValidationError beside `into`, `on`, `reason` or `locality_reason`.
    """
    closing, into = held(clusters), held([into])[0]
    check_merger(closing, into, ending)
    members = members_seen(closing, ending.on, seen)
    for cluster in closing:
        _end(cluster, members[cluster.pk], {}, ending, by, into=into, roles_go_on=roles_go_on)


@transaction.atomic
def close_cluster(
    *, cluster: Cluster, to: Mapping[int, Cluster | None], ending: Ending, seen: frozenset[str], by: User | None
) -> None:
    """A cluster ends on a day without going on: `to` says by practice id where each member goes, None for no cluster.

    Roles held at it end. Raises ValidationError beside `to`, `on`, `reason` or `locality_reason`.
    """
    (cluster,) = held([cluster])
    check_end([cluster], ending)
    members = members_seen([cluster], ending.on, seen)
    _end(cluster, members[cluster.pk], to, ending, by)


def preview_merger(*, clusters: Sequence[Cluster], into: Cluster, ending: Ending, roles_go_on: bool) -> MovesEffect:
    """What `merge_clusters` would do. Changes nothing; raises the same ValidationErrors."""
    check_merger(clusters, into, ending)
    moves = [
        PracticeMove(row.practice, cluster, into, row.ends_on)
        for cluster in clusters
        for row in members_at_end(cluster, ending.on)
    ]
    return moves_effect(moves, on=ending.on, closing=clusters, into=into, roles_go_on=roles_go_on)


def preview_closing(*, cluster: Cluster, to: Mapping[int, Cluster | None], ending: Ending) -> MovesEffect:
    """What `close_cluster` would do. Changes nothing; raises the same ValidationErrors."""
    check_end([cluster], ending)
    moves = [
        PracticeMove(row.practice, cluster, to.get(row.practice_id), row.ends_on)
        for row in members_at_end(cluster, ending.on)
    ]
    return moves_effect(moves, on=ending.on, closing=[cluster])


@transaction.atomic
def withdraw_ending(*, cluster: Cluster, by: User | None) -> None:
    """Take back a merger or closing that is planned for a day to come: members stay, and roles go on.

    Raises ValidationError when none is planned, or when it has begun.
    """
    (cluster,) = held([cluster])
    day = cluster.closed_on
    if day is None or day <= today():
        raise ValidationError(f"No end of {cluster} is planned for a day to come.")
    told = AuditEvent.objects.filter(subject_type=cluster._meta.label_lower, subject_id=cluster.pk, verb=CLOSED)
    event = told.order_by("-pk").first()
    undone = event.changes if event else {}
    before = audit.snapshot(cluster)
    ended = _ended_with(cluster, undone.get("memberships", {}))
    cluster.closed_on, cluster.closed_reason = None, ""
    cluster.save(update_fields=["closed_on", "closed_reason"])
    audit.record("cluster goes on", cluster, by=by, before=before)
    for takeover in Takeover.objects.filter(Q(before=cluster) | _through(cluster), starts_on=day):
        audit.record("merger taken back", takeover, by=by, detail={"starts_on": str(day)})
        takeover.delete()
    _give_back_members(ended, day, undone.get("begun", {}), by)
    give_back_roles(undone.get("roles_ended", {}), undone.get("roles_given", []), on=day, by=by)


def _ended_with(cluster: Cluster, before: Mapping[str, str | None]) -> list[tuple[Membership, date | None]]:
    """Memberships that its end ended, and until when each held before; with those that a practice list began since."""
    those = Q(pk__in=[int(pk) for pk in before]) | Q(end_reason=cluster.closed_reason)
    rows = Membership.objects.filter(those, cluster=cluster, ends_on=cluster.closed_on)
    until = {int(pk): date.fromisoformat(day) for pk, day in before.items() if day}
    return [(row, until.get(row.pk)) for row in rows.select_related("practice", "cluster__forum")]


def _give_back_members(
    ended: Iterable[tuple[Membership, date | None]], day: date, begun: Mapping[str, int], by: User | None
) -> None:
    """Each goes on as it was; `begun` says by id where those lead that began instead, which are taken back.

    A practice whose place from that day somebody decided since stays where that one says.
    """
    for row, until in ended:
        later = Membership.objects.filter(practice=row.practice_id, kind=row.kind, starts_on=day)
        instead = later.select_related("cluster__forum").first()
        if instead is None or begun.get(str(instead.pk)) == instead.cluster_id:
            take_back(instead, row, by, until=until)


def _through(cluster: Cluster) -> Q:
    """Rows that lead on from clusters which went on as this one."""
    earlier = Takeover.objects.filter(after=cluster).values_list("before", flat=True)
    heirs = Takeover.objects.filter(before=cluster).values_list("after", flat=True)
    return Q(before__in=list(earlier), after__in=list(heirs))


# --- The end of one --------------------------------------------------------------------------------


def _end(
    cluster: Cluster,
    members: list[Membership],
    to: Mapping[int, Cluster | None],
    ending: Ending,
    by: User | None,
    *,
    into: Cluster | None = None,
    roles_go_on: bool = False,
) -> None:
    by_practice = {row.practice_id: row for row in members}
    why = decided(ending.reason, ending.approved_by)

    def go(practice: Practice) -> Membership | None:
        target = into or to.get(practice.pk)
        if target is None:
            end_membership(by_practice[practice.pk], ending.on, why, by)
            return None
        with beside_own_fields(into):
            return move_practice(
                practice=practice,
                to=target,
                starts_on=ending.on,
                reason=ending.reason,
                leaving=cluster,
                approved_by=ending.approved_by,
                locality_reason=ending.locality_reason,
                by=by,
            )

    memberships, roles = _until(members), _until(roles_at([cluster], on=ending.on))
    begun = {str(row.pk): row.cluster_id for row in each_of([row.practice for row in members], go) if row}
    given = end_roles(cluster, on=ending.on, into=into if roles_go_on else None, by=by)
    if into:
        _take_over(cluster, into, ending.on, by)
    before = audit.snapshot(cluster)
    cluster.closed_on, cluster.closed_reason = ending.on, why
    cluster.save(update_fields=["closed_on", "closed_reason"])
    detail = {"memberships": memberships, "begun": begun, "roles_ended": roles, "roles_given": given}
    audit.record(CLOSED, cluster, by=by, before=before, detail=detail)


def _until(rows: Iterable[Membership | RoleAssignment]) -> dict[str, str | None]:
    """By id, the first day without each as it is known now."""
    return {str(row.pk): str(row.ends_on) if row.ends_on else None for row in rows}


def _take_over(cluster: Cluster, into: Cluster, on: date, by: User | None) -> None:
    """What went on as `cluster` leads on to the next as well."""
    earlier = Cluster.objects.filter(taken_over_by__after=cluster).exclude(pk=into.pk).select_related("forum")
    for before in (cluster, *earlier):
        row, is_new = Takeover.objects.get_or_create(before=before, after=into, defaults={"starts_on": on})
        if is_new:
            audit.record("cluster merged", row, by=by, detail={"starts_on": str(on)})
