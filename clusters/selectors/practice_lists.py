"""Practice lists that were uploaded or applied, and the registry as a list meets it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.timezone import localdate

from clusters.analysis.practice_list import (
    Decisions,
    KnownCluster,
    KnownPractice,
    Plan,
    Registry,
    details_of,
    plan_of,
    report_of,
)
from clusters.analysis.practice_list.registry import DETAILS
from clusters.models import LIST_REASON, Cluster, Membership, PracticeList, Takeover
from clusters.selectors.names import slugs_taken
from practices.models import ListSize, Practice
from practices.parsing import PracticeFile, PracticeRow
from shared.dates import in_words, today
from shared.doors import open_door


def practice_lists() -> QuerySet[PracticeList]:
    """Every list with who brought and who decided it, newest first.

    Of what it says and did only the counts are loaded, as `report`.
    """
    lists = PracticeList.objects.defer("rows", "outcome", "journal")
    lists = lists.select_related("uploaded_by", "decided_by", "undone_by")
    return lists.annotate(report=F("outcome__report"))


def newest_applied() -> PracticeList | None:
    """The applied list with the latest day."""
    return practice_lists().filter(state=PracticeList.State.APPLIED).order_by("-as_of", "-decided_at").first()


def applied_before(file_hash: str, as_of: date) -> PracticeList | None:
    """The list with the same content for the same day, if it was applied."""
    same = practice_lists().filter(state=PracticeList.State.APPLIED, file_hash=file_hash, as_of=as_of)
    return same.order_by("-decided_at").first()


def decided_before(file_hash: str, as_of: date) -> Decisions:
    """What was answered when the same file was applied for the same day; nothing when it was not, or was undone.

    One list in two copies asks the same questions once.
    """
    same = PracticeList.objects.filter(state=PracticeList.State.APPLIED, file_hash=file_hash, as_of=as_of)
    answers = same.order_by("-decided_at").values_list("outcome__decisions", flat=True).first()
    return Decisions.of(answers or {})


def decided_in_words(practice_list: PracticeList) -> str:
    """Who decided what and when: "The practice list of … was applied by Priya Nair on Mon 7 Oct 2024." """
    state = PracticeList.State
    verbs = {state.APPLIED: "applied", state.SET_ASIDE: "laid aside", state.UNDONE: "undone"}
    is_undone = practice_list.state == state.UNDONE
    who = practice_list.undone_by if is_undone else practice_list.decided_by
    when = practice_list.undone_at if is_undone else practice_list.decided_at
    day = f" on {in_words(localdate(when))}" if when else ""
    verb = verbs.get(state(practice_list.state), "brought")
    return f"The {practice_list.in_sentence} was {verb} by {who or 'the command line'}{day}."


def said_already(as_of: date) -> str:
    """Who applied the list of this day and when, in a sentence; "" when none of that day is applied."""
    newest = newest_applied()
    return decided_in_words(newest) if newest and newest.as_of == as_of else ""


def practice_list_for(pk: int) -> PracticeList:
    """One list, with what the file said. For readers who have passed the door of the registry. Raises Http404."""
    lists = PracticeList.objects.defer("journal").select_related("uploaded_by", "decided_by", "undone_by")
    return open_door(lists, pk=pk)


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

    `fingerprint` names the plan that is shown, `answers` what the same file was answered before, by key of the
    suggestion; both are empty once the list is decided.
    """

    report: dict[str, Any]
    details: dict[str, Any]
    fingerprint: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    is_empty: bool = False
    reason_against: str = ""
    applied_before: PracticeList | None = None

    @property
    def leaves_out_many(self) -> bool:
        """Whether so many practices are missing that the file is perhaps not the whole list."""
        counts = self.report["practices"]
        in_registry = counts["updated"] + counts["unchanged"] + counts["missing"]
        return bool(counts["missing"] * 20 > in_registry)


def shown(practice_list: PracticeList) -> ListShown | None:
    """What a waiting list would change in the registry of this moment, or what an applied one did, undone or not.

    None for a list that was laid aside.
    """
    if practice_list.state == PracticeList.State.SET_ASIDE:
        return None
    if practice_list.state != PracticeList.State.PREVIEWED:
        return ListShown(practice_list.outcome["report"], practice_list.outcome["details"])
    return _shown(practice_list, plan_for(practice_list))


def shown_decided(practice_list: PracticeList, decisions: Decisions) -> ListShown | None:
    """What a waiting list would do with these answers; None where they change nothing of what its page shows."""
    assumed, decided = plans_for(practice_list, decisions)
    if replace(decided, decisions=assumed.decisions) == assumed and not decided.has_settled:
        return None
    return _shown(practice_list, decided)


def _shown(practice_list: PracticeList, plan: Plan) -> ListShown:
    return ListShown(
        report_of(plan, is_dry_run=True),
        details_of(plan),
        plan.fingerprint,
        dict(plan.decisions.answers),
        plan.is_empty,
        reason_against(practice_list.as_of),
        applied_before(practice_list.file_hash, practice_list.as_of),
    )


def file_in(practice_list: PracticeList) -> PracticeFile:
    """The file as it was read when the list was uploaded."""
    kept = practice_list.rows
    return PracticeFile(tuple(PracticeRow(**row) for row in kept["rows"]), kept["has_clusters"])


def plan_for(practice_list: PracticeList) -> Plan:
    """What applying a list that waits would change in the registry of this moment, with what was answered before."""
    return plans_for(practice_list, Decisions())[0]


def plans_for(practice_list: PracticeList, decisions: Decisions) -> tuple[Plan, Plan]:
    """The plan of a list that waits as its page shows it, and with `decisions`, from one look at the registry."""
    as_of, file = practice_list.as_of, file_in(practice_list)
    registry, before = registry_at(as_of), decided_before(practice_list.file_hash, as_of)
    shown = plan_of(file, registry, as_of=as_of, decisions=before)
    said = decisions.over(before)
    return shown, shown if said == before else plan_of(file, registry, as_of=as_of, decisions=said)


def registry_at(as_of: date) -> Registry:
    """The registry as a list of the day `as_of` meets it. Eight queries at most, whatever its size."""
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=as_of)
    clusters = Cluster.objects.filter(is_open, kind=Cluster.Kind.IN_HOURS).order_by("pk")
    known, merged = clusters.values_list("pk", "forum__name", "forum__slug", "lead_hscp__code"), _merged(as_of)
    by_pk = {row[0]: KnownCluster(*row, took_over=tuple(merged[row[0]])) for row in known}
    return Registry(_practices(as_of), by_pk, slugs_taken())


def _practices(as_of: date) -> dict[str, KnownPractice]:
    """Every practice by code. Read as plain values: a list meets thousands of rows, and most stay as they are."""
    memberships, sizes = _memberships(), _sizes(as_of)
    rows = Practice.objects.order_by("code").values_list(
        "pk", "code", "hscp__code", "missing_since", "closed_on", *DETAILS
    )
    return {
        code: KnownPractice(
            pk=pk,
            code=code,
            hscp=hscp,
            details=dict(zip(DETAILS, details, strict=True)),
            missing_since=missing_since,
            is_closed=closed_on is not None and closed_on <= as_of,
            sizes=tuple(sizes[pk]),
            **_membership(memberships[pk], as_of),
        )
        for pk, code, hscp, missing_since, closed_on, *details in rows
    }


def _memberships() -> dict[int, list[Any]]:
    """The in-hours memberships of each practice, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = Membership.objects.filter(kind=Cluster.Kind.IN_HOURS).order_by("starts_on", "pk")
    for row in rows.values_list("practice_id", "pk", "cluster_id", "starts_on", "ends_on", "reason", named=True):
        found[row.practice_id].append(row)
    return found


def _merged(as_of: date) -> dict[int, list[str]]:
    """By id of a cluster, every name of those that went into it by that day."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Takeover.objects.filter(starts_on__lte=as_of, before__kind=Cluster.Kind.IN_HOURS)
    for row in rows.select_related("before__forum").prefetch_related("before__forum__former_names"):
        forum = row.before.forum
        names[row.after_id] += [forum.name, *(former.name for former in forum.former_names.all())]
    return names


def _sizes(as_of: date) -> dict[int, list[tuple[date, int]]]:
    """The list size of each practice on the day and the newest from before it: years of history stay unread."""
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    place = Window(RowNumber(), partition_by="practice", order_by=F("counted_on").desc())
    rows = ListSize.objects.filter(counted_on__lte=as_of).annotate(place=place).filter(place__lte=2)
    for practice, counted_on, patients in rows.order_by().values_list("practice_id", "counted_on", "patients"):
        found[practice].append((counted_on, patients))
    return found


def _membership(rows: Sequence[Any], as_of: date) -> dict[str, Any]:
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
