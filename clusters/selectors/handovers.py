"""What somebody holds through a role, who could take it over, and the handovers planned and carried out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.reach import Holding, Reach
from accounts.roles import Place, Right, Role
from clusters.models import Cluster, Handover, Membership, RoleAssignment
from clusters.plugs.handovers import Bundle, Leaving, bundles_of
from clusters.rules import WHO_KEEPS_ROLE, Scope, can_hand_over, registry_kept
from clusters.selectors.histories import with_places
from clusters.selectors.members import people_inside
from clusters.selectors.reach import cover_of, reach_of
from clusters.selectors.scopes import assignments_in
from practices.models import HSCP
from shared.doors import open_door

PART = (Right.SEE_INSIDE, Right.OVERSEE)


def leaving_of(held: RoleAssignment, *, from_day: date, today: date, by: Reach | None = None) -> Leaving:
    """What `held` covers on its last day (today, for one that goes on), and where its holder keeps a part after it.

    For `by` as far as they lead or keep what lies there; all of it without.
    """
    last = held.last_day if held.last_day and held.last_day < today else max(today, held.starts_on)
    cover = cover_of(held, on=last) or Holding(Role(held.role), held.place[0], held.place[1])
    cover = _in_charge_of(cover, by) if by else cover
    is_over = held.ends_on is not None and held.ends_on <= from_day
    after = reach_of(held.person, on=from_day, without=held if is_over else None)
    return Leaving(
        person=held.person,
        role=Role(held.role),
        from_day=from_day,
        forums=cover.forums,
        clusters=cover.clusters,
        hscps=cover.hscps,
        kept=after.forums(*PART),
        kept_inside=after.clusters(Right.SEE_INSIDE),
        is_over=is_over,
        by=by,
        by_keeper=by is None or _keeps(by, held),
    )


def _in_charge_of(cover: Holding, by: Reach) -> Holding:
    """The part of `cover` that `by` leads or keeps today: a practice's old cluster may lie out of their sight."""
    if by.everywhere(Right.KEEP_REGISTRY):
        return cover
    rights = (Right.KEEP_REGISTRY, Right.LEAD)
    above = _hscps_led(by)
    return replace(
        cover,
        forums=cover.forums & by.forums(*rights, past=True).union(*(h.forums_ever for h in above)),
        clusters=cover.clusters & by.clusters(*rights, past=True).union(*(h.clusters | h.past_clusters for h in above)),
        hscps=cover.hscps & by.hscps(Right.KEEP_REGISTRY).union(*(h.hscps for h in above)),
    )


def _hscps_led(reach: Reach) -> list[Holding]:
    return [h for h in reach.holdings if h.role is Role.HSCP_LEAD and h.place is Place.HSCP]


def _keeps(reach: Reach, held: RoleAssignment) -> bool:
    scope = registry_kept(reach)
    return scope.everything or assignments_in(scope, RoleAssignment.objects.filter(pk=held.pk)).exists()


def leaving_on(held: RoleAssignment, *, from_day: date, today: date, by: Reach | None = None) -> Leaving:
    """The same, as if the role ended the day before `from_day`: for a page that asks for the end."""
    as_ended = RoleAssignment.objects.select_related("person").get(pk=held.pk)
    as_ended.ends_on = min(from_day, held.ends_on or from_day)
    return leaving_of(as_ended, from_day=from_day, today=today, by=by)


def bundles_held(leaving: Leaving) -> list[Bundle]:
    """What passes on when this role is left, by kind."""
    return bundles_of(leaving)


def who_may_take_over(leaving: Leaving, *, on: date) -> QuerySet[User]:
    """Who may be named for one kind of thing: people of the clusters for a role inside, of the HSCPs for one above."""
    if leaving.role in (Role.CQL, Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER, Role.CLUSTER_SUPPORT, Role.MDT_MEMBER):
        near = Q(pk=None)
        for cluster in Cluster.objects.filter(pk__in=leaving.clusters):
            near |= Q(pk__in=people_inside(cluster, on=on).order_by().values("pk"))
    else:
        boards = HSCP.objects.filter(pk__in=leaving.hscps).order_by().values("board")
        rows = RoleAssignment.objects.on(on).filter(
            Q(hscp__in=leaving.hscps) | Q(locality__hscp__in=leaving.hscps) | Q(board__in=boards)
        )
        near = Q(pk__in=rows.values("person"))
    return User.objects.filter(near, is_active=True).exclude(pk=leaving.person.pk).order_by("full_name", "pk")


def role_to_hand_over(reach: Reach, pk: int) -> RoleAssignment:
    """A role that began, whose things the reader may hand over (404 out of reach, 403 for administrators' roles)."""
    return open_door(roles_near(reach), may=can_hand_over, reach=reach, sentence=WHO_KEEPS_ROLE, pk=pk)


def own_roles_to_hand_over(reach: Reach) -> set[int]:
    """Ids of the reader's own roles whose things they may hand over by themselves. One query."""
    return {held.pk for held in roles_near(reach).filter(person=reach.person_id) if can_hand_over(reach, held)}


def which_open(reach: Reach, roles: Iterable[int]) -> set[int]:
    """Ids of those of `roles` (ids) whose things the reader may hand over. One query."""
    return {held.pk for held in roles_near(reach).filter(pk__in=list(roles)) if can_hand_over(reach, held)}


def holds_another(held: RoleAssignment, *, on: date) -> bool:
    """Whether the holder has a role beside this one on a day, in which they could keep what they hold."""
    return RoleAssignment.objects.on(on).filter(person=held.person_id).exclude(pk=held.pk).exists()


def roles_near(reach: Reach) -> QuerySet[RoleAssignment]:
    """Roles that began where the reader may hand things over.

    Keepers of the registry hand over in their part, a Cluster Quality Lead in the cluster and its practices, an HSCP
    lead in the HSCP.
    """
    led = reach.clusters(Right.LEAD)
    members = Membership.objects.on(reach.day).filter(cluster__in=led).values("practice")
    hscps = reach.hscps(Right.KEEP_REGISTRY).union(*(h.hscps for h in _hscps_led(reach)))
    near = Q(cluster__in=led) | Q(practice__in=members)
    near |= Q(practice__hscp__in=hscps) | Q(cluster__lead_hscp__in=hscps) | Q(locality__hscp__in=hscps)
    near |= Q(hscp__in=hscps)
    rows = with_places(RoleAssignment.objects.standing().filter(starts_on__lte=reach.day))
    return rows if reach.everywhere(Right.KEEP_REGISTRY) else rows.filter(near)


def handovers_in(scope: Scope) -> QuerySet[Handover]:
    """The handovers of a part of the registry, newest first; administrators' only for who looks after all of it."""
    held = assignments_in(scope, RoleAssignment.objects.order_by())
    if not scope.everything:
        held = held.exclude(role=Role.REGISTRY_ADMIN)
    rows = Handover.objects.filter(held__in=held.values("pk"))
    return rows.select_related(
        "held__person",
        "held__practice",
        "held__cluster__forum",
        "held__locality",
        "held__hscp",
        "held__board",
        "successor",
        "planned_by",
    )


def planned_handover(held: RoleAssignment) -> Handover | None:
    """The handover that waits for the end of a role; None when none does."""
    rows = Handover.objects.filter(held=held, state=Handover.State.PLANNED)
    return rows.select_related("successor").first()


def due_handovers(*, on: date) -> list[Handover]:
    """Planned ones whose day has come, oldest first."""
    rows = Handover.objects.filter(state=Handover.State.PLANNED, from_day__lte=on)
    return list(rows.select_related("held__person").order_by("from_day", "pk"))


def day_after(last_day: date) -> date:
    """The first day without a role that is held up to and including `last_day`."""
    return last_day + timedelta(days=1)
