"""Who can come, who can be given an action, and who can be asked: what the log of a meeting offers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.text import slugify

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import PERMITS, Right, Role
from clusters.models import Cluster, Forum, Membership, RoleAssignment, holds_on
from clusters.selectors import holders_of, members_of, people_inside
from clusters.selectors.hostings import with_hosts
from clusters.selectors.seats import Seat as ForumSeat
from clusters.selectors.seats import seats_of
from meetings import rules
from meetings.models import Audience
from meetings.parsing import Candidate, person_names, practice_names
from practices.models import HSCP, Practice

ANSWERING = tuple(role for role, rights in PERMITS.items() if Right.ANSWER in rights)
ABOVE = tuple(role for role, rights in PERMITS.items() if Right.OVERSEE in rights)
NEAREST = (Role.HSCP_LEAD, Role.LOCALITY_MANAGER, Role.CLINICAL_LEAD, Role.BOARD_LEAD)
# What a sentence calls every practice.
EVERYBODY = ("Every practice", "All practices", "Everybody", "Everyone", "All")


@dataclass(frozen=True)
class Seat:
    """A place at the table, under its name: that of a member practice with its quality leads, their deputies, and who
    else of it may come; in a forum without practices that of a member, who is its one lead if they can sign in.
    """

    name: str
    practice: Practice | None = None
    leads: tuple[User, ...] = ()
    deputies: tuple[User, ...] = ()
    others: tuple[User, ...] = ()

    @property
    def key(self) -> str:
        """What the seat is called in a form."""
        if self.practice:
            return f"practice-{self.practice.pk}"
        return f"member-{self.leads[0].pk}" if self.leads else f"seat-{slugify(self.name)}"


@dataclass(frozen=True)
class Setting:
    """All that the form about one meeting of a forum needs to know; `cluster` is None where it is no cluster."""

    forum: Forum
    cluster: Cluster | None
    held_on: date
    today: date
    seats: tuple[Seat, ...]
    inside: tuple[User, ...]
    above: tuple[tuple[User, str], ...]
    candidates: tuple[Candidate, ...] = field(default=())

    @property
    def seat_word(self) -> str:
        """What the seats are those of."""
        return "practices" if self.cluster else "members"


def setting_of(forum: Forum, *, held_on: date, today: date) -> Setting:
    """The practices or members as they were on the day of the meeting; the people who can act as of today."""
    cluster = getattr(forum, "cluster", None)
    return _of_cluster(cluster, held_on, today) if cluster else _of_forum(forum, held_on, today)


def _of_forum(forum: Forum, held_on: date, today: date) -> Setting:
    """Members are given actions; nobody is asked as the HSCP, which sits there itself."""
    members = {_key(s): Seat(s.who, leads=(s.person,) if s.person else ()) for s in seats_of(forum, on=held_on)}
    inside = tuple({s.person.pk: s.person for s in seats_of(forum, on=today) if s.person}.values())
    return Setting(forum, None, held_on, today, tuple(members.values()), inside, (), _people(inside))


def _key(seat: ForumSeat) -> object:
    return seat.person.pk if seat.person else seat.who


def _people(people: Iterable[User], extra: Mapping[int, tuple[str, ...]] | None = None) -> tuple[Candidate, ...]:
    also = extra or {}
    return tuple(
        Candidate(f"person:{p.pk}", p.full_name, person_names(p.full_name) + also.get(p.pk, ())) for p in people
    )


def _of_cluster(cluster: Cluster, held_on: date, today: date) -> Setting:
    practices = list(members_of(cluster, on=held_on))
    held = _roles_around(cluster, practices, held_on, today)
    at_table = _at_table(held)
    seats = tuple(
        Seat(p.name, p, *(tuple(at_table[p.pk, role]) for role in (Role.PQL, Role.DEPUTY, Role.MDT_MEMBER)))
        for p in practices
    )
    inside = tuple(dict.fromkeys(row.person for row in held if row.is_inside))
    above = tuple(_nearest_first(row for row in held if row.is_above and row.role in ANSWERING))
    leads = {row.person_id for row in held if row.is_inside and row.role == Role.CQL}
    return Setting(
        cluster.forum, cluster, held_on, today, seats, inside, above, _candidates(seats, inside, above, leads)
    )


def _roles_around(cluster: Cluster, practices: list[Practice], held_on: date, today: date) -> list[Any]:
    """Roles by the names of the people, each with three answers; one query.

    `is_at_table`: held at one of `practices` on the day of the meeting. `is_inside` and `is_above`: held today in the
    cluster or a practice of it, and above it.
    """
    members = Membership.objects.on(today).filter(cluster=cluster)
    inside = Q(cluster=cluster) | Q(practice__in=members.values("practice"))
    sides = {
        "is_at_table": Q(practice__in=practices) & holds_on(held_on),
        "is_inside": inside & holds_on(today),
        "is_above": _above(cluster, on=today) & holds_on(today),
    }
    columns = {name: ExpressionWrapper(side, output_field=BooleanField()) for name, side in sides.items()}
    any_side = Q(*((name, True) for name in sides), _connector=Q.OR)
    able = RoleAssignment.objects.standing().filter(person__is_active=True).select_related("person")
    return list(able.annotate(**columns).filter(any_side).order_by("person__full_name", "pk"))


def _at_table(held: Iterable[Any]) -> dict[tuple[int, str], list[User]]:
    """Who comes for a practice, by practice and role, who held the role longest first."""
    found: dict[tuple[int, str], list[User]] = defaultdict(list)
    for row in sorted((row for row in held if row.is_at_table), key=lambda row: row.starts_on):
        found[row.practice_id, row.role].append(row.person)
    return found


def _candidates(
    seats: Iterable[Seat], inside: Iterable[User], above: Iterable[tuple[User, str]], leads: Iterable[int]
) -> tuple[Candidate, ...]:
    people = dict.fromkeys([*inside, *(person for person, _ in above)])
    extra = dict.fromkeys(leads, ("CQL", Role.CQL.label))
    return (
        Candidate("every:practice", "Every practice", EVERYBODY),
        *(Candidate(f"practice:{s.practice.pk}", _named(s), practice_names(s.name)) for s in seats if s.practice),
        *_people(people, extra),
    )


def _named(seat: Seat) -> str:
    leads = ", ".join(p.full_name for p in seat.leads)
    return f"{seat.name} ({leads})" if leads else seat.name


def answerers_of(cluster: Cluster, *, on: date) -> list[tuple[User, str]]:
    """Who can answer for the HSCP or the board over this cluster, each with their role in words, nearest first."""
    held = _held_above(cluster, on=on).filter(role__in=ANSWERING, person__is_active=True)
    return _nearest_first(held.select_related("person"))


def _nearest_first(held: Iterable[RoleAssignment]) -> list[tuple[User, str]]:
    people: dict[int, tuple[User, str]] = {}
    for row in sorted(held, key=lambda r: (NEAREST.index(Role(r.role)), r.person.full_name)):
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


def hscp_only(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """People of the HSCP who oversee the cluster that day and hold no role inside it. No query of its own."""
    held = _held_above(cluster, on=on).filter(role__in=ABOVE, board=None)
    inside = people_inside(cluster, on=on).order_by()
    return User.objects.filter(pk__in=held.values("person")).exclude(pk__in=inside.values("pk")).order_by()


def _held_above(cluster: Cluster, *, on: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.on(on).filter(_above(cluster, on=on))


def _above(cluster: Cluster, *, on: date) -> Q:
    """That a role's place lies above the cluster that day. No query of its own."""
    members = Membership.objects.on(on).filter(cluster=cluster)
    own = HSCP.objects.filter(Q(pk=cluster.lead_hscp_id) | Q(pk__in=members.values("practice__hscp")))
    hscps = Q(hscp__in=with_hosts(own.order_by().values("pk"), on=on))
    localities = Q(locality__in=members.values("practice__locality"))
    if cluster.locality_id:
        localities |= Q(locality=cluster.locality_id)
    boards = Q(board__in=HSCP.objects.filter(pk=cluster.lead_hscp_id).order_by().values("board")) | Q(
        board__in=members.values("practice__hscp__board")
    )
    return hscps | localities | boards
