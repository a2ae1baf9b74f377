"""The tracker as values: one row a cluster, what it says in words, and how rows are narrowed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.urls import reverse

from meetings.rules import Beat, Pulse
from shared.dates import months_before, relative, working_days_between

NO_MEETING_MONTHS = 4
USUAL_MONTHS = 2  # between two meetings, where the cluster has not said how often it meets
REPLY, DECISION = "reply", "decision"


class Narrowing(StrEnum):
    """Shortcuts of the line above the table."""

    WAITING = "waiting"
    NO_CQL = "no-cql"
    NO_MEETING = "no-meeting"
    HELP = "help"


@dataclass(frozen=True)
class Waiting:
    """One thing that a cluster waits for from above: a reply to a question, or a decision on an escalation."""

    kind: str
    since: date
    path: str | None


@dataclass(frozen=True)
class Help:
    """Something a cluster could use help with; `path` leads to where it is said."""

    text: str
    path: str = ""


@dataclass(frozen=True)
class TrackerRow:
    """One cluster on one day."""

    day: date
    cluster_id: int
    name: str
    slug: str
    hscp_id: int
    hscp: str
    locality_id: int | None
    locality: str
    starts_on: date
    group: str
    quality_leads: int
    open_actions: int
    plan_year: int | None
    plan_state: str
    meets_every_weeks: int | None
    last_on: date | None = None
    next_on: date | None = None
    beat: Beat | None = None
    last_path: str = ""
    represented: int = 0
    members_then: int = 0
    waiting: tuple[Waiting, ...] = ()
    escalations_open: int = 0
    projects: tuple[tuple[str, int], ...] = ()
    help_with: tuple[Help, ...] = ()
    emergency: str = ""
    updated_on: date | None = None

    @property
    def path(self) -> str:
        return reverse("reporting:cluster", args=[self.slug])

    @property
    def waiting_days(self) -> int:
        """Working days that the oldest thing has waited; -1 when nothing waits, so that it sorts last."""
        return max((working_days_between(w.since, self.day) for w in self.waiting), default=-1)

    @property
    def waiting_text(self) -> str:
        replies = sum(w.kind == REPLY for w in self.waiting)
        decisions = len(self.waiting) - replies
        parts = [_several(replies, "reply", "replies")] if replies else []
        parts += [_several(decisions, "decision", "decisions")] if decisions else []
        return f"{' and '.join(parts)}, {_working_days(self.waiting_days)}" if parts else "nothing"

    @property
    def waiting_path(self) -> str | None:
        """To the thing itself where it is one, else to the cluster's list; nothing waiting leads nowhere."""
        if len(self.waiting) == 1 and self.waiting[0].path:
            return self.waiting[0].path
        return f"{self.path}#waiting" if self.waiting else None

    @property
    def is_due(self) -> bool:
        """Whether the next meeting should have been by now: that of its series and the grace time after it; without a
        series its date has passed, or its usual interval has.
        """
        if self.beat:
            return self.beat.pulse is Pulse.MISSED
        if self.next_on:
            return self.next_on < self.day
        if self.last_on is None:
            return False
        if self.meets_every_weeks:
            return self.last_on + timedelta(weeks=self.meets_every_weeks) < self.day
        return self.last_on < months_before(self.day, USUAL_MONTHS)

    @property
    def last_text(self) -> str:
        if self.last_on is None:
            return "no meeting yet"
        days = (self.day - self.last_on).days
        said = relative(self.last_on, to=self.day) if days < 2 else f"{days} days ago"
        return f"{said}, due" if self.is_due else said

    @property
    def days_since_meeting(self) -> int:
        return (self.day - (self.last_on or date(2000, 1, 1))).days

    @property
    def next_day(self) -> date | None:
        """When it meets next: what is planned, what a series says, or what the last minutes named."""
        return self.beat.day_told(inside=False) if self.beat else self.next_on

    @property
    def next_text(self) -> str:
        if self.next_day is None:
            return "no date yet"
        said = relative(self.next_day, to=self.day)
        return f"was due {said}" if self.next_day < self.day else said

    @property
    def next_sort(self) -> date:
        return self.next_day or date.max

    @property
    def practices_text(self) -> str:
        return f"{self.represented} of {self.members_then}" if self.last_on else "–"

    @property
    def practices_share(self) -> float:
        return self.represented / self.members_then if self.members_then else -1.0

    @property
    def plan_path(self) -> str:
        return reverse("qiplans:plan", args=[self.slug])

    @property
    def plan_text(self) -> str:
        """The state of the plan; in an emergency with its kind, so that less activity is not read as failure."""
        year = self.plan_year
        said = f"{self.plan_state.lower()} {year}/{(year + 1) % 100:02}" if year else "no plan yet"
        return f"{said} · {self.emergency.lower()}" if self.emergency else said

    @property
    def projects_text(self) -> str:
        return ", ".join(f"{n} {state.lower()}" for state, n in self.projects) or "none"

    @property
    def projects_count(self) -> int:
        return sum(n for _, n in self.projects)

    @property
    def updated_days(self) -> int | None:
        return (self.day - self.updated_on).days if self.updated_on else None

    @property
    def updated_text(self) -> str:
        return relative(self.updated_on, to=self.day) if self.updated_on else "never"

    @property
    def updated_sort(self) -> int:
        return self.updated_days if self.updated_days is not None else 10**6

    @property
    def help_text(self) -> str:
        return "; ".join(h.text for h in self.help_with) or "–"

    @property
    def help_path(self) -> str | None:
        """To the only thing where there is one, else to the cluster."""
        return self.help_with[0].path if len(self.help_with) == 1 else self.path if self.help_with else None

    @property
    def help_count(self) -> int:
        return len(self.help_with)

    @property
    def has_long_gap(self) -> bool:
        """No published meeting for four months, and the cluster is at least that old."""
        since = months_before(self.day, NO_MEETING_MONTHS)
        return self.starts_on < since and (self.last_on is None or self.last_on < since)


@dataclass(frozen=True)
class Summary:
    """The line above the table."""

    waiting: int
    oldest: int
    no_cql: int
    no_meeting: int
    months: int = NO_MEETING_MONTHS


@dataclass(frozen=True)
class Tracker:
    """All rows of a reader, grouped by HSCP (where there are several) and locality, ordered by name."""

    rows: tuple[TrackerRow, ...]
    is_narrowed: bool = False

    def hscps(self) -> list[tuple[int, str]]:
        return sorted({(r.hscp_id, r.hscp) for r in self.rows}, key=lambda pair: pair[1])

    def localities(self) -> list[tuple[int, str]]:
        named = {(r.locality_id, r.locality) for r in self.rows if r.locality_id}
        return sorted(named, key=lambda pair: pair[1])  # type: ignore[return-value, arg-type]

    def summary(self) -> Summary:
        """What the reader's side owes and where help is needed, over every row."""
        return Summary(
            waiting=sum(len(r.waiting) for r in self.rows),
            oldest=max((r.waiting_days for r in self.rows), default=0),
            no_cql=sum(not r.quality_leads for r in self.rows),
            no_meeting=sum(r.has_long_gap for r in self.rows),
        )

    def narrowed(
        self, *, q: str = "", hscp: int | None = None, locality: int | None = None, only: str = ""
    ) -> "Tracker":
        """The rows that match all that is given."""
        rows = [
            row
            for row in self.rows
            if (not q or q.casefold() in row.name.casefold())
            and (not hscp or row.hscp_id == hscp)
            and (not locality or row.locality_id == locality)
            and (not only or _MATCHES[Narrowing(only)](row))
        ]
        return replace(self, rows=tuple(rows), is_narrowed=bool(q or hscp or locality or only))


_MATCHES = {
    Narrowing.WAITING: lambda row: bool(row.waiting),
    Narrowing.NO_CQL: lambda row: not row.quality_leads,
    Narrowing.NO_MEETING: lambda row: row.has_long_gap,
    Narrowing.HELP: lambda row: bool(row.help_with),
}


def _several(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def _working_days(days: int) -> str:
    return "since today" if days < 1 else _several(days, "working day", "working days")
