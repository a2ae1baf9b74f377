"""Terms of roles: which version holds for whom, who accepted it, and who has not yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.rules import Scope
from clusters.selectors.people import hscps_around
from directory.models import RoleTerms, TermsAcceptance
from directory.rules import directory_kept, sees_acceptance
from practices.models import HSCP
from shared.doors import open_door


@dataclass(frozen=True)
class OwnTerms:
    """A version that holds for somebody's role today, and when they accepted it; None while they have not."""

    terms: RoleTerms
    accepted_at: datetime | None


@dataclass(frozen=True)
class Holder:
    """Somebody to whom a version applies, where they hold the role, and when they accepted."""

    person: User
    where: str
    accepted_at: datetime | None


@dataclass(frozen=True)
class Count:
    """How many of those to whom a version applies accepted it."""

    accepted: int
    holders: int


# Which HSCP a role belongs to; none for one that is held at a health board or everywhere.
_HSCP = Coalesce("practice__hscp", "cluster__lead_hscp", "locality__hscp", "hscp")


def current_terms(*, on: date) -> QuerySet[RoleTerms]:
    """The version of each role and HSCP (or of the nation) that is in force on a day."""
    begun = RoleTerms.objects.filter(starts_on__lte=on).order_by("-starts_on", "-version")
    same = begun.filter(role=OuterRef("role"), hscp=OuterRef("hscp"))
    national = begun.filter(role=OuterRef("role"), hscp__isnull=True)
    return RoleTerms.objects.filter(
        Q(pk=Subquery(same.values("pk")[:1])) | Q(hscp__isnull=True, pk=Subquery(national.values("pk")[:1]))
    ).select_related("hscp")


class _InForce:
    """The versions in force on a day, and which of them holds for a role in an HSCP."""

    def __init__(self, on: date, roles: Collection[str] | None = None) -> None:
        rows = current_terms(on=on)
        if roles is not None:
            rows = rows.filter(role__in=roles)
        self.by_place = {(row.role, row.hscp_id): row for row in rows}

    def for_(self, role: str, hscp_id: int | None) -> RoleTerms | None:
        """The HSCP's own version, else the national one."""
        return self.by_place.get((role, hscp_id)) or self.by_place.get((role, None))


def own_terms(person_id: int | None, *, on: date) -> list[OwnTerms]:
    """What holds for the roles of a person today. Three queries at most; one for who holds no role."""
    held = RoleAssignment.objects.on(on).filter(person=person_id).annotate(in_hscp=_HSCP)
    roles = list(held.order_by("starts_on", "pk").values_list("role", "in_hscp"))
    if not roles:
        return []
    in_force = _InForce(on, {role for role, _ in roles})
    found = {row.pk: row for role, hscp in roles if (row := in_force.for_(role, hscp))}
    if not found:
        return []
    accepted = dict(
        TermsAcceptance.objects.filter(person=person_id, terms__in=found).values_list("terms", "accepted_at")
    )
    return [OwnTerms(row, accepted.get(pk)) for pk, row in found.items()]


def terms_to_accept(reach: Reach) -> list[RoleTerms]:
    """The versions that wait for the reader to accept them."""
    if not reach.holdings:
        return []
    return [own.terms for own in own_terms(reach.person_id, on=reach.day) if own.accepted_at is None]


# --- Lists and doors -------------------------------------------------------------------------------


def terms_within(reach: Reach) -> QuerySet[RoleTerms]:
    """Every version that the reader may read: national ones, and those of the HSCPs around them, begun; planned ones
    for who publishes them.
    """
    seen = Q(hscp__isnull=True) | Q(hscp__in=hscps_around(reach).order_by())
    kept = directory_kept(reach)
    planned = Q() if kept.everything else Q(starts_on__lte=reach.day) | Q(hscp__in=kept.hscps)
    return RoleTerms.objects.filter(seen & planned).select_related("hscp", "published_by")


def terms_for(reach: Reach, pk: int) -> RoleTerms:
    """One version, if the reader may read it (404)."""
    return open_door(terms_within(reach), pk=pk)


def publishing_door(reach: Reach) -> Scope:
    """The HSCPs for which the reader publishes terms: 404 for who publishes none."""
    kept = directory_kept(reach)
    if not (kept.everything or kept.hscps):
        raise Http404
    return kept


def acceptance_door(reach: Reach, pk: int) -> RoleTerms:
    """One version for who sees who accepted it: 404 out of reach, 403 for other readers.

    Of a national one a keeper sees the people of the HSCPs that they keep.
    """
    terms = terms_for(reach, pk)
    if not sees_acceptance(directory_kept(reach), terms):
        raise PermissionDenied("Who accepted terms is seen by the leads of the HSCP and by registry administrators.")
    return terms


def hscps_publishing(kept: Scope) -> QuerySet[HSCP]:
    """The HSCPs that terms can be published for."""
    every = HSCP.objects.all()
    return every if kept.everything else every.filter(pk__in=kept.hscps)


def next_version(role: Role, hscp: HSCP | None) -> int:
    """The number that the next version gets."""
    last = RoleTerms.objects.filter(role=role, hscp=hscp).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


# --- Who accepted ----------------------------------------------------------------------------------


def in_force_ids(*, on: date) -> frozenset[int]:
    """The versions that are in force on a day."""
    return frozenset(current_terms(on=on).order_by().values_list("pk", flat=True))


def holders_under(terms: RoleTerms, kept: Scope, *, on: date) -> list[Holder]:
    """Everybody in the HSCPs kept to whom a version applies today, by name, and when they accepted it."""
    under = _under([terms], kept, on)[terms.pk]
    accepted = dict(TermsAcceptance.objects.filter(terms=terms).values_list("person", "accepted_at"))
    places: dict[int, list[str]] = defaultdict(list)
    people = {}
    for row in under:
        people[row.person_id] = row.person
        places[row.person_id].append(str(row.where or "everywhere"))
    return [Holder(p, ", ".join(places[pk]), accepted.get(pk)) for pk, p in people.items()]


def acceptance_counts(versions: Collection[RoleTerms], kept: Scope, *, on: date) -> dict[int, Count]:
    """How many of the people in the HSCPs kept accepted each version that applies today. Three queries."""
    under = _under(versions, kept, on)
    accepted = set(TermsAcceptance.objects.filter(terms__in=under).values_list("terms", "person"))
    counts = {}
    for pk, rows in under.items():
        people = {row.person_id for row in rows}
        counts[pk] = Count(sum((pk, person) in accepted for person in people), len(people))
    return counts


def _under(versions: Iterable[RoleTerms], kept: Scope, on: date) -> dict[int, list[RoleAssignment]]:
    """By version in force, the roles held today that it applies to."""
    wanted = {row.pk: row.role for row in versions}
    in_force = _InForce(on, set(wanted.values()))
    held = RoleAssignment.objects.on(on).filter(role__in=set(wanted.values()), person__is_active=True)
    held = held.annotate(in_hscp=_HSCP)
    if not kept.everything:
        held = held.filter(in_hscp__in=kept.hscps)
    found: dict[int, list[RoleAssignment]] = {pk: [] for pk in wanted}
    places = ("person", "practice", "cluster__forum", "locality", "hscp", "board")
    for row in held.select_related(*places).order_by(F("person__full_name"), "person_id", "pk"):
        applies = in_force.for_(row.role, row.in_hscp)
        if applies and applies.pk in found:
            found[applies.pk].append(row)
    return found
