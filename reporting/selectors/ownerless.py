"""What has no owner: held by somebody whose roles no longer reach it, and handed over to nobody (F34).

Worked out from roles as they are today, so it is seen too when a role simply ran out. Confidential matters never count.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from clusters.selectors.reach import reaches_of
from escalations.models import Escalation
from escalations.selectors import holders_by_forum
from meetings.rules import forums_of_today
from reporting.selectors.ownerless_query import ACTION, ASKED, PROJECT, QUESTION, RAISED, RUNG, Candidate, candidates

PAGES = {ACTION: "meetings:action_close", PROJECT: "qiplans:project"} | dict.fromkeys((QUESTION, ASKED), "meetings:ask")


# How two and more of a kind are called.
_MANY = {
    ACTION: "open actions",
    PROJECT: "projects without a lead",
    QUESTION: "questions waiting for a reply",
    ASKED: "questions to the HSCP",
    RAISED: "escalations raised for the cluster",
    RUNG: "escalations on a rung that nobody holds",
}


@dataclass(frozen=True)
class Alone:
    """One thing without an owner: who had it, since when they no longer reach it, and a role to hand it over from.

    `who_id` and `since` are None for a rung that nobody holds. `text` is for readers inside the cluster alone. Of an
    escalation, `about` is the person it is about, and `is_seen` says whether the reader may open it.
    """

    kind: str
    cluster: Cluster
    text: str
    path: str
    who_id: int | None = None
    since: date | None = None
    role_id: int | None = None
    about: int | None = None
    is_seen: bool = True


def alone_told(reach: Reach, clusters: Iterable[Cluster]) -> list[Alone]:
    """What has no owner in these clusters, as far as the reader may know of it.

    Nothing about the reader. Inside a cluster only escalations that they may open, and no rung above it.
    """
    inside = reach.clusters(Right.SEE_INSIDE)
    every = [one for one in alone_in(clusters, on=reach.day, reader=reach) if one.about != reach.person_id]
    return [one for one in every if one.cluster.pk not in inside or (one.who_id is not None and one.is_seen)]


def alone_in(clusters: Iterable[Cluster], *, on: date, reader: Reach | None = None) -> list[Alone]:
    """What has no owner in these clusters on a day. One query for any number of clusters; two more where somebody
    of them holds roles elsewhere, and two or three where a rung seems empty.
    """
    wanted = {cluster.pk: cluster for cluster in clusters}
    found = candidates(wanted, on=on, reader=reader) if wanted else []
    elsewhere = {one.held_by for one in found if one.has_roles}
    reaches = reaches_of([User(pk=pk) for pk in elsewhere], on=on)  # who holds a role today can sign in
    empty = _empty_rungs([one.pk for one in found if one.kind == RUNG], on)
    return [
        _alone(one, wanted[one.cluster], on)
        for one in found
        if (
            one.pk in empty
            if one.kind == RUNG
            else not _reaches(reaches.get(one.held_by or 0), one, wanted[one.cluster])
        )
    ]


def _reaches(reach: Reach | None, thing: Candidate, cluster: Cluster) -> bool:
    """Whether they still have a part where the thing is: for actions and questions put to them, above it too."""
    if reach is None:
        return False
    if thing.kind in (ACTION, QUESTION):
        return cluster.forum_id in forums_of_today(reach)
    return cluster.pk in reach.clusters(Right.SEE_INSIDE)


def _empty_rungs(escalations: list[int], on: date) -> set[int]:
    """Those of these that nobody can decide, beside who raised it, speaks for it or is meant by it."""
    rows = list(Escalation.objects.filter(pk__in=escalations).select_related("forum__locality")) if escalations else []
    holders = holders_by_forum({e.forum_id: e.forum for e in rows}.values(), on=on) if rows else {}
    aside = {e.pk: (e.raised_by_id, e.speaker_id, e.about_id) for e in rows}
    return {e.pk for e in rows if all(person.pk in aside[e.pk] for person in holders[e.forum_id])}


def _alone(one: Candidate, cluster: Cluster, on: date) -> Alone:
    name = PAGES.get(one.kind)
    return Alone(
        kind=one.kind,
        cluster=cluster,
        text=one.words,
        path=reverse(name, args=[one.pk]) if name else "",
        who_id=one.held_by,
        since=one.ended if one.ended and one.ended <= on else None,
        role_id=one.role,
        about=one.about,
        is_seen=one.may_open,
    )


@dataclass(frozen=True)
class Left:
    """What one person left in a cluster: how much of each kind, since when, and the role to hand it over from."""

    who: User | None
    since: date | None
    role_id: int | None
    counts: tuple[tuple[str, int], ...]
    things: tuple[Alone, ...]

    @property
    def total(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def phrases(self) -> list[str]:
        """How much of each kind, in words: "2 open actions"."""
        return [f"{number} {kind if number == 1 else _MANY[kind]}" for kind, number in self.counts]


def left_in(cluster: Cluster, reach: Reach) -> list[Left]:
    """What has no owner in a cluster, person by person. Words and links only for readers inside."""
    inside = cluster.pk in reach.clusters(Right.SEE_INSIDE)
    by_person: dict[int | None, list[Alone]] = defaultdict(list)
    for thing in alone_told(reach, [cluster]):
        by_person[thing.who_id].append(thing)
    people = User.objects.in_bulk([pk for pk in by_person if pk])
    return [_left(people.get(pk or 0), things, inside) for pk, things in by_person.items()]


def _left(who: User | None, things: list[Alone], inside: bool) -> Left:
    first = things[0]
    kinds = dict.fromkeys(thing.kind for thing in things)
    return Left(
        who=who,
        since=first.since,
        role_id=first.role_id,
        counts=tuple((kind, sum(thing.kind == kind for thing in things)) for kind in kinds),
        things=tuple(thing for thing in things if thing.path) if inside else (),
    )


@dataclass(frozen=True)
class Count:
    """How much has no owner in one cluster, and the earliest day since when."""

    cluster: Cluster
    total: int
    since: date | None


def counts_for(reach: Reach, clusters: Iterable[Cluster]) -> list[Count]:
    """Those of `clusters` in which something has no owner, with how much."""
    found: dict[int, list[Alone]] = defaultdict(list)
    for thing in alone_told(reach, clusters):
        found[thing.cluster.pk].append(thing)
    return [
        Count(things[0].cluster, len(things), min((t.since for t in things if t.since), default=None))
        for things in found.values()
    ]
