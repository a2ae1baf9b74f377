"""The ladder of a cluster: which forums a matter climbs, in what order, and who could act there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import Cluster, Forum
from clusters.rules import Scope
from clusters.selectors import people_inside
from clusters.selectors.scopes import hscps_in
from escalations.models import Escalation, Rung, SafetyContacts, Step
from escalations.reference import CLUSTER_DAYS, USUAL_DAYS
from escalations.selectors.holders import confidential_leads, holders_by_forum
from practices.models import HSCP

# The route of the national guidance, taken where an HSCP has not set its own: whichever of these forums exist.
USUAL_KINDS = (
    Forum.Kind.LOCALITY_QUALITY,
    Forum.Kind.LOCALITY_MANAGEMENT,
    Forum.Kind.HSCP_GOVERNANCE,
    Forum.Kind.BOARD_COMMITTEE,
)


@dataclass(frozen=True)
class LadderRung:
    """A rung as one cluster meets it: the forum, and how many working days it has to decide."""

    forum: Forum
    days: int


@dataclass(frozen=True)
class Route:
    """Where a matter goes next. `rung` None: nowhere above can anybody act. `passed` names rungs nobody else holds."""

    rung: LadderRung | None
    holders: list[User] = field(default_factory=list)
    passed: list[Forum] = field(default_factory=list)


def ladder_of(cluster: Cluster) -> list[LadderRung]:
    """The rungs for a cluster, its own forum first. At most three queries."""
    rungs = list(Rung.objects.filter(hscp=cluster.lead_hscp_id).select_related("forum__locality").order_by("position"))
    wanted = [(r.kind, r.forum, r.decide_within_days) for r in rungs] or [(k, None, USUAL_DAYS) for k in USUAL_KINDS]
    served = _forums_serving(cluster, [kind for kind, _, _ in wanted])
    ladder = {cluster.forum_id: LadderRung(cluster.forum, CLUSTER_DAYS)}
    for kind, pinned, days in wanted:
        forum = pinned or served.get(kind)
        if forum is not None:
            ladder.setdefault(forum.pk, LadderRung(forum, days))
    return list(ladder.values())


def _forums_serving(cluster: Cluster, kinds: list[str]) -> dict[str, Forum]:
    """By kind, the forum nearest to the cluster: of its locality, else its HSCP, else its board."""
    hscp = cluster.lead_hscp
    near = Q(hscp=hscp, locality__isnull=True) | Q(board=hscp.board_id, hscp__isnull=True, locality__isnull=True)
    if cluster.locality_id:
        near |= Q(locality=cluster.locality_id)
    found = Forum.objects.filter(near, kind__in=kinds, closed_on__isnull=True).select_related("locality").order_by("pk")
    nearest: dict[str, Forum] = {}
    for forum in sorted(found, key=lambda f: (f.locality_id is None, f.hscp_id is None)):
        nearest.setdefault(forum.kind, forum)
    return nearest


def route_up(
    cluster: Cluster, *, after: Forum | None, without: Iterable[int | None], visited: Iterable[int] = (), on: date
) -> Route:
    """The next rung above `after` (None: from the cluster's own rung on) that somebody other than `without` holds."""
    ladder = ladder_of(cluster)
    above = _above(ladder, after, set(visited))
    holders = holders_by_forum([r.forum for r in above], on=on)
    aside = set(without)
    passed: list[Forum] = []
    for rung in above:
        others = [p for p in holders[rung.forum.pk] if p.pk not in aside]
        if others:
            return Route(rung, others, passed)
        passed.append(rung.forum)
    return Route(None, [], passed)


def _above(ladder: list[LadderRung], after: Forum | None, visited: set[int]) -> list[LadderRung]:
    if after is None:
        return ladder
    places = [r.forum.pk for r in ladder]
    if after.pk in places:
        return ladder[places.index(after.pk) + 1 :]
    # The ladder was changed while the matter stood on a rung that is gone: on with the first it has not been on.
    return [r for r in ladder[1:] if r.forum.pk not in visited]


def who_may_be_meant(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """Whom a matter may be about, as far as it changes who acts: people of the cluster, holders of its rungs, leads."""
    holders = holders_by_forum([rung.forum for rung in ladder_of(cluster)], on=on)
    above = {p.pk for people in holders.values() for p in people}
    above |= {lead.pk for lead in confidential_leads(cluster, on=on)}
    inside = people_inside(cluster, on=on).order_by().values("pk")
    found = User.objects.filter(Q(pk__in=above) | Q(pk__in=inside), is_active=True)
    return found.order_by("full_name", "pk")


def visited_by(escalation: Escalation) -> set[int]:
    """Ids of the forums that the escalation has been on."""
    return set(Step.objects.filter(escalation=escalation).values_list("forum", flat=True))


def route_from(escalation: Escalation, *, on: date) -> Route:
    """Where the escalation would go if it were passed up today."""
    return route_up(
        escalation.cluster,
        after=escalation.forum,
        without=(escalation.raised_by_id, escalation.speaker_id, escalation.about_id),
        visited=visited_by(escalation),
        on=on,
    )


def is_on_last_rung(escalation: Escalation, *, on: date) -> bool:
    """Whether there is no rung above on which somebody could act."""
    return escalation.is_confidential or route_from(escalation, on=on).rung is None


@dataclass(frozen=True)
class Stop:
    """One rung as drawn on the page of an escalation."""

    forum: Forum
    was_here: bool
    is_now: bool


def stops_of(escalation: Escalation) -> list[Stop]:
    """The ladder as the escalation climbs it; a rung that left the ladder meanwhile stays where it was passed."""
    if escalation.is_confidential:
        return []
    ladder = [r.forum for r in ladder_of(escalation.cluster)]
    visited = visited_by(escalation)
    if escalation.forum_id not in [f.pk for f in ladder]:
        ladder.insert(1, escalation.forum)
    return [Stop(f, f.pk in visited, f.pk == escalation.forum_id) for f in ladder]


def safety_contacts_of(hscp: HSCP) -> SafetyContacts:
    """Where other matters go in this HSCP; an empty, unsaved row while nobody has set it."""
    found = SafetyContacts.objects.filter(hscp=hscp).select_related("first_lead", "second_lead").first()
    return found or SafetyContacts(hscp=hscp)


def ladder_mark(hscp: HSCP) -> str:
    """Stands for the ladder as it is: another one means that somebody set it since."""
    rungs = Rung.objects.filter(hscp=hscp).order_by("position")
    return _mark(list(rungs.values_list("position", "kind", "name", "forum", "decide_within_days")))


def contacts_mark(hscp: HSCP) -> str:
    """Stands for the contacts as they are: another one means that somebody set them since."""
    return _mark(list(SafetyContacts.objects.filter(hscp=hscp).values_list()))


def _mark(rows: list[tuple[Any, ...]]) -> str:
    return sha256(repr(rows).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class LadderSummary:
    """One line of the list of ladders."""

    hscp: HSCP
    rungs: list[Rung]
    contacts_set: int
    leads: list[User]
    clusters: int


def ladder_summaries(scope: Scope, *, on: date) -> list[LadderSummary]:
    """The HSCPs of a part of the registry with rungs and contacts, by board and name. Four queries, however many."""
    rungs: dict[int, list[Rung]] = defaultdict(list)
    for rung in Rung.objects.order_by("position"):
        rungs[rung.hscp_id].append(rung)
    contacts = {c.hscp_id: c for c in SafetyContacts.objects.select_related("first_lead", "second_lead")}
    led: dict[int, int] = defaultdict(int)
    for hscp_id in Cluster.objects.open_on(on).order_by().values_list("lead_hscp", flat=True):
        led[hscp_id] += 1
    everybody = hscps_in(scope).order_by("board__name", "name")
    return [_summary(hscp, rungs[hscp.pk], contacts.get(hscp.pk), led[hscp.pk]) for hscp in everybody]


def _summary(hscp: HSCP, rungs: list[Rung], contacts: SafetyContacts | None, clusters: int) -> LadderSummary:
    if contacts is None:
        return LadderSummary(hscp, rungs, 0, [], clusters)
    lines = (
        contacts.safety_incident,
        contacts.child_protection,
        contacts.adult_protection,
        contacts.concern_about_colleague,
    )
    leads = [lead for lead in (contacts.first_lead, contacts.second_lead) if lead]
    return LadderSummary(hscp, rungs, sum(bool(line) for line in lines), leads, clusters)


def forums_for_rungs(hscp: HSCP) -> QuerySet[Forum]:
    """Groups that can be pinned to a rung: those of the HSCP, its localities and its board that decide and meet."""
    near = Q(hscp=hscp) | Q(locality__hscp=hscp) | Q(board=hscp.board_id)
    return Forum.objects.filter(near, kind__in=Forum.DECIDING, closed_on__isnull=True).order_by("name")


@dataclass(frozen=True)
class LadderView:
    """The ladder as one cluster meets it, with the people on each rung."""

    cluster: Cluster
    rungs: list[tuple[LadderRung, list[User]]]


def ladder_views(hscp: HSCP, *, on: date) -> list[LadderView]:
    """What the ladder means today: one line for each locality, by the first of its clusters."""
    clusters = Cluster.objects.open_on(on).filter(lead_hscp=hscp).select_related("forum", "lead_hscp", "locality")
    firsts: dict[int | None, Cluster] = {}
    for cluster in clusters.order_by("forum__name"):
        firsts.setdefault(cluster.locality_id, cluster)
    ladders = {pk: ladder_of(cluster) for pk, cluster in firsts.items()}
    holders = holders_by_forum({r.forum.pk: r.forum for ladder in ladders.values() for r in ladder}.values(), on=on)
    return [LadderView(firsts[pk], [(r, holders[r.forum.pk]) for r in ladders[pk]]) for pk in firsts]
