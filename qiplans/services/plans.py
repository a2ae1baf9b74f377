"""Starts, fills and agrees plans."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.services import ChangedMeanwhile, change
from meetings.models import Meeting
from meetings.rules import own_nonce
from qiplans.models import Plan, Priority
from qiplans.rules import is_meeting_to_agree_at, is_ready_to_agree
from qiplans.services.versions import keep_version


class NothingToAgree(Exception):
    """The plan has no priority yet, or it is agreed and nothing changed since."""


@transaction.atomic
def start_plan(*, by: User | None, cluster: Cluster, year: int) -> Plan:
    """The plan of `cluster` for `year`; starting it twice gives the same plan."""
    plan, is_new = Plan.objects.get_or_create(cluster=cluster, year=year)
    if is_new:
        audit.record("plan started", plan, by=by, detail={"year": year})
    return plan


@transaction.atomic
def add_priority(
    *,
    by: User | None,
    plan: Plan,
    title: str,
    purpose: str,
    orientation: str = Priority.Orientation.INTRINSIC,
    chosen_by: str = Priority.ChosenBy.CLUSTER,
    nonce: UUID | None = None,
    version: int = 0,
) -> Priority:
    """A new priority at the end of the plan. The same `nonce` of the same person again gives the same priority.

    With other words by then, those are a change: Raises ChangedMeanwhile until `version` says that it is meant.
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.priorities.aggregate(last=Max("position"))["last"] or 0
    priority, is_new = Priority.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by and by.pk, plan.pk),
        defaults={
            "plan": plan,
            "position": last + 1,
            "title": title,
            "purpose": purpose,
            "orientation": orientation,
            "chosen_by": chosen_by or Priority.ChosenBy.CLUSTER,
        },
    )
    if not is_new:
        words = {"title": title, "purpose": purpose, "orientation": orientation, "chosen_by": chosen_by}
        return change_priority(by=by, priority=priority, version=version, **words)
    told = {"plan": plan.pk, "orientation": orientation, "chosen_by": chosen_by}
    audit.record("priority added", priority, by=by, detail=told)
    _bump(plan)
    return priority


@transaction.atomic
def change_priority(
    *,
    by: User | None,
    priority: Priority,
    version: int,
    title: str,
    purpose: str,
    orientation: str,
    chosen_by: str | None = None,
) -> Priority:
    """Change a priority. An agreed plan stays agreed and says that it changed since. Raises ChangedMeanwhile.

    Without `chosen_by` who chose it stays as it is.
    """
    Plan.objects.select_for_update().get(pk=priority.plan_id)  # first the plan, then the rest, as everywhere
    changes = {"title": title, "purpose": purpose, "orientation": orientation}
    changes |= {"chosen_by": chosen_by} if chosen_by else {}
    if change(priority, by=by, version=version, verb="priority changed", changes=changes):
        _bump(priority.plan)
    return priority


@transaction.atomic
def agree_plan(*, by: User, plan: Plan, meeting: Meeting, version: int, at: datetime | None = None) -> Plan:
    """Put down that `meeting`, one of the cluster's own, agreed the plan as it stands, and keep what it agreed to.

    Raises NothingToAgree without a priority, or when it is agreed already and nothing changed since;
    ChangedMeanwhile when it is no longer at `version`; ValueError for another forum's meeting or a draft.
    """
    if not is_meeting_to_agree_at(plan, meeting):
        raise ValueError("a plan is agreed at a meeting of its own cluster whose minutes are out of draft")
    now = Plan.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=plan.pk)
    if not is_ready_to_agree(now, priorities=now.priorities.count()):
        raise NothingToAgree
    if now.version != version:
        raise ChangedMeanwhile(now)
    before = audit.snapshot(now)
    now.state, now.agreed_at_meeting, now.agreed_version = Plan.State.AGREED, meeting, now.version
    now.agreed_at, now.agreed_by = at or timezone.now(), by
    now.save(update_fields=["state", "agreed_at_meeting", "agreed_version", "agreed_at", "agreed_by"])
    now.priorities.update(
        agreed_title=F("title"),
        agreed_purpose=F("purpose"),
        agreed_orientation=F("orientation"),
        agreed_chosen_by=F("chosen_by"),
    )
    audit.record("plan agreed", now, by=by, before=before)
    keep_version(by=by, plan=now, meeting=meeting, at=now.agreed_at)
    return now


def _bump(plan: Plan) -> None:
    """The plan is no longer what it was: a new version, so that "changed since it was agreed" can be said."""
    Plan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
    plan.refresh_from_db(fields=["version"])
