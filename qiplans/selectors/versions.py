"""The versions of a plan, what changed between two, and who signed."""

from dataclasses import dataclass

from accounts.reach import Reach
from accounts.roles import Right
from clusters.selectors import members_of
from practices.models import Practice
from qiplans.models import Plan, PlanVersion, Priority, VersionLine
from qiplans.rules import versions as rules
from shared.doors import open_door


@dataclass(frozen=True)
class Change:
    """What became of one priority: added, gone, or other words; `was` and `now` are lines to be read."""

    title: str
    what: str
    was: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Signing:
    """Who signed the latest version, whose signature is still to come, and what the reader may sign for."""

    version: PlanVersion
    signed: list[tuple[str, object]]
    open_practices: list[str]
    is_cluster_open: bool
    mine: list[Practice]
    may_for_cluster: bool

    @property
    def can_sign(self) -> bool:
        return bool(self.mine) or self.may_for_cluster


def version_for(reach: Reach, plan: int, number: int) -> PlanVersion:
    """A version of a plan that the reader may read: inside it, or from above what a meeting agreed (404)."""
    within = PlanVersion.objects.filter(plan__cluster__in=reach.clusters(Right.SEE_INSIDE, Right.OVERSEE))
    related = within.select_related("plan__cluster__forum", "meeting", "agreed_by")
    return open_door(related, reach=reach, plan=plan, number=number)


def latest_version(plan: Plan) -> PlanVersion | None:
    return plan.versions.select_related("meeting").order_by("-number").first()


def changes_before(version: PlanVersion) -> list[Change]:
    """What this version changed against the one before; everything is new in the first."""
    before = PlanVersion.objects.filter(plan=version.plan_id, number=version.number - 1).first()
    return _between(list(before.lines.all()) if before else [], list(version.lines.all()))


def changes_since(version: PlanVersion) -> list[Change]:
    """What changed in the plan since this version was agreed: for those inside."""
    return _between(list(version.lines.all()), list(version.plan.priorities.all()))


def _between(old: list[VersionLine], new: list[VersionLine] | list[Priority]) -> list[Change]:
    was = {line.priority_id: line for line in old}
    now = {one.priority_id if isinstance(one, VersionLine) else one.pk: one for one in new}
    changes = []
    for pk in dict.fromkeys([*now, *was]):
        before, after = (_said(one) for one in (was.get(pk), now.get(pk)))
        if before != after:
            what = "changed" if before and after else "added" if after else "taken out"
            changes.append(Change((after or before)[0], what, before, after))
    return changes


def _said(one: VersionLine | Priority | None) -> tuple[str, ...]:
    if one is None:
        return ()
    return one.title, one.purpose, str(one.get_orientation_display()), str(one.get_chosen_by_display())


def signing_of(plan: Plan, reach: Reach) -> Signing | None:
    """How far the latest version is signed, for those inside; None before a meeting agreed one."""
    version = latest_version(plan)
    if version is None or plan.cluster_id not in reach.clusters(Right.SEE_INSIDE):
        return None
    rows = list(version.sign_offs.select_related("practice", "signed_by"))
    done = {row.practice_id for row in rows}
    members = list(members_of(plan.cluster, on=reach.day))
    own = rules.practices_signed_for(reach, [practice.pk for practice in members if practice.pk not in done])
    return Signing(
        version=version,
        signed=[(f"{row.signed_by} for {row.practice or plan.cluster}", row.signed_at) for row in rows],
        open_practices=[practice.name for practice in members if practice.pk not in done],
        is_cluster_open=None not in done,
        mine=[practice for practice in members if practice.pk in own],
        may_for_cluster=None not in done and rules.signs_for_cluster(reach, plan),
    )


def may_ever_sign(plan: Plan, reach: Reach) -> bool:
    """Whether the reader is one of those who sign, signed or not."""
    members = members_of(plan.cluster, on=reach.day).values_list("pk", flat=True)
    return rules.signs_for_cluster(reach, plan) or bool(rules.practices_signed_for(reach, members))
