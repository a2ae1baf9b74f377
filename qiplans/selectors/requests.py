"""Requests to the analyst, the analyst's card and queue."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster, RoleAssignment
from measures.models import Measure
from measures.selectors import measures_within
from office.plugs import Asked, Line
from qiplans.models import AnalystCard, AnalystRequest, AnalystStep
from qiplans.rules.requests import WAITS_FOR_ANALYST, clusters_analysed
from shared.dates import in_words
from shared.doors import open_door


@dataclass(frozen=True)
class Analyst:
    """An analyst as a cluster meets them: what they can do and when they last took a step for this cluster."""

    person: User
    can_do: str
    last_on: date | None


@dataclass(frozen=True)
class AnalystPage:
    """Who the analysts are, whom to ask at the HSCP, and what was asked."""

    analysts: list[Analyst]
    contacts: list[User]


def analysts_of(cluster: Cluster, *, on: date) -> AnalystPage:
    """The analysts of a cluster and of its HSCPs, and the HSCP leads as whom to ask about them."""
    people = _holders(Role.ANALYST, cluster, on)
    cards = dict(AnalystCard.objects.filter(person__in=people).values_list("person", "can_do"))
    steps = AnalystStep.objects.filter(request__cluster=cluster, taken_by__in=people).order_by("taken_at")
    last = {person: localdate(at) for person, at in steps.values_list("taken_by", "taken_at")}
    analysts = [Analyst(person, cards.get(person.pk, ""), last.get(person.pk)) for person in people]
    return AnalystPage(analysts, _holders(Role.HSCP_LEAD, cluster, on))


def card_of(person: User) -> AnalystCard | None:
    """What an analyst wrote on their card; None before they wrote one."""
    return AnalystCard.objects.filter(person=person).first()


def requests_within(reach: Reach) -> QuerySet[AnalystRequest]:
    """Requests of the reader's own clusters, and of those whose analyst they are."""
    seen = reach.clusters(Right.SEE_INSIDE) | clusters_analysed(reach)
    found = AnalystRequest.objects.filter(cluster__in=seen)
    return found.select_related("cluster__forum", "cluster__lead_hscp", "asked_by", "judged_by", "measure")


def request_for(reach: Reach, pk: int) -> AnalystRequest:
    """One of them (404)."""
    return open_door(requests_within(reach), reach=reach, pk=pk)


def measures_to_deliver(reach: Reach, request: AnalystRequest) -> QuerySet[Measure]:
    """Measures of the cluster as far as the reader may see them, by name: none of work that it keeps to itself."""
    return measures_within(reach).filter(cluster=request.cluster_id).order_by("name")


def queue_of(reach: Reach) -> QuerySet[AnalystRequest]:
    """All that an analyst was asked, what waits for them first and by the day on which it is needed."""
    return requests_within(reach).filter(cluster__in=clusters_analysed(reach))


def waiting_for_analyst(reach: Reach) -> QuerySet[AnalystRequest]:
    """What waits for the reader as analyst."""
    return queue_of(reach).filter(state__in=WAITS_FOR_ANALYST).order_by("needed_by", "pk")


def requests_to_tell(asked: Asked) -> dict[int, list[Line]]:
    """For reminders: what waits for an analyst, by the day on which it is needed. One query, none without analysts."""
    analysed = {pk: clusters_analysed(asked.reaches[pk]) for pk in asked.people}
    if not any(analysed.values()):
        return {}
    told: dict[int, list[Line]] = defaultdict(list)
    waiting = AnalystRequest.objects.filter(
        state__in=WAITS_FOR_ANALYST, cluster__in=frozenset().union(*analysed.values())
    )
    for request in waiting.select_related("cluster__forum").order_by("needed_by", "pk"):
        text = f"A question of {request.cluster} to the analyst, needed by {in_words(request.needed_by)}"
        path = reverse("qiplans:analyst_request", args=[request.pk])
        for pk, clusters in analysed.items():
            section = asked.section(pk, due_on=request.needed_by, told_at=request.asked_at)
            if section and request.cluster_id in clusters:
                told[pk].append(Line(section, text, path, f"request:{request.pk}", day=request.needed_by))
    return told


def _holders(role: Role, cluster: Cluster, on: date) -> list[User]:
    held = RoleAssignment.objects.on(on).filter(role=role, person__is_active=True)
    here = held.filter(cluster=cluster) | held.filter(hscp=cluster.lead_hscp_id)
    return list(User.objects.filter(pk__in=here.values("person")).order_by("full_name"))
