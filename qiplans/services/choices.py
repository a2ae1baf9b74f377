"""Choosing a topic: a decision of a meeting, and a priority of the plan. And where people see it differently."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from measures.services import ChangedMeanwhile, change
from meetings.models import Item, Meeting
from meetings.rules import own_nonce
from meetings.services.decisions import note_decision
from qiplans.models import Candidate, Disagreement, Plan, Priority
from qiplans.services.plans import add_priority, start_plan
from qiplans.services.studio import open_one

Source, ChosenBy = Candidate.Source, Priority.ChosenBy
# Who chose it follows from where it came from.
WHO_CHOSE = {Source.LIST: ChosenBy.LIST, Source.HSCP: ChosenBy.HSCP}


@transaction.atomic
def choose_candidate(
    *,
    by: User,
    candidate: Candidate,
    year: int,
    meeting: Meeting,
    purpose: str,
    orientation: str,
    reason: str,
    at: datetime,
    decision: Item | None = None,
    how_decided: str = "",
    options: str = "",
    dissent: str = "",
    version: int = 0,
) -> Priority:
    """Make a topic a priority of the plan for `year`, which is started where there is none, as `meeting` decided.

    The decision with its reason stands in the minutes, kept in the cluster where something that happened led to it;
    the priority keeps where it came from, its score and its votes. A `decision` that stands in the minutes already is
    the one, and they stay as they are: how it was decided, options and dissent are not put down a second time.
    Who asked at the HSCP reads the reason as the newest answer, in the place of that of `version`. Raises
    SettledMeanwhile when it is settled already, ChangedMeanwhile when the HSCP was answered meanwhile,
    PermissionDenied and ValidationError as `note_decision` does, ValidationError for a meeting of another forum, and
    for a decision of another meeting.
    """
    now = open_one(candidate)
    if now.answer and now.version != version:
        raise ChangedMeanwhile(now)
    if meeting.forum_id != now.cluster.forum_id:
        raise ValidationError("Choose a meeting of this cluster.")
    if decision and (decision.meeting_id != meeting.pk or not decision.decision):
        raise ValidationError("Choose a decision of this meeting.")
    plan = start_plan(by=by, cluster=now.cluster, year=year)
    item = decision or note_decision(
        by=by,
        meeting=meeting,
        key=f"candidate:{now.pk}",
        at=at,
        title=now.title,
        decision=f"A priority of the plan for {plan.years}: {now.title}",
        reason=reason,
        options=options,
        how_decided=how_decided,
        dissent=dissent,
        topic=now.topic,
        is_kept=now.source == Source.EVENT,
    )
    priority = add_priority(
        by=by,
        plan=plan,
        title=now.title,
        purpose=purpose,
        orientation=orientation,
        chosen_by=WHO_CHOSE.get(Source(now.source), ChosenBy.CLUSTER),
    )
    before = audit.snapshot(now)
    now.state, now.settled_reason, now.settled_at, now.settled_by = Candidate.State.CHOSEN, reason.strip(), at, by
    now.priority, now.decision, now.version = priority, item, now.version + 1
    if now.source == Source.HSCP:
        now.answer, now.answered_at, now.answered_by = reason.strip(), at, by
    now.save()
    audit.record("topic chosen", now, by=by, before=before)
    return priority


@transaction.atomic
def record_disagreement(
    *,
    by: User,
    plan: Plan,
    about: str,
    positions: str,
    decider: str,
    nonce: UUID,
    at: datetime,
    route: str = "",
    outcome: str = "",
) -> Disagreement:
    """Keep where people see it differently. The same form (`nonce`) with the same words again keeps nothing twice."""
    words = {"about": about, "positions": positions, "decider": decider, "route": route, "outcome": outcome}
    settled = {"settled_at": at, "settled_by": by} if outcome.strip() else {}
    row, is_new = Disagreement.objects.get_or_create(
        nonce=own_nonce(nonce, by.pk, plan.pk, *words.values()),
        defaults={"plan": plan, "recorded_at": at, "recorded_by": by, **words, **settled},
    )
    if is_new:
        audit.record("disagreement recorded", row, by=by, detail={"plan": plan.pk, "decider": decider})
    return row


@transaction.atomic
def settle_disagreement(
    *, by: User, disagreement: Disagreement, version: int, outcome: str, at: datetime
) -> Disagreement:
    """Say what came of it; a later outcome stands in the place of the first, of `version`.

    Raises ValidationError without words, ChangedMeanwhile when somebody said something else first.
    """
    if not outcome.strip():
        raise ValidationError("Say what came of it.")
    now = Disagreement.objects.select_for_update(of=("self",)).select_related("plan").get(pk=disagreement.pk)
    if now.outcome == outcome.strip():
        return now
    changes = {"outcome": outcome.strip(), "settled_at": at, "settled_by": by}
    change(now, by=by, version=version, verb="disagreement settled", changes=changes)
    return now
