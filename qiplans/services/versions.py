"""Keeps a plan as it was agreed, signs it, and says when it is looked at again."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User
from measures.services import ChangedMeanwhile
from meetings.models import Meeting
from practices.models import Practice
from qiplans.models import Plan, PlanVersion, SignOff, VersionLine
from qiplans.rules.versions import review_seen


def keep_version(*, by: User, plan: Plan, meeting: Meeting, at: datetime) -> PlanVersion:
    """Keep what a meeting agreed to, word for word. For `agree_plan`, inside its transaction."""
    number = plan.versions.count() + 1
    version = PlanVersion.objects.create(plan=plan, number=number, meeting=meeting, agreed_at=at, agreed_by=by)
    VersionLine.objects.bulk_create(
        VersionLine(
            version=version,
            priority=priority,
            position=priority.position,
            title=priority.title,
            purpose=priority.purpose,
            orientation=priority.orientation,
            chosen_by=priority.chosen_by,
        )
        for priority in plan.priorities.all()
    )
    audit.record("plan version kept", version, by=by, detail={"plan": plan.pk, "number": number})
    return version


@transaction.atomic
def sign_plan(*, by: User, version: PlanVersion, practices: list[Practice], for_cluster: bool, at: datetime) -> None:
    """Sign the latest version: for the cluster, and for each of `practices`. Signing again changes nothing.

    Raises PermissionDenied when there is nothing to sign for.
    """
    if not (practices or for_cluster):
        raise PermissionDenied("The Cluster Quality Lead and the Practice Quality Leads sign the plan.")
    Plan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    for practice in [*practices, *([None] if for_cluster else [])]:
        if version.sign_offs.filter(practice=practice).exists():
            continue
        row = SignOff.objects.create(version=version, practice=practice, signed_at=at, signed_by=by)
        audit.record("plan signed", row, by=by, detail={"practice": practice.code if practice else None})


@transaction.atomic
def set_review(*, by: User, plan: Plan, seen: int, review_on: date | None) -> Plan:
    """Say when the plan is looked at again, or that no day is set. The same day again changes nothing.

    `seen` is the version of the day that was shown. Raises ChangedMeanwhile with the day that is set now.
    """
    now = Plan.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=plan.pk)
    if now.review_on != review_on:
        if (there := review_seen(now)).version != seen:
            raise ChangedMeanwhile(there)
        before = audit.snapshot(now)
        now.review_on = review_on
        now.save(update_fields=["review_on"])
        audit.record("plan review set", now, by=by, before=before)
    return now
