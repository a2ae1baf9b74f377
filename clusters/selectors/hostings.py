"""Which HSCP acts for which: rows, and whose roles count where because of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusters.models import Hosting
from clusters.rules import Scope
from practices.models import HSCP
from shared.doors import open_door


def hostings_in(scope: Scope) -> QuerySet[Hosting]:
    """Every hosting, past and planned too, with an HSCP of the part of the registry on either side; newest first."""
    every = Hosting.objects.select_related("host", "served").order_by("-starts_on", "-pk")
    return every if scope.everything else every.filter(Q(host__in=scope.hscps) | Q(served__in=scope.hscps))


def hosting_for(pk: int) -> Hosting:
    """One hosting with both HSCPs (404); for those whom the registry's door let in."""
    return open_door(Hosting.objects.select_related("host", "served"), pk=pk)


def with_hosts(hscps: Iterable[int] | QuerySet[HSCP, Any], *, on: date) -> QuerySet[HSCP]:
    """These HSCPs and those that act for them on a day: wherever a role at one of them counts. No query of its own."""
    acting = Hosting.objects.on(on).filter(host=OuterRef("pk"), served__in=hscps)
    return HSCP.objects.filter(Q(pk__in=hscps) | Exists(acting)).order_by()


def served_by_host(hosts: Iterable[int], *, on: date) -> dict[int, frozenset[int]]:
    """Ids of the HSCPs that each of `hosts` acts for on a day. One query."""
    served: dict[int, set[int]] = defaultdict(set)
    rows = Hosting.objects.on(on).filter(host__in=hosts).order_by()
    for host, other in rows.values_list("host", "served"):
        served[host].add(other)
    return {host: frozenset(others) for host, others in served.items()}


def hostings_around(hscps: Iterable[int], *, on: date) -> list[Hosting]:
    """The hostings of a day in which one of these HSCPs acts or is acted for. One query."""
    wanted = list(hscps)
    rows = Hosting.objects.on(on).filter(Q(host__in=wanted) | Q(served__in=wanted))
    return list(rows.select_related("host", "served"))
