"""Places to look for people at, mailing lists, and the page of one person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Place, Role
from clusters.models import Cluster, Membership, RoleAssignment
from clusters.selectors.doors import clusters_within, practices_within
from clusters.selectors.people import hscps_around, people_matching, people_within
from clusters.selectors.places import Choices
from directory.models import Interest, NamedLink
from directory.reference.topics import roles_for
from directory.selectors.interests import interests_of
from practices.models import HSCP, HealthBoard, Locality
from shared.doors import open_door

LIST_HEADINGS = ("Name", "E-mail", "Roles", "Where")

At = Cluster | Locality | HSCP | HealthBoard


@dataclass(frozen=True)
class Held:
    """One role of somebody, and the page of its place: a URL name and its argument, or nothing where none opens."""

    code: str
    role: str
    where: str
    url_name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Listed:
    """Somebody on a mailing list."""

    name: str
    email: str
    roles: tuple[str, ...]
    places: tuple[str, ...]

    def line(self) -> tuple[str, str, str, str]:
        """What a download says under `LIST_HEADINGS`."""
        return self.name, self.email, "; ".join(self.roles), "; ".join(self.places)


@dataclass(frozen=True)
class PersonPage:
    """Somebody's roles of today side by side, what they declared, and the support areas that they are named for."""

    person: User
    held: tuple[Held, ...]
    interests: tuple[Interest, ...]
    links: tuple[NamedLink, ...]


# --- Places ----------------------------------------------------------------------------------------


def places_around(reach: Reach) -> Choices:
    """HSCPs, localities, clusters and health boards that the reader may look for people at, as choices of a select."""
    hscps = list(hscps_around(reach))
    localities = Locality.objects.filter(hscp__in=hscps).select_related("hscp").order_by("hscp__name", "name")
    clusters = clusters_within(reach).order_by("lead_hscp__name", "forum__name")
    boards = {h.board.code: h.board.name for h in sorted(hscps, key=lambda h: h.board.name)}
    groups: Choices = [
        ("Clusters", [(f"cluster:{c.forum.slug}", f"{c}, {c.lead_hscp}") for c in clusters]),
        ("Localities", [(f"locality:{place.pk}", f"{place}, {place.hscp}") for place in localities]),
        ("HSCPs", [(f"hscp:{h.code}", str(h)) for h in hscps]),
        ("Health boards", [(f"board:{code}", name) for code, name in boards.items()]),
    ]
    return [(name, rows) for name, rows in groups if rows]


@dataclass(frozen=True)
class Shortcut:
    """A mailing list that is often wanted, and the query of its address."""

    label: str
    query: str


_WANTED = {
    "HSCPs": (Role.CQL, "All Cluster Quality Leads of {}"),
    "Clusters": (Role.PQL, "All Practice Quality Leads of {}"),
    "Localities": (Role.PRACTICE_MANAGER, "All practice managers of {}"),
}
_FEW_PLACES = 6  # of a kind: who reaches more chooses from the list


def shortcuts(places: Choices) -> list[Shortcut]:
    """The lists that people want most often, where there are few places of a kind."""
    few = {kind: rows for kind, rows in places if len(rows) <= _FEW_PLACES}
    return [
        Shortcut(words.format(label), urlencode({"role": role.value, "place": value}))
        for kind, (role, words) in _WANTED.items()
        for value, label in few.get(kind, [])
    ]


def at_place(held: QuerySet[RoleAssignment], text: str, *, on: date) -> QuerySet[RoleAssignment]:
    """Those of `held` at the place that `text` stands for ("cluster:rowan") and at everything inside it."""
    kind, _, key = text.partition(":")
    members = Membership.objects.on(on).order_by().values("practice")
    if kind == Place.CLUSTER:
        inside = Q(cluster__forum__slug=key) | Q(practice__in=members.filter(cluster__forum__slug=key))
    elif kind == Place.LOCALITY:
        inside = (
            Q(locality=int(key))
            | Q(cluster__locality=int(key))
            | Q(practice__locality=int(key))
            | Q(practice__in=members.filter(cluster__locality=int(key)))
        )
    else:
        inside = _inside_hscps(HSCP.objects.filter(**{"code" if kind == Place.HSCP else "board__code": key}), on)
        inside |= Q(board__code=key) if kind == Place.BOARD else Q()
    return held.filter(inside)


def _inside_hscps(hscps: QuerySet[HSCP], on: date) -> Q:
    """At HSCPs, their localities and practices, and the clusters that they lead or have a practice in."""
    ids = hscps.order_by().values("pk")
    crossing = Membership.objects.on(on).filter(practice__hscp__in=ids).order_by().values("cluster")
    return (
        Q(hscp__in=ids)
        | Q(locality__hscp__in=ids)
        | Q(practice__hscp__in=ids)
        | Q(cluster__lead_hscp__in=ids)
        | Q(cluster__in=crossing)
    )


# --- Roles side by side ----------------------------------------------------------------------------


def held_by(people: Iterable[User], held: QuerySet[RoleAssignment], reach: Reach) -> dict[int, list[Held]]:
    """The roles of `people` among `held`, by person, with the pages of their places. Four queries."""
    rows = list(held.filter(person__in=people).order_by("starts_on", "pk"))
    pages = _pages(rows, reach)
    by_person: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        role, where = Role(row.role), str(row.where or "the whole portal")
        by_person[row.person_id].append(Held(role.value.lower(), role.label, where, *pages.get(row.place, ())))
    return by_person


Page = tuple[str, str]


def _pages(rows: list[RoleAssignment], reach: Reach) -> dict[tuple[Place, int | None], Page]:
    """URL name and argument of the page of each place that the reader may open; a locality stands on its HSCP's."""
    clusters = clusters_within(reach).filter(pk__in=[r.cluster_id for r in rows if r.cluster_id]).order_by()
    practices = practices_within(reach).filter(pk__in=[r.practice_id for r in rows if r.practice_id]).order_by()
    hscps = {hscp.pk: hscp.code for hscp in hscps_around(reach)}
    pages: dict[tuple[Place, int | None], Page] = {
        **{(Place.CLUSTER, c.pk): ("reporting:cluster", c.forum.slug) for c in clusters},
        **{(Place.PRACTICE, p.pk): ("reporting:practice", p.code) for p in practices},
        **{(Place.HSCP, pk): ("reporting:hscp", code) for pk, code in hscps.items()},
    }
    for row in rows:
        if row.locality and row.locality.hscp_id in hscps:
            pages[row.place] = "reporting:hscp", hscps[row.locality.hscp_id]
    return pages


def mailing_list(held: QuerySet[RoleAssignment]) -> list[Listed]:
    """Everybody who holds one of the roles, each once, by name. One query."""
    people: dict[int, User] = {}
    roles: dict[int, dict[str, None]] = defaultdict(dict)
    places: dict[int, dict[str, None]] = defaultdict(dict)
    for row in held.order_by("person__full_name", "person_id", "role", "starts_on"):
        people[row.person_id] = row.person
        roles[row.person_id][Role(row.role).label] = None
        places[row.person_id][str(row.where or "the whole portal")] = None
    return [Listed(p.full_name, p.email, tuple(roles[pk]), tuple(places[pk])) for pk, p in people.items()]


# --- One person ------------------------------------------------------------------------------------


def person_page(reach: Reach, pk: int) -> PersonPage:
    """Everything about somebody, for readers who reach one of their roles, and for themselves (404 for others).

    All of today's roles show, those out of reach too: what somebody does elsewhere is what declarations are for.
    Support areas show as far as the reader sees them.
    """
    known = Q(pk__in=people_within(reach).order_by().values("person")) | Q(pk=reach.person_id)
    person = open_door(User.objects.filter(known, is_active=True), pk=pk)
    every = RoleAssignment.objects.on(reach.day).select_related(
        "practice", "cluster__forum", "locality__hscp", "hscp", "board"
    )
    links = NamedLink.objects.on(reach.day).filter(
        person=person, area__retired_at__isnull=True, area__hscp__in=hscps_around(reach).order_by()
    )
    return PersonPage(
        person=person,
        held=tuple(held_by([person], every, reach)[person.pk]),
        interests=tuple(interests_of(person).on(reach.day)),
        links=tuple(links.select_related("area__hscp").order_by("area__hscp__name", "area__position")),
    )


def people_asked_for(held: QuerySet[RoleAssignment], text: str) -> QuerySet[RoleAssignment]:
    """The same, and those whose role what somebody typed leads to: "minutes" finds who takes them."""
    return people_matching(held, text) | held.filter(role__in=roles_for(text))
