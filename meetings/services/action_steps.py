"""What happens to an action on its way: each step is a row that stays, beside the audit."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from clusters.selectors import reach_of
from meetings import rules
from meetings.emails import remind_of
from meetings.models import Action, ActionStep, PracticeReturn
from meetings.selectors.entries import OwnerEntry
from meetings.selectors.owners import returns_of
from meetings.services.meanwhile import ChangedMeanwhile, ClosedMeanwhile, Pen, one_try
from practices.models import Practice
from shared.dates import in_words

Kind = ActionStep.Kind
WHO_KEEPS = "Only whoever holds an action, or who writes up for the cluster, changes it."
WHO_TELLS = "Only the practice itself, or who writes up, says what it has done."


@one_try
def note_progress(pen: Pen, action: Action, *, text: str) -> Action:
    """Say how far it is. Raises PermissionDenied, ClosedMeanwhile, ValidationError without words."""
    if not text.strip():
        raise ValidationError("Say how far it is.")
    now = _open(pen, action, any_version=True)
    _step(pen, now, Kind.NOTE, text)
    audit.record("action.noted", now, by=pen.by)
    return now


@one_try
def set_waiting(pen: Pen, action: Action, *, waiting_on: str, for_hscp: bool = False) -> Action:
    """Say who or what it waits for, from today; `for_hscp` when the HSCP owes it.

    Raises as `note_progress` does, and ChangedMeanwhile when somebody changed it after `pen.version`.
    """
    if not waiting_on.strip():
        raise ValidationError("Say who or what it waits for.")
    now = _open(pen, action)
    changes = {"waiting_on": waiting_on.strip(), "waits_for_hscp": for_hscp, "waiting_since": localdate(pen.at)}
    return _changed(pen, now, Kind.WAITING, waiting_on, "action.waits", **changes)


@one_try
def go_on(pen: Pen, action: Action) -> Action:
    """It waits no longer. Raises as `set_waiting` does."""
    now = _open(pen, action)
    if now.waiting_since is None:
        return now
    changes = {"waiting_on": "", "waits_for_hscp": False, "waiting_since": None}
    return _changed(pen, now, Kind.GOING_ON, "", "action.goes_on", **changes)


@one_try
def move_due_date(pen: Pen, action: Action, *, due_on: date, reason: str) -> Action:
    """Give it another date, with the reason. Raises as `set_waiting` does, and ValidationError for the same date."""
    now = _open(pen, action)
    if not reason.strip():
        raise ValidationError("Say why the date moves.")
    if due_on == now.due_on:
        raise ValidationError("It is due on that day already.")
    said = f"{in_words(now.due_on)} → {in_words(due_on)}. {reason.strip()}"
    return _changed(pen, now, Kind.MOVED, said, "action.moved", due_on=due_on)


@one_try
def hand_over_action(pen: Pen, action: Action, *, to: OwnerEntry, reason: str) -> Action:
    """Give it to somebody else: a person, a practice, whoever holds a role, or every practice.

    Raises as `set_waiting` does, and ValidationError when they have it already.
    """
    now = _open(pen, action)
    if OwnerEntry.of(now) == to:
        raise ValidationError("They have it already. Choose somebody else.")
    before = str(now.holder)
    for column, value in to.columns().items():
        setattr(now, column, value)
    said = f"{before} → {now.holder}. {reason.strip()}".strip()
    return _changed(pen, now, Kind.HANDED_OVER, said, "action.handed_over", **to.columns())


@one_try
def drop_action(pen: Pen, action: Action, *, reason: str) -> Action:
    """Give it up, with the reason. Raises as `set_waiting` does."""
    if not reason.strip():
        raise ValidationError("Say why it is given up.")
    now = _open(pen, action)
    changes = {"state": Action.State.DROPPED, "closed_at": pen.at, "closed_by": pen.by, **_NOT_WAITING}
    return _changed(pen, now, Kind.DROPPED, reason, "action.dropped", **changes)


@one_try
def reopen_action(pen: Pen, action: Action, *, reason: str) -> Action:
    """Open it again. What its issuer said of the reply stays among the steps: the next reply is judged anew.

    Raises PermissionDenied, ValidationError without a reason or for one that is open.
    """
    if not reason.strip():
        raise ValidationError("Say why it is opened again.")
    now = _locked(action)
    _permit(pen, now)
    if now.state == Action.State.OPEN:
        raise ValidationError("It is open already.")
    changes = {"state": Action.State.OPEN, "closed_at": None, "closed_by": None, **_NOT_JUDGED}
    return _changed(pen, now, Kind.REOPENED, reason, "action.reopened", **changes)


@one_try
def add_evidence(pen: Pen, action: Action, *, evidence: str, learning: str) -> Action:
    """Say how a closed action was done, and what was learned.

    Raises PermissionDenied, ValidationError while it is open, ChangedMeanwhile.
    """
    now = _locked(action)
    _permit(pen, now)
    if now.state == Action.State.OPEN:
        raise ValidationError("It is open. Close it first.")
    changes = {"evidence": evidence.strip(), "learning": learning.strip()}
    if all(getattr(now, name) == text for name, text in changes.items()):
        return now
    _refuse_changed(pen, now)
    return _changed(pen, now, Kind.NOTE, "How it was done", "action.evidenced", **changes)


@one_try
def mark_action(pen: Pen, action: Action, *, is_first: bool, is_outside_control: bool) -> Action:
    """Say that it is to be done before others, and whether getting it done lies in the forum's own hands.

    Raises as `set_waiting` does, but for ValidationError. The same again changes nothing.
    """
    now = _open(pen, action)
    marks = {"is_first": is_first, "is_outside_control": is_outside_control}
    if all(getattr(now, name) == mark for name, mark in marks.items()):
        return now
    said = [
        word for word, mark in (("To be done first", is_first), ("Outside our control", is_outside_control)) if mark
    ]
    return _changed(pen, now, Kind.NOTE, ". ".join(said) or "In its turn, in our own hands", "action.marked", **marks)


@one_try
def nudge(pen: Pen, action: Action) -> Action:
    """Write to whoever holds it, at most once a day.

    Raises PermissionDenied unless `by` writes up for its forum, ClosedMeanwhile, ValidationError when it was done
    today or nobody can be written to.
    """
    now = _locked(action)
    if not rules.can_nudge(reach_of(pen.by, on=localdate(pen.at)), now):
        raise PermissionDenied("Who writes up for the cluster reminds others of their actions.")
    _refuse_closed(now)
    if now.steps.filter(kind=Kind.NUDGED, at__date=localdate(pen.at)).exists():
        raise ValidationError("They were reminded today already.")
    written = remind_of(now, by=pen.by, at=pen.at)
    if not written:
        raise ValidationError("Nobody who holds it can be written to. Hand it over.")
    _step(pen, now, Kind.NUDGED, ", ".join(person.full_name for person in written))
    audit.record("action.nudged", now, by=pen.by, detail={"letters": len(written)})
    return now


@one_try
def tell_return(pen: Pen, action: Action, *, practice: Practice, is_done: bool, note: str = "") -> PracticeReturn:
    """Of an action for every practice: say whether one of them has done it. The same again changes nothing.

    Raises PermissionDenied unless `by` acts for the practice or writes up, and for a practice that was not asked;
    ClosedMeanwhile.
    """
    now = _locked(action)
    if not rules.can_tell_return(reach_of(pen.by, on=localdate(pen.at)), now, practice.pk):
        raise PermissionDenied(WHO_TELLS)
    if practice not in [asked for asked, _ in returns_of(now, on=localdate(pen.at))]:
        raise PermissionDenied("This practice was not asked for it.")
    _refuse_closed(now)
    there = now.returns.filter(practice=practice).first()
    if there and (there.is_done, there.note) == (is_done, note.strip()):
        return there
    told = {"is_done": is_done, "note": note.strip(), "told_at": pen.at, "told_by": pen.by}
    answer, _ = PracticeReturn.objects.update_or_create(action=now, practice=practice, defaults=told)
    _step(pen, now, Kind.RETURNED, f"{practice.name}: {'done' if is_done else 'not done yet'}. {note}".strip())
    audit.record("action.returned", now, by=pen.by, detail={"practice": practice.pk, "is_done": is_done})
    return answer


@one_try
def judge_reply(pen: Pen, action: Action, *, verdict: str, reason: str) -> Action:
    """Of a requested or mandated action that is done: accept the reply, in part, or not, with the reason.

    Raises PermissionDenied unless `by` answers for the HSCP over its cluster, ValidationError without a reason where it
    is not accepted, ChangedMeanwhile when somebody changed it after `pen.version`.
    """
    now = _locked(action)
    if not rules.can_judge(reach_of(pen.by, on=localdate(pen.at)), now):
        raise PermissionDenied("Who asked for it in the name of the HSCP says whether the reply is accepted.")
    if verdict != Action.Verdict.ACCEPTED and not reason.strip():
        raise ValidationError("Say what is missing: the cluster reads it.")
    _refuse_changed(pen, now)
    changes = {"verdict": verdict, "verdict_reason": reason.strip(), "judged_at": pen.at, "judged_by": pen.by}
    said = f"{Action.Verdict(verdict).label}. {reason.strip()}".strip()
    return _changed(pen, now, Kind.JUDGED, said, "action.judged", **changes)


_NOT_JUDGED: dict[str, Any] = {"verdict": "", "verdict_reason": "", "judged_at": None, "judged_by": None}
_NOT_WAITING: dict[str, Any] = {"waiting_on": "", "waits_for_hscp": False, "waiting_since": None}


def _locked(action: Action) -> Action:
    related = Action.objects.select_related("forum", "closed_by", "owner", "owner_practice")
    return related.select_for_update(of=("self",)).get(pk=action.pk)


def _permit(pen: Pen, action: Action) -> None:
    if not rules.may_keep(reach_of(pen.by, on=localdate(pen.at)), action):
        raise PermissionDenied(WHO_KEEPS)


def _refuse_closed(action: Action) -> None:
    if action.state != Action.State.OPEN:
        raise ClosedMeanwhile(action)


def _refuse_changed(pen: Pen, action: Action) -> None:
    if action.version != pen.version:
        raise ChangedMeanwhile(action)


def _open(pen: Pen, action: Action, *, any_version: bool = False) -> Action:
    """The action, locked, if it is open, `pen.by` keeps it, and nobody changed it since."""
    now = _locked(action)
    _permit(pen, now)
    _refuse_closed(now)
    if not any_version:
        _refuse_changed(pen, now)
    return now


def _changed(pen: Pen, action: Action, kind: str, text: str, verb: str, **changes: Any) -> Action:
    """Write `changes` over the version that was seen, with the step and the audit beside it."""
    fresh = Action.objects.get(pk=action.pk)
    before = audit.snapshot(fresh)
    for name, value in changes.items():
        setattr(action, name, value)
    Action.objects.filter(pk=action.pk).update(version=F("version") + 1, **changes)
    action.version += 1
    _step(pen, action, kind, text)
    audit.record(verb, action, by=pen.by, before=before)
    return action


def _step(pen: Pen, action: Action, kind: str, text: str) -> None:
    ActionStep.objects.create(action=action, kind=kind, text=text.strip(), at=pen.at, by=pen.by)
