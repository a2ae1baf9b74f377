"""Every cluster that a reader above clusters reaches, in one row each. Derived wholly from what clusters logged.

What is visible upward whatever a cluster shares: the date of the last published meeting and of the next, how many
practices were represented (never who was away), how many actions are open, the state of the plan and of its projects,
how many questions wait. Numbers and states, never words: words come only from what was shared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster, Forum, RoleAssignment, Takeover
from clusters.selectors import clusters_within
from escalations.models import Escalation
from escalations.rules import holds
from escalations.selectors import escalations_within
from meetings.models import Action
from meetings.rules import OPENS_TO, forums_seen_from, may_answer
from meetings.selectors import waiting_asks
from meetings.selectors.heartbeat import beats_of
from qiplans.models import Emergency, Plan, Project
from qiplans.rules import OVER, is_open_above, plan_year_of
from qiplans.selectors.strategy import emergency_kind
from reporting.rules import can_see_ownerless
from reporting.selectors.ownerless import Count, counts_for
from reporting.selectors.timetable import counted, last_held
from reporting.selectors.tracker_rows import DECISION, REPLY, Help, Tracker, TrackerRow, Waiting

WITHOUT_LOCALITY = "No locality named"
_MEETING = ("pk", "forum_id", "held_on", "next_on", "share_level", "published_at", "represented", "members_then")


def tracker_of(reach: Reach) -> Tracker:
    """The tracker of a reader above clusters. Seven queries for any number of clusters, a few more where
    something may have no owner.
    """
    clusters = list(_clusters(reach))
    several = len({c.lead_hscp_id for c in clusters}) > 1
    by_forum = {c.forum_id: c.pk for c in clusters}
    news = _News(reach.day)
    beats = beats_of([c.forum for c in clusters], on=reach.day)
    meetings = {m["forum_id"]: m for m in last_held(by_forum, on=reach.day).values(*_MEETING)}
    waiting = _asks_waiting(reach, by_forum)
    escalations = list(_open_escalations(reach, clusters))
    projects = _projects(reach, clusters)
    for project in projects:
        if project["is_open"]:
            news.add(project["cluster"], project["updated_at"], project["moved_at"])
    rows = [
        _row(
            reach,
            cluster,
            meetings.get(cluster.forum_id),
            waiting[cluster.pk],
            [e for e in escalations if e.cluster_id == cluster.pk],
            [p for p in projects if p["cluster"] == cluster.pk],
            news,
            several,
        )
        for cluster in clusters
    ]
    alone = {count.cluster.pk: count for count in counts_for(reach, clusters)}
    rows = [_with_alone(reach, row, alone[row.cluster_id]) if row.cluster_id in alone else row for row in rows]
    rows = [replace(row, beat=beats.get(cluster.forum_id)) for row, cluster in zip(rows, clusters, strict=True)]
    return Tracker(tuple(sorted(rows, key=lambda r: (r.hscp, r.locality_id is None, r.locality, r.name))))


def _with_alone(reach: Reach, row: TrackerRow, count: Count) -> TrackerRow:
    """The row with what has no owner there, and for how long."""
    days = (reach.day - count.since).days if count.since else None
    how_long = f" for {days} day{'' if days == 1 else 's'}" if days is not None else ""
    path = reverse("reporting:ownerless", args=[row.slug]) if can_see_ownerless(reach, count.cluster) else row.path
    return replace(row, help_with=(*row.help_with, Help(f"{count.total} without an owner{how_long}", path)))


class _News:
    """The latest moment of anything logged, by cluster."""

    def __init__(self, day: date) -> None:
        self.latest: dict[int, date] = {}
        self.day = day

    def add(self, cluster: int, *moments: datetime | None) -> None:
        for moment in moments:
            if moment is not None:
                day = timezone.localdate(moment)
                self.latest[cluster] = max(self.latest.get(cluster, day), day)


def _clusters(reach: Reach) -> QuerySet[Cluster]:
    """Clusters that the reader oversees, each with the figures that one query can bring."""
    plan = Plan.objects.filter(cluster=OuterRef("pk"), year__lte=plan_year_of(reach.day)).order_by("-year")[:1]
    actions = Action.objects.live().filter(forum=OuterRef("forum"))
    carried = Takeover.objects.filter(
        after=OuterRef("pk"),
        starts_on__lte=reach.day,
        before__forum__actions__in=Action.objects.live().filter(state=Action.State.OPEN),
    )
    leads = RoleAssignment.objects.on(reach.day).filter(role=Role.CQL, cluster=OuterRef("pk"), person__is_active=True)
    latest = actions.order_by().values("forum").annotate(at=Max(Coalesce("closed_at", "added_at"))).values("at")
    return (
        clusters_within(reach)
        .filter(pk__in=reach.clusters(Right.OVERSEE))
        .annotate(
            quality_leads=counted(leads, "cluster"),
            open_actions=counted(actions.filter(state=Action.State.OPEN), "forum") + counted(carried, "after"),
            actions_at=Subquery(latest),
            plan_id=Subquery(plan.values("pk")),
            plan_year=Subquery(plan.values("year")),
            plan_state=Subquery(plan.values("state")),
            plan_at=Subquery(plan.values("agreed_at")),
            emergency=emergency_kind(reach.day),
        )
    )


def _asks_waiting(reach: Reach, by_forum: dict[int, int]) -> dict[int, list[Waiting]]:
    """Everybody above sees how many questions wait; the door to one opens to those who may answer it."""
    waiting: dict[int, list[Waiting]] = defaultdict(list)
    for ask in waiting_asks(by_forum).exclude(asked_by=reach.person_id).exclude(spokesperson=reach.person_id):
        path = reverse("meetings:ask", args=[ask.pk]) if may_answer(reach, ask) else None
        waiting[by_forum[ask.forum_id]].append(Waiting(REPLY, timezone.localdate(ask.asked_at), path))
    return waiting


def _open_escalations(reach: Reach, clusters: list[Cluster]) -> QuerySet[Escalation]:
    """Undecided ones that the reader may see. Confidential ones never: this table is exported and passed on."""
    undecided = escalations_within(reach).filter(state__in=Escalation.UNDECIDED, is_confidential=False)
    return undecided.filter(cluster__in=clusters)


def _projects(reach: Reach, clusters: list[Cluster]) -> list[dict[str, Any]]:
    """Projects of the plans shown; `is_open` says whether this reader may open it."""
    plans = [pk for c in clusters if (pk := c.plan_id)]  # type: ignore[attr-defined]
    found = (
        Project.objects.filter(priority__plan__in=plans)
        .order_by("pk")
        .values("pk", "state", "could_use_help_with", "share_level")
        .annotate(
            cluster=F("priority__plan__cluster"), updated_at=Max("updates__written_at"), moved_at=Max("steps__moved_at")
        )
    )
    return [p | {"is_open": is_open_above(reach, p["cluster"], p["share_level"])} for p in found]


def _row(
    reach: Reach,
    cluster: Any,
    meeting: dict[str, Any] | None,
    asks: list[Waiting],
    escalations: list[Escalation],
    projects: list[dict[str, Any]],
    news: _News,
    several: bool,
) -> TrackerRow:
    news.add(cluster.pk, cluster.actions_at, cluster.plan_at, meeting["published_at"] if meeting else None)
    row = TrackerRow(
        day=reach.day,
        cluster_id=cluster.pk,
        name=cluster.forum.name,
        slug=cluster.forum.slug,
        hscp_id=cluster.lead_hscp_id,
        hscp=str(cluster.lead_hscp),
        locality_id=cluster.locality_id,
        locality=cluster.locality.name if cluster.locality else WITHOUT_LOCALITY,
        starts_on=cluster.starts_on,
        group=_group(cluster, several),
        quality_leads=cluster.quality_leads,
        open_actions=cluster.open_actions,
        plan_year=cluster.plan_year,
        plan_state=Plan.State(cluster.plan_state).label if cluster.plan_state else "",
        meets_every_weeks=cluster.forum.meets_every_weeks,
        waiting=tuple(sorted([*asks, *_decisions(reach, escalations)], key=lambda w: w.since)),
        escalations_open=len(escalations),
        projects=_by_state(projects),
        help_with=tuple(_help(cluster, projects)),
        emergency=Emergency.Kind(cluster.emergency).label if cluster.emergency else "",
        updated_on=news.latest.get(cluster.pk),
    )
    return _with_meeting(row, meeting, may_read=_may_read(reach, meeting)) if meeting else row


def _group(cluster: Cluster, several: bool) -> str:
    locality = cluster.locality.name if cluster.locality else WITHOUT_LOCALITY
    return f"{cluster.lead_hscp}: {locality}" if several else locality


def _may_read(reach: Reach, meeting: dict[str, Any]) -> bool:
    """Whether the minutes are shared as far up as the reader stands: a cell never leads to a closed door."""
    opens_to = OPENS_TO[meeting["share_level"]]
    return any(meeting["forum_id"] in forums_seen_from(reach, audience) for audience in opens_to)


def _with_meeting(row: TrackerRow, meeting: dict[str, Any], *, may_read: bool) -> TrackerRow:
    name, arg = ("meetings:meeting", meeting["pk"]) if may_read else ("meetings:meeting_list", row.slug)
    return replace(
        row,
        last_on=meeting["held_on"],
        next_on=meeting["next_on"],
        last_path=reverse(name, args=[arg]),
        represented=meeting["represented"],
        members_then=meeting["members_then"],
    )


def _decisions(reach: Reach, escalations: list[Escalation]) -> Iterable[Waiting]:
    for escalation in escalations:
        above = escalation.forum.kind != Forum.Kind.CLUSTER
        if above and escalation.state in Escalation.WAITING and holds(reach, escalation):
            path = reverse("escalations:escalation", args=[escalation.reference])
            yield Waiting(DECISION, timezone.localdate(escalation.raised_at), path)


def _by_state(projects: list[dict[str, Any]]) -> tuple[tuple[str, int], ...]:
    counts = [(s.label, sum(p["state"] == s for p in projects)) for s in Project.State]
    return tuple((label, n) for label, n in counts if n)


def _help(cluster: Any, projects: list[dict[str, Any]]) -> Iterable[Help]:
    if not cluster.quality_leads:
        yield Help("no Cluster Quality Lead", reverse("reporting:cluster", args=[cluster.forum.slug]))
    for project in projects:
        asks = project["is_open"] and project["state"] not in OVER
        if asks and project["could_use_help_with"]:
            yield Help(project["could_use_help_with"], reverse("qiplans:project", args=[project["pk"]]))
