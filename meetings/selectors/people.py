"""Who can come, who can be given an action, and who can be asked: what the log of a meeting offers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import PERMITS, Right, Role
from clusters.models import Cluster, Forum, Membership, RoleAssignment
from clusters.selectors import holders_of, members_of, people_inside, quality_leads_of
from meetings import rules
from meetings.models import Audience
from meetings.parsing import Candidate, person_names, practice_names
from practices.models import Practice

ANSWERING = tuple(role for role, rights in PERMITS.items() if Right.ANSWER in rights)
ABOVE = tuple(role for role, rights in PERMITS.items() if Right.OVERSEE in rights)


@dataclass(frozen=True)
class Seat:
    """A member practice at the table: its quality leads, and who may come in their place."""

    practice: Practice
    leads: tuple[User, ...] = ()
    deputies: tuple[User, ...] = ()


@dataclass(frozen=True)
class Setting:
    """All that the form about one meeting of a cluster needs to know."""

    cluster: Cluster
    held_on: date
    today: date
    seats: tuple[Seat, ...]
    inside: tuple[User, ...]
    above: tuple[tuple[User, str], ...]
    candidates: tuple[Candidate, ...] = field(default=())


def setting_of(cluster: Cluster, *, held_on: date, today: date) -> Setting:
    """The practices as they were on the day of the meeting; the people who can act as of today."""
    practices = list(members_of(cluster, on=held_on))
    leads = quality_leads_of(practices, on=held_on)
    deputies: dict[int | None, list[User]] = defaultdict(list)
    for held in holders_of(Role.DEPUTY, on=held_on, practice__in=practices).order_by("starts_on"):
        deputies[held.practice_id].append(held.person)
    seats = tuple(Seat(p, tuple(leads.get(p.pk, ())), tuple(deputies.get(p.pk, ()))) for p in practices)
    inside = tuple(people_inside(cluster, on=today))
    above = tuple(answerers_of(cluster, on=today))
    return Setting(cluster, held_on, today, seats, inside, above, _candidates(cluster, seats, inside, above, today))


def _candidates(
    cluster: Cluster,
    seats: Iterable[Seat],
    inside: Iterable[User],
    above: Iterable[tuple[User, str]],
    today: date,
) -> tuple[Candidate, ...]:
    leads = set(holders_of(Role.CQL, on=today, cluster=cluster).values_list("person", flat=True))
    people = {p.pk: p for p in [*inside, *(person for person, _ in above)]}
    extra = ("CQL", Role.CQL.label)
    return (
        *(Candidate(f"practice:{s.practice.pk}", _named(s), practice_names(s.practice.name)) for s in seats),
        *(
            Candidate(f"person:{pk}", p.full_name, person_names(p.full_name) + (extra if pk in leads else ()))
            for pk, p in people.items()
        ),
    )


def _named(seat: Seat) -> str:
    leads = ", ".join(p.full_name for p in seat.leads)
    return f"{seat.practice.name} ({leads})" if leads else seat.practice.name


def answerers_of(cluster: Cluster, *, on: date) -> list[tuple[User, str]]:
    """Who can answer for the HSCP or the board over this cluster, each with their role in words, nearest first."""
    held = _held_above(cluster, on=on).filter(role__in=ANSWERING, person__is_active=True)
    people: dict[int, tuple[User, str]] = {}
    order = (Role.HSCP_LEAD, Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD, Role.BOARD_LEAD)
    for row in sorted(held.select_related("person"), key=lambda r: (order.index(Role(r.role)), r.person.full_name)):
        people.setdefault(row.person_id, (row.person, Role(row.role).label))
    return list(people.values())


def asker_for(writer: User, reach: Reach, forum: Forum) -> User | None:
    """In whose name a question in the minutes of `forum` is asked.

    The writer's own where they may ask the HSCP; else that of the Cluster Quality Lead, for whom the administrator
    writes. None when nobody leads the cluster.
    """
    if rules.can_ask(reach, forum):
        return writer
    leads = holders_of(Role.CQL, on=reach.day, cluster__forum=forum).order_by("starts_on", "pk")
    held = leads.first()
    return held.person if held else None


def held_above_only(cluster: Cluster, *, on: date) -> dict[int, Audience]:
    """Ids of people who oversee the cluster from above and hold no role inside it, each with where they stand.

    Who stands both in an HSCP and at the board counts for the HSCP.
    """
    held = _held_above(cluster, on=on).filter(role__in=ABOVE).values_list("person", "board")
    above: dict[int, Audience] = {}
    for person, board in held:
        if board is None or person not in above:
            above[person] = Audience.HSCP if board is None else Audience.BOARD
    inside = set(people_inside(cluster, on=on).values_list("pk", flat=True)) if above else set()
    return {person: audience for person, audience in above.items() if person not in inside}


def _held_above(cluster: Cluster, *, on: date) -> QuerySet[RoleAssignment]:
    members = Membership.objects.on(on).filter(cluster=cluster)
    hscps = Q(hscp=cluster.lead_hscp_id) | Q(hscp__in=members.values("practice__hscp"))
    localities = Q(locality__in=members.values("practice__locality"))
    if cluster.locality_id:
        localities |= Q(locality=cluster.locality_id)
    boards = Q(board=cluster.lead_hscp.board_id) | Q(board__in=members.values("practice__hscp__board"))
    return RoleAssignment.objects.on(on).filter(hscps | localities | boards)
