"""One forum on the map of the system, in words: who, decides what, how often, what flows up and how it comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from clusters.models import Forum
from clusters.selectors.forums import SERVED
from clusters.selectors.seats import Seat, seats_by_forum
from escalations.selectors import holders_by_forum
from escalations.selectors.forums import Standing
from reporting.reference import BESIDE, WAY_UP, Guide

GUIDES = {guide.kind: guide for guide in WAY_UP}
LOCALITY, HSCP, BOARD = range(3)


@dataclass(frozen=True)
class Station:
    """One forum on the map, with the words under its box."""

    forum: Forum
    seats: Sequence[Seat]
    decides: str
    meets: str
    rung: str
    up: Sequence[str]
    back: str

    @property
    def who(self) -> str:
        """Everybody who sits there, each once."""
        return (
            ", ".join(dict.fromkeys(seat.who for seat in self.seats if not seat.has_left))
            or "nobody is known to sit there"
        )


@dataclass(frozen=True)
class Ground:
    """What stations are made from, by forum id; `waiting` counts escalations that the reader may open."""

    forums: Sequence[Forum]
    seats: Mapping[int, list[Seat]]
    holders: Mapping[int, list[User]]
    rungs: Mapping[int, Standing]
    waiting: Mapping[int, int]

    def of_kind(self, *kinds: str) -> list[Station]:
        """The stations of these kinds: those of a locality first, then of an HSCP, then of a health board."""
        return [_station(forum, self) for forum in self.forums if forum.kind in kinds]


def forums_there(place: Q, *, on: date) -> list[Forum]:
    """The open forums at a place, clusters excepted, nearest first."""
    found = Forum.objects.open_on(on).filter(place).exclude(kind=Forum.Kind.CLUSTER).select_related(*SERVED).distinct()
    return sorted(found, key=lambda forum: (_nearness(forum), forum.name))


def _nearness(forum: Forum) -> int:
    if forum.locality_id:
        return LOCALITY
    return HSCP if forum.hscp_id else BOARD


def ground_of(
    forums: Sequence[Forum], *, rungs: Mapping[int, Standing], waiting: Mapping[int, int], on: date
) -> Ground:
    """Who sits in and decides at all of `forums`: four queries, however many."""
    holders = holders_by_forum([forum for forum in forums if forum.pk in rungs], on=on)
    return Ground(forums, seats_by_forum(forums, on=on), holders, rungs, waiting)


def _station(forum: Forum, ground: Ground) -> Station:
    guide = GUIDES.get(forum.kind)
    usual = guide.decides if guide else BESIDE.get(forum.kind, "")
    standing = ground.rungs.get(forum.pk)
    return Station(
        forum=forum,
        seats=ground.seats[forum.pk],
        decides=forum.responsibilities or forum.purpose or f"Usually: {usual}",
        meets=_meets(forum),
        rung=f"Escalations: rung {standing.position}, {standing.days} working days" if standing else "",
        up=_up(forum, guide, standing, ground),
        back=_back(forum, guide),
    )


def _meets(forum: Forum) -> str:
    weeks = forum.meets_every_weeks
    if weeks is None:
        return "Nobody has said how often."
    return "Every week." if weeks == 1 else f"Every {weeks} weeks."


def _up(forum: Forum, guide: Guide | None, standing: Standing | None, ground: Ground) -> list[str]:
    said = [guide.up] if guide else []
    if standing:
        who = " or ".join(str(person) for person in ground.holders.get(forum.pk, []))
        decided = f"decided by {who}." if who else "▲ nobody can decide them."
        said.append(f"Escalations, rung {standing.position}: {standing.days} working days to decide, {decided}")
    if waiting := ground.waiting.get(forum.pk, 0):
        many = "1 escalation" if waiting == 1 else f"{waiting} escalations"
        said.append(f"{many} of this cluster that you can read wait{'s' if waiting == 1 else ''} here.")
    return said


def _back(forum: Forum, guide: Guide | None) -> str:
    if forum.outputs:
        return forum.outputs
    usual = f"Usually: {guide.back} " if guide else ""
    return f"{usual}What happens here is not written down yet."
