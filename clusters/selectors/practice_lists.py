"""Practice lists that were uploaded or applied, and the registry as a list meets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from clusters.analysis.practice_list import (
    KnownCluster,
    KnownPractice,
    Plan,
    Registry,
    details_of,
    plan_of,
    report_of,
)
from clusters.analysis.practice_list.registry import DETAILS
from clusters.models import LIST_REASON, Cluster, Membership, PracticeList
from clusters.selectors.names import slugs_taken
from practices.models import ListSize, Practice
from practices.parsing import PracticeFile, PracticeRow
from shared.dates import in_words, today
from shared.doors import open_door


def practice_lists() -> QuerySet[PracticeList]:
    """Every list with who brought and who decided it, newest first.

    Of what it says and did only the counts are loaded, as `report`.
    """
    lists = PracticeList.objects.defer("rows", "outcome").select_related("uploaded_by", "decided_by")
    return lists.annotate(report=F("outcome__report"))


def newest_applied() -> PracticeList | None:
    """The applied list with the latest day."""
    return practice_lists().filter(state=PracticeList.State.APPLIED).order_by("-as_of", "-decided_at").first()


def applied_before(file_hash: str, as_of: date) -> PracticeList | None:
    """The list with the same content for the same day, if it was applied."""
    same = practice_lists().filter(state=PracticeList.State.APPLIED, file_hash=file_hash, as_of=as_of)
    return same.order_by("-decided_at").first()


def practice_list_for(pk: int) -> PracticeList:
    """One list, with what the file said. For readers who have passed the door of the registry. Raises Http404."""
    return open_door(PracticeList.objects.select_related("uploaded_by", "decided_by"), pk=pk)


def reason_against(as_of: date) -> str:
    """Why no list of this day may be applied, in words; "" when one may.

    An older list than the newest applied one knows less than the registry: it would move practices back.
    """
    if as_of > today():
        return "A practice list cannot be from a day to come."
    newest = newest_applied()
    if newest and as_of < newest.as_of:
        return (
            f"The list of {in_words(newest.as_of)} is applied already. An older list knows less: "
            "applying it would take practices back to where they were."
        )
    return ""


@dataclass(frozen=True)
class ListShown:
    """A list as its page shows it: counts, every change by meaning, and what stands in the way of applying it.

    `fingerprint` names the plan that is shown; it is "" once the list is decided.
    """

    report: dict[str, Any]
    details: dict[str, Any]
    fingerprint: str
    is_empty: bool
    reason_against: str
    applied_before: PracticeList | None

    @property
    def leaves_out_many(self) -> bool:
        """Whether so many practices are missing that the file is perhaps not the whole list."""
        counts = self.report["practices"]
        in_registry = counts["updated"] + counts["unchanged"] + counts["missing"]
        return bool(counts["missing"] * 20 > in_registry)


def shown(practice_list: PracticeList) -> ListShown | None:
    """What a waiting list would change in the registry of this moment, or what an applied one did.

    None for a list that was laid aside.
    """
    if practice_list.state == PracticeList.State.SET_ASIDE:
        return None
    if practice_list.state == PracticeList.State.APPLIED:
        outcome = practice_list.outcome
        return ListShown(outcome["report"], outcome["details"], "", False, "", None)
    plan = plan_for(practice_list)
    against = reason_against(practice_list.as_of)
    before = applied_before(practice_list.file_hash, practice_list.as_of)
    report = report_of(plan, is_dry_run=True)
    return ListShown(report, details_of(plan), plan.fingerprint, plan.is_empty, against, before)


def file_in(practice_list: PracticeList) -> PracticeFile:
    """The file as it was read when the list was uploaded."""
    kept = practice_list.rows
    return PracticeFile(tuple(PracticeRow(**row) for row in kept["rows"]), kept["has_clusters"])


def plan_for(practice_list: PracticeList) -> Plan:
    """What applying a list that waits for a decision would change in the registry of this moment."""
    as_of = practice_list.as_of
    return plan_of(file_in(practice_list), registry_at(as_of), as_of=as_of)


def registry_at(as_of: date) -> Registry:
    """The registry as a list of the day `as_of` meets it. Six queries, whatever its size."""
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=as_of)
    clusters = Cluster.objects.filter(is_open, kind=Cluster.Kind.IN_HOURS).select_related("forum", "lead_hscp")
    known = {c.pk: _cluster(c) for c in clusters.order_by("pk")}
    practices = {p.code: _practice(p, as_of) for p in _practices()}
    return Registry(practices, known, slugs_taken())


def _practices() -> QuerySet[Practice]:
    memberships = Membership.objects.filter(kind=Cluster.Kind.IN_HOURS).order_by("starts_on", "pk")
    return (
        Practice.objects.select_related("hscp")
        .prefetch_related(
            Prefetch("memberships", memberships), Prefetch("list_sizes", ListSize.objects.order_by("counted_on"))
        )
        .order_by("code")
    )


def _cluster(cluster: Cluster) -> KnownCluster:
    return KnownCluster(cluster.pk, cluster.forum.name, cluster.forum.slug, cluster.lead_hscp.code)


def _practice(practice: Practice, as_of: date) -> KnownPractice:
    return KnownPractice(
        pk=practice.pk,
        code=practice.code,
        hscp=practice.hscp.code,
        details={name: getattr(practice, name) for name in DETAILS},
        missing_since=practice.missing_since,
        is_closed=practice.closed_on is not None and practice.closed_on <= as_of,
        sizes=tuple((size.counted_on, size.patients) for size in practice.list_sizes.all()),
        **_membership(practice.memberships.all(), as_of),
    )


def _membership(rows: Iterable[Membership], as_of: date) -> dict[str, Any]:
    days = [day for row in rows for day in (row.starts_on, row.ends_on) if day]
    now = next((row for row in rows if row.ends_on is None), None)
    then = next((row for row in rows if row.starts_on <= as_of and (row.ends_on is None or row.ends_on > as_of)), None)
    return {
        "cluster": now.cluster_id if now else None,
        "membership": now.pk if now else None,
        "member_since": now.starts_on if now else None,
        "settled_on": max(days, default=None),
        "cluster_then": then.cluster_id if then else None,
        "moved_by_hand": now is not None and now.starts_on == as_of and not now.reason.startswith(LIST_REASON),
    }
