"""Moves an escalation: each move is one step, checked again under a lock, so that of two at once one wins."""

from datetime import date, datetime
from itertools import pairwise

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit import record, snapshot
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from escalations import rules
from escalations.models import Escalation, Step
from escalations.reference import CLUSTER_DAYS, CONFIDENTIAL_DAYS, USUAL_DAYS
from escalations.rules import MOVES, Move
from escalations.selectors import (
    Route,
    confidential_leads,
    has_lead_left,
    has_taken,
    is_on_last_rung,
    keepers_in_words,
    ladder_of,
    last_step,
    route_from,
)
from shared.dates import add_working_days, in_words, working_days_between

NOT_YOURS = "You can read this, and others move it: who raised it, and who holds the rung it is on."


def take_step(
    verb: str,
    *,
    escalation: Escalation,
    by: User,
    reasons: str = "",
    at: datetime | None = None,
    seen: int | None = None,
) -> Escalation:
    """Make the move `verb` (a key of `rules.MOVES`) and give the escalation as it is then.

    `seen` is the last step that `by` had read: when another was taken since, nothing is added. Raises
    ValidationError with a sentence that says what happened or what is missing, and PermissionDenied when the move
    is not `by`'s kind of move at all. A second press of the same button changes nothing and raises nothing.
    """
    at, move = at or timezone.now(), MOVES[verb]
    with transaction.atomic():
        held = _locked(escalation)
        latest = last_step(held)
        if seen is not None and latest is not None and latest.pk != seen:
            if has_taken(by, reference=held.reference, kind=move.kind, reasons=reasons, after=seen):
                return held
            raise ValidationError(what_happened(latest))
        _check(held, move, by, reasons, at, latest)
        before = snapshot(held)
        _apply(held, move, by, reasons, at)
        held.save(update_fields=["state", "forum", "due_on", "named_lead"])
        record(f"escalation: {move.kind.label.lower()}", held, by=by, before=before)
    return held


def _locked(escalation: Escalation) -> Escalation:
    """The escalation as it is once nobody else holds it.

    Locked by itself and read with its forum after that: PostgreSQL finds no row at all where the forum changed while
    the lock was waited for.
    """
    Escalation.objects.select_for_update().get(pk=escalation.pk)
    return Escalation.objects.select_related("forum__locality", "cluster__forum", "cluster__lead_hscp").get(
        pk=escalation.pk
    )


def _check(held: Escalation, move: Move, by: User, reasons: str, at: datetime, latest: Step | None) -> None:
    day = timezone.localdate(at)
    reach = reach_of(by, on=day)
    if not rules.is_side_of(reach, held, move):
        raise PermissionDenied(NOT_YOURS)
    is_last = move.kind == Step.Kind.PASSED_UP and is_on_last_rung(held, on=day)
    lead_left = move.kind == Step.Kind.HANDED_OVER and has_lead_left(held, on=day)
    if not rules.can_move(reach, held, move, is_last=is_last, lead_left=lead_left):
        raise ValidationError(_refusal(held, move, is_last, latest))
    if move.needs_words and not reasons.strip():
        raise ValidationError({"reasons": "Give your reasons: they go to the person who raised it."})


def _refusal(held: Escalation, move: Move, is_last: bool, latest: Step | None) -> str:
    if is_last:
        return "There is no rung above this one where somebody could decide it: decide it here."
    if move.kind == Step.Kind.DECLINED and held.state in move.starts:
        return "A cluster never declines: settle it by agreement, or pass it up."
    if move.kind == Step.Kind.HANDED_OVER:
        return "It stays where it is: somebody there still answers for it."
    return what_happened(latest) if latest else "This is not open to you."


def what_happened(step: Step) -> str:
    """The latest step, told to somebody who comes too late."""
    local = timezone.localtime(step.taken_at)
    where = f" to {step.to_forum}" if step.to_forum else ""
    return (
        f"{step.taken_by} was here first, on {in_words(local.date())} at {local:%H:%M}: "
        f"{step.get_kind_display().lower()}{where}. What you sent was not added."
    )


def _apply(held: Escalation, move: Move, by: User, reasons: str, at: datetime) -> None:
    day = timezone.localdate(at)
    chain = [held.forum]
    if move.kind in (Step.Kind.PASSED_UP, Step.Kind.REOPENED):
        chain += _climb(held, day)
    elif move.kind == Step.Kind.HANDED_OVER:
        _hand_over(held, day)
    elif move.kind == Step.Kind.REPLIED:
        held.due_on = _after_the_pause(held, day)
    _write(held, move.kind, chain[0], chain[1] if len(chain) > 1 else None, by, reasons, at)
    for here, there in pairwise(chain[1:]):
        _write(held, Step.Kind.MOVED_ON, here, there, by, "", at)
    held.forum, held.state = chain[-1], move.ends


def _climb(held: Escalation, day: date) -> list[Forum]:
    """The forums to climb to, the last one to stay on; none when it stays. Starts the clock of where it stays."""
    if held.is_confidential:
        held.named_lead = _other_lead(held, day) or held.named_lead
        held.due_on = add_working_days(day, CONFIDENTIAL_DAYS)
        return []
    route: Route = route_from(held, on=day)
    held.due_on = add_working_days(day, route.rung.days if route.rung else _days_here(held))
    return [*route.passed, route.rung.forum] if route.rung else []


def _hand_over(held: Escalation, day: date) -> None:
    other = _other_lead(held, day)
    if other is None:
        raise ValidationError(
            f"{held.cluster.lead_hscp} has named no other lead who could take it. "
            + keepers_in_words(held.cluster, on=day)
        )
    held.named_lead, held.due_on = other, add_working_days(day, CONFIDENTIAL_DAYS)


def _other_lead(held: Escalation, day: date) -> User | None:
    aside = (held.raised_by_id, held.about_id, held.named_lead_id)
    return next(iter(confidential_leads(held.cluster, without=aside, on=day)), None)


def _days_here(held: Escalation) -> int:
    usual = CLUSTER_DAYS if held.forum.kind == Forum.Kind.CLUSTER else USUAL_DAYS
    return next((r.days for r in ladder_of(held.cluster) if r.forum.pk == held.forum_id), usual)


def _after_the_pause(held: Escalation, day: date) -> date:
    asked = held.steps.filter(kind=Step.Kind.ASKED).order_by("-pk").first()
    waited = working_days_between(timezone.localdate(asked.taken_at), day) if asked else 0
    return add_working_days(held.due_on, waited)


def _write(
    held: Escalation, kind: Step.Kind, forum: Forum, to: Forum | None, by: User, reasons: str, at: datetime
) -> None:
    Step.objects.create(escalation=held, kind=kind, forum=forum, to_forum=to, reasons=reasons, taken_at=at, taken_by=by)
