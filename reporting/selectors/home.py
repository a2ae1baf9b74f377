"""The home page of one person, whatever roles they hold: one home, no "current role"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Place, Right, Role
from clusters.models import Cluster, RoleAssignment
from clusters.selectors import clusters_within, keepers_of, roles_of
from qiplans.selectors.led import Led, projects_led
from reporting.selectors.desk import Desk, desk_of
from reporting.selectors.need import Need
from reporting.selectors.needs import Owed, needs_of, owed_to
from reporting.selectors.timetable import Date, timetable_of
from reporting.selectors.tracker import tracker_of
from reporting.selectors.tracker_rows import Summary
from shared.dates import relative


@dataclass(frozen=True)
class NextMeeting:
    """A meeting to come, and whether the reader can prepare it."""

    date: Date
    said: str


@dataclass(frozen=True)
class Home:
    """All that the home page says. `administrators` is filled only for a person without any role.

    Where there is a `desk`, the meetings of its clusters stand on it, and not among the needs or in `coming`.
    """

    greeting: str
    who: tuple[str, ...]
    needs: tuple[Need, ...]
    owed: Owed | None
    coming: tuple[NextMeeting, ...]
    summary: Summary | None
    clusters: tuple[Cluster, ...]
    led: tuple[Led, ...]
    administrators: tuple[User, ...]
    has_role: bool
    can_escalate: bool
    is_analyst: bool
    desk: Desk | None


def home_of(person: User, reach: Reach, *, now: datetime) -> Home:
    """What needs `person`, at the local moment `now`."""
    held = roles_of(person, on=reach.day)
    timetable = timetable_of(reach)
    desk = desk_of(reach, timetable)
    on_desk = desk.forums if desk else frozenset()
    coming = [NextMeeting(d, relative(d.on, to=reach.day)) for d in timetable.coming() if d.forum.pk not in on_desk]
    return Home(
        greeting=greeting(now),
        who=tuple(_who(held, reach)),
        needs=tuple(needs_of(reach, None if desk else timetable)),
        owed=owed_to(reach),
        coming=tuple(coming),
        summary=tracker_of(reach).summary() if reach.has(Right.OVERSEE) else None,
        clusters=tuple(clusters_within(reach).filter(pk__in=reach.clusters(Right.SEE_INSIDE))),
        led=tuple(projects_led(reach)),
        administrators=() if held else tuple(keepers_of(None, on=reach.day)),
        has_role=bool(held),
        is_analyst=Role.ANALYST in reach.roles(),
        can_escalate=reach.has(Right.RAISE) or reach.has(Right.ANSWER),
        desk=desk,
    )


def greeting(now: datetime) -> str:
    """By the local time of day."""
    return "Good morning" if now.hour < 12 else "Good afternoon" if now.hour < 18 else "Good evening"


def _who(held: Iterable[RoleAssignment], reach: Reach) -> Iterator[str]:
    """One line a role; the many clusters of an administrator in one."""
    supported = [row for row in held if row.role == Role.CLUSTER_SUPPORT]
    many = len({row.cluster_id for row in supported})
    if many > 1:
        yield f"{Role.CLUSTER_SUPPORT.label} · {many} clusters"
    yield from dict.fromkeys(_line(row, reach) for row in held if many < 2 or row not in supported)


def _line(row: RoleAssignment, reach: Reach) -> str:
    """ "Cluster Quality Lead · Rowan cluster · East Strath · 7 practices"."""
    role = Role(row.role)
    parts = [role.label, str(row.where or "")]
    if row.cluster:
        parts = [role.label, f"{row.cluster} cluster", str(row.cluster.locality or row.cluster.lead_hscp)]
        parts.append(_practices(reach, row.cluster.pk))
    if row.locality:
        parts.append(str(row.locality.hscp))
    return " · ".join(part for part in parts if part)


def _practices(reach: Reach, cluster_id: int) -> str:
    held = (h.practices for h in reach.holdings if (h.place, h.place_id) == (Place.CLUSTER, cluster_id))
    members: frozenset[int] = frozenset().union(*held)
    return f"{len(members)} practice{'s' if len(members) != 1 else ''}" if members else ""
