"""Who holds which rung, who the confidential leads are, and whom a raiser may name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.models import Cluster, Forum, Membership, RoleAssignment
from clusters.selectors import holders_of, keepers_of, people_inside
from clusters.selectors.hostings import served_by_host, with_hosts
from escalations.models import Escalation, SafetyContacts
from escalations.rules import ANSWERING, LEADING
from meetings.models import Action, Ask
from meetings.rules import can_raise_late
from meetings.selectors.doors import actions_within
from meetings.selectors.gathering import spoken_for
from practices.models import HSCP


@dataclass(frozen=True)
class _Closed:
    """Who holds the rung of a cluster that has closed: the CQLs of those it went on as, else the HSCP that led it."""

    heirs: frozenset[int]
    hscp: int


def holders_by_forum(forums: Iterable[Forum], *, on: date) -> dict[int, list[User]]:
    """The holders of each forum as a rung, by forum id: the rule `rules.holds_forum` turned round. Two queries."""
    wanted = list(forums)
    closed = _closed_among(wanted, on)
    rows = (
        RoleAssignment.objects.on(on)
        .filter(_may_hold(wanted, closed, on), person__is_active=True)
        .select_related("person", "cluster")
        .order_by("person__full_name", "person_id")
    )
    held = list(rows) if wanted else []
    at = {row.hscp_id for row in held if row.hscp_id}
    served = served_by_host(at, on=on) if at else {}
    return {f.pk: list({r.person_id: r.person for r in held if _holds(r, f, served, closed)}.values()) for f in wanted}


def _closed_among(forums: list[Forum], on: date) -> dict[int, _Closed]:
    """Those of `forums` whose cluster has closed by a day, by forum id."""
    clusters = [f.pk for f in forums if f.kind == Forum.Kind.CLUSTER]
    if not clusters:
        return {}
    heirs: dict[int, set[int]] = defaultdict(set)
    hscps: dict[int, int] = {}
    begun = FilteredRelation("taken_over_by", condition=Q(taken_over_by__starts_on__lte=on))
    rows = Cluster.objects.filter(forum__in=clusters, closed_on__lte=on).order_by().annotate(taken=begun)
    for forum, hscp, heir in rows.values_list("forum", "lead_hscp", "taken__after"):
        hscps[forum] = hscp
        heirs[forum] |= {heir} - {None}
    return {forum: _Closed(frozenset(heirs[forum]), hscp) for forum, hscp in hscps.items()}


def _may_hold(forums: list[Forum], closed: dict[int, _Closed], on: date) -> Q:
    localities = [f.locality_id for f in forums if f.locality_id]
    hscps = [f.hscp_id for f in forums if f.hscp_id] + [f.locality.hscp_id for f in forums if f.locality]
    hscps += [one.hscp for one in closed.values()]
    boards = [f.board_id for f in forums if f.board_id]
    above = Q(locality__in=localities) | Q(hscp__in=with_hosts(hscps, on=on)) | Q(board__in=boards)
    clusters = [f.pk for f in forums if f.kind == Forum.Kind.CLUSTER]
    led = Q(cluster__forum__in=clusters) | Q(cluster__in=[heir for one in closed.values() for heir in one.heirs])
    return Q(role__in=ANSWERING) & above | Q(role__in=LEADING) & led


def _holds(row: RoleAssignment, forum: Forum, served: dict[int, frozenset[int]], closed: dict[int, _Closed]) -> bool:
    if forum.kind == Forum.Kind.CLUSTER:
        return _holds_cluster(row, forum, closed.get(forum.pk))
    hscps = {forum.hscp_id, forum.locality.hscp_id if forum.locality else None} - {None}
    return row.role in ANSWERING and (
        (row.locality_id is not None and row.locality_id == forum.locality_id)
        or (row.hscp_id is not None and bool(hscps & {row.hscp_id, *served.get(row.hscp_id, ())}))
        or (row.board_id is not None and row.board_id == forum.board_id)
    )


def _holds_cluster(row: RoleAssignment, forum: Forum, closed: _Closed | None) -> bool:
    if row.cluster is not None and row.role in LEADING:
        return row.cluster.forum_id == forum.pk or (closed is not None and row.cluster_id in closed.heirs)
    left = closed is not None and not closed.heirs
    return left and row.role in ANSWERING and row.hscp_id == closed.hscp  # type: ignore[union-attr]


def confidential_leads(cluster: Cluster, *, without: Iterable[int | None] = (), on: date) -> list[User]:
    """Of the two leads named for confidential matters of the cluster's HSCP, those who answer there that day."""
    row = SafetyContacts.objects.filter(hscp=cluster.lead_hscp_id).select_related("first_lead", "second_lead").first()
    named = [lead for lead in (row.first_lead, row.second_lead) if lead] if row else []
    if not named:
        return []
    answering = possible_leads(cluster.lead_hscp, on=on).filter(pk__in=[lead.pk for lead in named])
    able = set(answering.values_list("pk", flat=True)) - set(without)
    return [lead for lead in named if lead.pk in able]


def has_lead_left(escalation: Escalation, *, on: date) -> bool:
    """Whether the lead named for a confidential matter answers in the HSCP no more."""
    hscp = escalation.cluster.lead_hscp
    lead = escalation.named_lead_id
    return lead is not None and not possible_leads(hscp, on=on).filter(pk=lead).exists()


def people_found(cluster: Cluster, text: str, *, on: date) -> list[User]:
    """People who may be let in whose e-mail address is `text`, or whose name holds it."""
    text = text.strip()
    near = who_may_read(cluster, on=on)
    by_address = list(near.filter(email__iexact=text))
    return by_address or list(near.filter(full_name__icontains=text)[:6])


def who_may_read(cluster: Cluster, *, on: date) -> QuerySet[User]:
    """Whom a raiser may let in: everybody with a role in the cluster's HSCP, its places or its board."""
    hscp = cluster.lead_hscp
    members = Membership.objects.on(on).filter(cluster__lead_hscp=hscp).values("practice")
    held = RoleAssignment.objects.on(on).filter(
        Q(hscp__in=with_hosts([hscp.pk], on=on))
        | Q(locality__hscp=hscp)
        | Q(board=hscp.board_id)
        | Q(cluster__lead_hscp=hscp)
        | Q(practice__hscp=hscp)
        | Q(practice__in=members)
    )
    inside = people_inside(cluster, on=on).order_by().values("pk")
    found = User.objects.filter(Q(pk__in=held.values("person")) | Q(pk__in=inside), is_active=True)
    return found.order_by("full_name", "pk")


def ask_of(cluster: Cluster, *, asked_by: User, pk: str) -> Ask | None:
    """The question to the HSCP that this person asked from this cluster and may escalate; None when there is none."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    return open_asks().filter(spoken_for(asked_by.pk), forum=cluster.forum_id, pk=int(pk)).first()


def late_action_of(cluster: Cluster, *, reach: Reach, pk: str) -> Action | None:
    """The late action of this cluster that the reader may take up the ladder; None when there is none."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    found = actions_within(reach).filter(forum=cluster.forum_id, pk=int(pk)).first()
    return found if found and can_raise_late(reach, found) else None


def open_asks() -> QuerySet[Ask]:
    """Questions that can go up: told to the HSCP (not inside a draft) and not taken back."""
    asks: QuerySet[Ask] = Ask.objects.live().exclude(state=Ask.State.WITHDRAWN)
    return asks


def keepers_in_words(cluster: Cluster, *, on: date) -> str:
    """Whom to ask when a ladder leads nowhere: the registry administrators nearest to a cluster, with addresses."""
    keepers = [f"{person} ({person.email})" for person in keepers_of(cluster.lead_hscp, on=on)[:3]]
    who = " or ".join(keepers) if keepers else "whoever looks after the portal at your health board"
    return f"Ask {who} to set who decides there: the registry keeps the ladder of each HSCP."


def hscp_leads_in_words(cluster: Cluster, *, on: date) -> str:
    """Whom to ask about a contact that is not set: the HSCP's leads by name, and those of one that acts for it."""
    acting = with_hosts([cluster.lead_hscp_id], on=on)
    leads = [str(row.person) for row in holders_of(Role.HSCP_LEAD, on=on, hscp__in=acting)]
    return f"{' or '.join(leads)} at {cluster.lead_hscp}" if leads else f"{cluster.lead_hscp}"


def possible_leads(hscp: HSCP, *, on: date) -> QuerySet[User]:
    """Who can be named for confidential matters: everybody who answers in the HSCP (or in one that acts for it), its
    localities or its board.
    """
    held = RoleAssignment.objects.on(on).filter(
        Q(hscp__in=with_hosts([hscp.pk], on=on)) | Q(locality__hscp=hscp) | Q(board=hscp.board_id),
        role__in=ANSWERING,
    )
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("full_name", "pk")
