"""The home page of one person, whatever roles they hold: one home, no "current role"."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster, RoleAssignment
from clusters.selectors import clusters_within, holders_of, roles_of
from reporting.selectors.needs import Need, Owed, needs_of, owed_to
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
    """All that the home page says. `administrators` is filled only for a person without any role."""

    greeting: str
    who: tuple[str, ...]
    needs: tuple[Need, ...]
    owed: Owed | None
    coming: tuple[NextMeeting, ...]
    summary: Summary | None
    clusters: tuple[Cluster, ...]
    administrators: tuple[User, ...]
    has_role: bool
    can_escalate: bool


def home_of(person: User, reach: Reach, *, now: datetime) -> Home:
    """What needs `person`, at the local moment `now`."""
    held = roles_of(person, on=reach.day)
    timetable = timetable_of(reach)
    coming = [NextMeeting(d, relative(d.on, to=reach.day)) for d in timetable.coming()]
    return Home(
        greeting=greeting(now),
        who=tuple(dict.fromkeys(_line(row, reach) for row in held)),
        needs=tuple(needs_of(reach, timetable)),
        owed=owed_to(reach),
        coming=tuple(coming),
        summary=tracker_of(reach).summary() if reach.has(Right.OVERSEE) else None,
        clusters=tuple(clusters_within(reach).filter(pk__in=reach.clusters(Right.SEE_INSIDE))),
        administrators=() if held else tuple(registry_administrators(reach)),
        has_role=bool(held),
        can_escalate=reach.has(Right.RAISE) or reach.has(Right.ANSWER),
    )


def greeting(now: datetime) -> str:
    """By the local time of day."""
    return "Good morning" if now.hour < 12 else "Good afternoon" if now.hour < 18 else "Good evening"


def registry_administrators(reach: Reach) -> list[User]:
    """Whom to ask about roles."""
    held = holders_of(Role.REGISTRY_ADMIN, on=reach.day).order_by("person__full_name")
    return list(dict.fromkeys(row.person for row in held))


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
    members = frozenset().union(*(h.practices for h in reach.holdings if h.place_id == cluster_id and h.clusters))
    return f"{len(members)} practice{'s' if len(members) != 1 else ''}" if members else ""
