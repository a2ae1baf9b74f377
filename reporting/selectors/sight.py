"""Who can see what of a cluster today: roles held today, asked through the same rules that guard the doors."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from accounts.reach import Holding, Reach
from accounts.roles import Place, Right, Role
from clusters.models import Cluster
from clusters.rules import can_keep_registry, can_see_inside, can_see_registry, registry_seen
from meetings import rules as minutes
from meetings.models import Audience, Item, Meeting, ShareLevel
from qiplans.models import Project
from qiplans.rules import can_read_plan, is_open_above
from reporting.rules import can_see_above, can_see_audit
from reporting.selectors.sight_holders import roles_reaching


@dataclass(frozen=True)
class Holders:
    """People who hold the same role at the same place. `through` says why it reaches here from elsewhere.

    `where` is "" for roles in the cluster and its practices.
    """

    role: str
    people: tuple[User, ...]
    where: str = ""
    through: str = ""


@dataclass(frozen=True)
class Group:
    """Roles that let their holders see the same."""

    holders: tuple[Holders, ...]
    sees: tuple[str, ...]


@dataclass(frozen=True)
class Ring:
    """How near people stand: inside, the HSCP, the health board, or the keepers of the portal."""

    title: str
    note: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        return len({p.pk for group in self.groups for held in group.holders for p in held.people})


@dataclass(frozen=True)
class Shared:
    """How many minutes and projects are shared how far. `kept` items are told to readers inside only."""

    levels: tuple[tuple[str, int], ...]
    drafts: int
    kept: int | None
    projects: int
    projects_shared: int


@dataclass(frozen=True)
class Sight:
    """What the page says. `shared` is None for readers of the registry alone."""

    rings: tuple[Ring, ...]
    shared: Shared | None


INSIDE = "Inside the cluster"
HSCP_PEOPLE = "HSCP and locality"
BOARD_PEOPLE = "Health board"
KEEPERS = "Keepers of the portal"
NOTES = {
    INSIDE: "People who hold a role in the cluster or in one of its practices.",
    HSCP_PEOPLE: "They see what the cluster shares with the HSCP, and some figures whatever it shares.",
    BOARD_PEOPLE: "They see what the cluster shares with the health board, and the same figures.",
    KEEPERS: "They look after the portal for all clusters.",
}


def sight_of(cluster: Cluster, reach: Reach) -> Sight:
    """Everybody whose role reaches `cluster` on the reader's day, with what each role lets them see."""
    meetings = list(
        Meeting.objects.filter(forum=cluster.forum_id)
        .exclude(state__in=Meeting.NOT_HELD)
        .select_related(None)
        .order_by("pk")
    )
    projects = list(Project.objects.filter(priority__plan__cluster=cluster).select_related("priority__plan"))
    inside = can_see_inside(reach, cluster)
    told = inside or can_see_above(reach, cluster)
    found: dict[str, dict[tuple[str, ...], list[Holders]]] = defaultdict(lambda: defaultdict(list))
    for ring, sees, holders in _holders(cluster, reach, meetings, projects, told=told):
        found[ring][sees].append(holders)
    rings = (Ring(title, note, _groups(found[title])) for title, note in NOTES.items() if title in found)
    return Sight(
        rings=tuple(rings),
        shared=_shared(cluster, meetings, projects, inside=inside) if told else None,
    )


def _groups(found: dict[tuple[str, ...], list[Holders]]) -> tuple[Group, ...]:
    return tuple(Group(tuple(holders), sees) for sees, holders in found.items())


def _holders(
    cluster: Cluster, reach: Reach, meetings: list[Meeting], projects: list[Project], *, told: bool
) -> Iterator[tuple[str, tuple[str, ...], Holders]]:
    held: dict[tuple[Role, Place, str, str], dict[int, User]] = defaultdict(dict)
    for row, where, through in roles_reaching(cluster, on=reach.day):
        held[Role(row.role), row.place[0], where, through][row.person_id] = row.person
    order = list(Role)
    for (role, place, where, through), people in sorted(held.items(), key=lambda pair: order.index(pair[0][0])):
        as_held = Reach(None, reach.day, (_holding(role, place, cluster),))
        sees = tuple(_sees(as_held, cluster, meetings, projects, told=told))
        yield _ring(as_held, cluster, place), sees, Holders(role.label, tuple(people.values()), where, through)


def _holding(role: Role, place: Place, cluster: Cluster) -> Holding:
    """The role as if held by somebody whose reach is this one cluster: what the rules are asked with."""
    if place is Place.EVERYWHERE:
        return Holding(role, place)
    return Holding(role, place, None, frozenset({cluster.pk}), frozenset({cluster.forum_id}))


def _ring(as_held: Reach, cluster: Cluster, place: Place) -> str:
    if can_see_inside(as_held, cluster):
        return INSIDE
    if can_see_above(as_held, cluster):
        return BOARD_PEOPLE if place is Place.BOARD else HSCP_PEOPLE
    return KEEPERS


def _sees(
    as_held: Reach, cluster: Cluster, meetings: list[Meeting], projects: list[Project], *, told: bool
) -> Iterator[str]:
    if can_read_plan(as_held, cluster):
        yield _minutes(as_held, meetings, told)
        yield _actions(as_held, cluster)
        yield _plan(as_held, cluster, projects, told)
        yield _questions(as_held, cluster)
        yield _escalations(as_held)
    yield from _keeping(as_held)


def _minutes(as_held: Reach, meetings: list[Meeting], told: bool) -> str:
    published = [m for m in meetings if m.state == Meeting.State.PUBLISHED]
    read = [m for m in published if minutes.audience_of(as_held, m)]
    drafts = " and drafts" if any(minutes.can_write_up(as_held, m) for m in meetings) else ""
    if Audience.CLUSTER in {minutes.audience_of(as_held, m) for m in read} or _is_inside(as_held):
        return f"Minutes: all that are published{drafts}, with who was there"
    some = f" ({len(read)} of {len(published)} today)" if told else ""
    return (
        f"Minutes: only those shared with them{some}, without the items kept in the cluster. Of the others the date. "
        "How many practices were represented, never who was away"
    )


def _is_inside(as_held: Reach) -> bool:
    return as_held.has(Right.SEE_INSIDE)


def _actions(as_held: Reach, cluster: Cluster) -> str:
    if can_see_inside(as_held, cluster):
        return "Actions: all of the cluster’s"
    return "Actions: how many are open; the words only of those that they hold themselves"


def _plan(as_held: Reach, cluster: Cluster, projects: list[Project], told: bool) -> str:
    if can_see_inside(as_held, cluster):
        return "QI plan, projects and figures: all of them"
    shared = [p for p in projects if is_open_above(as_held, cluster.pk, p.share_level)]
    some = f" ({len(shared)} of {len(projects)} today)" if told else ""
    return f"QI plan: the priorities that a meeting agreed, and how many projects; the projects only where shared{some}"


def _questions(as_held: Reach, cluster: Cluster) -> str:
    if can_see_inside(as_held, cluster) or cluster.forum_id in minutes.forums_answered_for(as_held):
        return "Questions to the HSCP: all of the cluster’s, with the replies"
    if as_held.has(Right.ANSWER):
        return "Questions to the HSCP: those put to them by name, with the replies; of the others how many wait"
    return "Questions to the HSCP: how many wait, not what they say"


def _escalations(as_held: Reach) -> str:
    if as_held.has(Right.ANSWER) or as_held.has(Right.LEAD):
        return "Escalations: those on a rung that they hold, their own, and those they are let into"
    return "Escalations: only their own and those they are let into"


def _keeping(as_held: Reach) -> Iterator[str]:
    if can_see_registry(as_held):
        changes = " and change them" if can_keep_registry(as_held) else ""
        part = "" if registry_seen(as_held).everything else ", in their own part of Scotland"
        yield f"Practices, list sizes, membership and who holds which role{changes}{part}; no minutes, no plan"
    if can_see_audit(as_held):
        yield "The audit trail: who changed what and when, never the words"
    if as_held.has(Right.REDACT):
        yield "Words that they look for to black them out: each time is kept with who, when and why"


def _shared(cluster: Cluster, meetings: list[Meeting], projects: list[Project], *, inside: bool) -> Shared:
    published = [m for m in meetings if m.state == Meeting.State.PUBLISHED]
    kept = Item.objects.filter(meeting__in=[m.pk for m in published], is_kept_in_cluster=True)
    return Shared(
        levels=tuple((level.label, sum(m.share_level == level for m in published)) for level in ShareLevel),
        drafts=len(meetings) - len(published) if inside else 0,
        kept=kept.aggregate(n=Count("pk"))["n"] if inside else None,
        projects=len(projects),
        projects_shared=sum(p.share_level != Project.ShareLevel.CLUSTER for p in projects),
    )
