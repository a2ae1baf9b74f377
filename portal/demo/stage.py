"""Where the story is told: the real rows behind its keys, and its days counted from today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster
from clusters.selectors import holders_of, members_of
from portal.demo.parts import Grouping
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.dates import is_working_day, today

# The story reaches back so far; everybody's roles and memberships begin before it.
STORY = timedelta(days=640)
NEAR = 14
ELSEWHERE = "one of our practices"


class Names(dict[str, str]):
    """Names for texts by key; a place that this stage lacks is some practice."""

    def __missing__(self, key: str) -> str:
        return ELSEWHERE


@dataclass
class Stage:
    """Keys of the story to rows of the database. What a small HSCP has no cluster for is simply not told."""

    lead: HSCP
    neighbour: HSCP
    since: date
    now: date = field(default_factory=today)
    groupings: dict[str, Grouping] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    practices: dict[str, list[Practice]] = field(default_factory=dict)
    practice: dict[str, Practice] = field(default_factory=dict)
    localities: dict[str, Locality] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @property
    def board(self) -> HealthBoard:
        return self.lead.board

    def say(self, text: str) -> str:
        """The text with the names of this stage in it."""
        return text.format_map(self.names)

    # --- Days --------------------------------------------------------------------------------------

    def ago(self, days: int, weekday: int | None = None) -> date:
        """A working day `days` back or a little earlier; further back on the cluster's own day of the week."""
        day = self.now - timedelta(days=days)
        if weekday is not None and days > NEAR:
            day -= timedelta(days=(day.weekday() - weekday) % 7)
        return _working(day)

    def working_days_ago(self, count: int) -> date:
        """The day from which `count` working days have gone by until today."""
        day = self.now
        while count > 0:
            count -= is_working_day(day)
            day -= timedelta(days=1)
        return _working(day)

    def at(self, day: date, hour: int = 18, minute: int = 10) -> datetime:
        """A moment on `day` in Scotland, never later than now."""
        moment = datetime.combine(day, time(hour, minute), timezone.get_current_timezone())
        return min(moment, timezone.now())

    def after(self, day: date, days: int) -> date:
        """The working day that lies `days` after `day`, or the one before it."""
        return _working(day + timedelta(days=days))

    # --- Who and where -----------------------------------------------------------------------------

    def place(self, key: str) -> Any:
        """The row for the place of a role; None for a role that is held everywhere. Raises KeyError."""
        return self._places()[key]

    def has_place(self, key: str) -> bool:
        return key in self._places()

    def _places(self) -> dict[str, Any]:
        fixed = {"hscp": self.lead, "neighbour": self.neighbour, "board": self.board, "everywhere": None}
        return {**fixed, **self.clusters, **self.practice, **self.localities}

    def led_by(self, cluster: str, on: date) -> User:
        """Who writes for a cluster on a day: its first lead, else the administrator."""
        held = holders_of(Role.CQL, on=on, cluster=self.clusters[cluster]).order_by("pk").first()
        return held.person if held else self.people["morag"]

    def somebody(self, cluster: str, who: str, on: date) -> User:
        """The person behind "callum", "cql" or "pql 3"; the cluster's lead where there is nobody of that kind."""
        kind, _, number = who.partition(" ")
        found = self.people.get(who)
        if kind == "pql":
            found = self.quality_lead(self.numbered(cluster, int(number)), on)
        return found or self.led_by(cluster, on)

    def numbered(self, cluster: str, number: int) -> Practice:
        """The practice with that number in the cluster; counting begins again where a cluster is smaller."""
        rows = self.practices[cluster]
        return rows[(number - 1) % len(rows)]

    def chosen(self, cluster: str, numbers: Iterable[int]) -> list[Practice]:
        """The practices with these numbers, as far as the cluster has them."""
        rows = self.practices[cluster]
        return [rows[n - 1] for n in numbers if n <= len(rows)]

    def quality_lead(self, practice: Practice, on: date) -> User | None:
        held = holders_of(Role.PQL, on=on, practice=practice).order_by("pk").first()
        return held.person if held else None

    def members(self, cluster: str, on: date) -> list[tuple[int | None, Practice]]:
        """The practices of a cluster on a day, each with its number (from 0) in the story, None for a former one."""
        places = {practice.pk: n for n, practice in enumerate(self.practices[cluster])}
        return [(places.get(p.pk), p) for p in members_of(self.clusters[cluster], on=on)]


def _working(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
