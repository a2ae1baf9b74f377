"""Support areas, who is named for each, and whom to ask about something."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.rules import Scope
from clusters.selectors.hostings import hostings_around
from clusters.selectors.people import hscps_around, people_within
from directory.models import NamedLink, SupportArea
from directory.plugs import UrgentContacts, urgent_contacts
from directory.reference.topics import BY_CODE, fits, is_urgent, plain, topics_for
from directory.rules import directory_kept
from practices.models import HSCP
from shared.doors import open_door

FEW_HSCPS = 3  # up to so many are shown at once; who sees more chooses one
_TELLING = 4  # shorter words of a description lead nowhere: "the", "of"
_TELLS_NOTHING = frozenset(
    "about cluster clusters have help helps other people practice practices that their them they this what when with"
    " work your from".split()
)
KEEPERS_ONLY = "Your role lets you read this. A lead of the HSCP or a registry administrator can change it."


@dataclass(frozen=True)
class Area:
    """A support area and who is named for it today."""

    area: SupportArea
    links: tuple[NamedLink, ...]

    def fits(self, typed: str, topics: Collection[str]) -> bool:
        """Whether what somebody typed leads here: by its topic, its name, or what it or its links help with."""
        said = [self.area.name, *(link.helps_with for link in self.links)]
        usual = BY_CODE.get(self.area.topic)
        if usual is None or usual.helps_with != self.area.helps_with:
            said.append(self.area.helps_with)
        words = {word for text in said for word in plain(text).split() if len(word) >= _TELLING}
        return self.area.topic in topics or fits(typed, [self.area.name, *(words - _TELLS_NOTHING)])


@dataclass(frozen=True)
class Support:
    """The areas of one HSCP, or those that fit, who can name a link, and where urgent matters go."""

    hscp: HSCP
    areas: tuple[Area, ...]
    keepers: tuple[User, ...]
    urgent: UrgentContacts | None
    may_keep: bool = False
    has_areas: bool = False


@dataclass(frozen=True)
class HscpLine:
    """An HSCP in a list of many: how many areas it has, and for how many of them nobody is named."""

    hscp: HSCP
    areas: int
    unnamed: int


@dataclass(frozen=True)
class Help:
    """An answer to "who do I ask about…": the areas that fit in each HSCP, and whether it sounds urgent."""

    typed: str
    found: tuple[Support, ...]
    is_urgent: bool

    @property
    def has_answer(self) -> bool:
        """Whether something was asked and some area fits."""
        return bool(self.typed) and any(support.areas for support in self.found)


def links_of(areas: Iterable[SupportArea], *, on: date) -> dict[int, list[NamedLink]]:
    """Who is named for each area on a day, by area: nobody here who has left every role. One query."""
    by_area: dict[int, list[NamedLink]] = defaultdict(list)
    for link in _standing(on).filter(area__in=areas).select_related("person"):
        by_area[link.area_id].append(link)
    return by_area


def _standing(on: date) -> QuerySet[NamedLink]:
    """Links that hold: a person here counts as long as they can sign in and hold some role."""
    held = RoleAssignment.objects.on(on).filter(person=OuterRef("person"))
    return NamedLink.objects.on(on).filter(Q(person__isnull=True) | (Q(person__is_active=True) & Exists(held)))


def support_of(hscps: Collection[HSCP], *, kept: Scope, on: date) -> list[Support]:
    """The areas of HSCPs in their order. Five queries, however many there are."""
    rows = list(SupportArea.objects.filter(hscp__in=hscps, retired_at__isnull=True).order_by("position", "pk"))
    links = links_of(rows, on=on)
    areas: dict[int, list[Area]] = defaultdict(list)
    for row in rows:
        areas[row.hscp_id].append(Area(row, tuple(links[row.pk])))
    keepers, urgent = directory_keepers(hscps, on=on), urgent_contacts([h.pk for h in hscps])
    return [
        Support(
            hscp=h,
            areas=tuple(areas[h.pk]),
            keepers=tuple(keepers[h.pk]),
            urgent=urgent.get(h.pk),
            may_keep=kept.covers(h.pk),
            has_areas=bool(areas[h.pk]),
        )
        for h in hscps
    ]


def directory_keepers(hscps: Collection[HSCP], *, on: date) -> dict[int, list[User]]:
    """Who can name links in each HSCP: its leads first, then its registry administrators; where it has neither, those
    of an HSCP that acts for it, then of its health board and the national ones. Two queries.
    """
    hosts: dict[int, set[int]] = defaultdict(set)
    for hosting in hostings_around((h.pk for h in hscps), on=on):
        hosts[hosting.host_id].add(hosting.served_id)
    held = RoleAssignment.objects.on(on).filter(person__is_active=True).select_related("person")
    rows = list(
        held.filter(
            Q(role__in=(Role.HSCP_LEAD, Role.REGISTRY_ADMIN), hscp__in={*hosts, *(h.pk for h in hscps)})
            | Q(role=Role.REGISTRY_ADMIN, board__in={h.board_id for h in hscps})
            | Q(role=Role.REGISTRY_ADMIN, hscp=None, board=None)
        ).order_by("role", "person__full_name")
    )
    found: dict[int, list[User]] = {}
    for hscp in hscps:
        own = [row.person for row in rows if row.hscp_id == hscp.pk]
        acting = [row.person for row in rows if hscp.pk in hosts.get(row.hscp_id or 0, ())]
        above = [row.person for row in rows if row.hscp_id is None and row.board_id in (None, hscp.board_id)]
        found[hscp.pk] = list(dict.fromkeys(own or acting or above))
    return found


def hscp_lines(hscps: QuerySet[HSCP], *, on: date) -> list[HscpLine]:
    """HSCPs with the number of their areas, for readers who see many. Two queries."""
    current = SupportArea.objects.filter(retired_at__isnull=True).order_by()
    named = Exists(_standing(on).order_by().filter(area=OuterRef("pk")))
    areas, unnamed = (_per_hscp(rows) for rows in (current, current.filter(~named)))
    return [HscpLine(h, areas.get(h.pk, 0), unnamed.get(h.pk, 0)) for h in hscps]


def _per_hscp(areas: QuerySet[SupportArea]) -> dict[int, int]:
    return dict(areas.values_list("hscp").annotate(Count("pk")))


def help_with(typed: str, reach: Reach, *, hscps: Collection[HSCP], kept: Scope) -> Help:
    """Whom to ask about what somebody typed, in each of `hscps`."""
    every = support_of(hscps, kept=kept, on=reach.day)
    if not typed.strip():
        return Help("", tuple(every), is_urgent=False)
    topics = topics_for(typed)
    found = [replace(s, areas=tuple(a for a in s.areas if a.fits(typed, topics))) for s in every]
    return Help(typed, tuple(found), is_urgent(typed))


def usual_words(hscps: Collection[HSCP]) -> list[str]:
    """The names of the areas of these HSCPs, each once, as problems to pick from; the usual ones where none are set."""
    rows = SupportArea.objects.filter(hscp__in=hscps, retired_at__isnull=True).order_by("position", "pk")
    names = list(dict.fromkeys(rows.values_list("name", flat=True)))
    return names or [topic.name for topic in BY_CODE.values()]


# --- Doors -----------------------------------------------------------------------------------------


def support_hscp(reach: Reach, code: str) -> HSCP:
    """The HSCP with this code, if the reader works in it or above it (404)."""
    return open_door(hscps_around(reach), code=code)


def kept_hscp(reach: Reach, code: str) -> HSCP:
    """The same, for who keeps its support areas (403 for others who see it)."""
    hscp = support_hscp(reach, code)
    if not directory_kept(reach).covers(hscp.pk):
        raise PermissionDenied(KEEPERS_ONLY)
    return hscp


def kept_area(reach: Reach, pk: int) -> SupportArea:
    """A support area, current or retired, for who keeps it (404 out of reach, 403 for readers)."""
    seen = SupportArea.objects.filter(hscp__in=hscps_around(reach).order_by()).select_related("hscp")
    return open_door(seen, may=_keeps, reach=reach, sentence=KEEPERS_ONLY, pk=pk)


def kept_link(reach: Reach, pk: int) -> NamedLink:
    """A named link, for who keeps its area (404 out of reach, 403 for readers)."""
    seen = NamedLink.objects.filter(area__hscp__in=hscps_around(reach).order_by())
    every = seen.select_related("area__hscp", "person")
    return open_door(every, may=lambda r, link: _keeps(r, link.area), reach=reach, sentence=KEEPERS_ONLY, pk=pk)


def _keeps(reach: Reach, area: SupportArea) -> bool:
    return directory_kept(reach).covers(area.hscp_id)


@dataclass(frozen=True)
class KeptArea:
    """A support area as its keeper sees it: who is named today or from a later day, and who was.

    `gone` holds the ids of links whose person holds no role any more: nobody else is shown them.
    """

    area: SupportArea
    links: tuple[NamedLink, ...]
    earlier: tuple[NamedLink, ...]
    gone: frozenset[int] = frozenset()


def kept_areas(hscp: HSCP, *, on: date) -> list[KeptArea]:
    """Every area of an HSCP with all its links, retired ones last. Three queries."""
    rows = SupportArea.objects.filter(hscp=hscp).order_by(F("retired_at").asc(nulls_first=True), "position", "pk")
    by_area: dict[int, list[NamedLink]] = defaultdict(list)
    for link in NamedLink.objects.filter(area__hscp=hscp).select_related("person"):
        by_area[link.area_id].append(link)
    standing = frozenset(_standing(on).filter(area__hscp=hscp).order_by().values_list("pk", flat=True))
    return [_kept(row, by_area[row.pk], standing, on) for row in rows]


def _kept(area: SupportArea, links: list[NamedLink], standing: frozenset[int], on: date) -> KeptArea:
    earlier = [link for link in links if link.ends_on and link.ends_on <= on]
    current = [link for link in links if link not in earlier]
    gone = frozenset(link.pk for link in current if link.starts_on <= on) - standing
    return KeptArea(area, tuple(current), tuple(earlier), gone)


def person_addressed(email: str, reach: Reach) -> User | None:
    """The person with this e-mail address, if the reader finds them among the people of today; None for others."""
    held = people_within(reach).filter(person__email__iexact=email.strip())
    found = held.first()
    return found.person if found else None
