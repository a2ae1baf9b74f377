"""Practice lists: brought, previewed, applied or laid aside. By page or by command, the same plan is carried out."""

from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.analysis.practice_list import Decisions, Plan, details_of, plan_of, report_of
from clusters.models import PracticeList
from clusters.selectors.practice_lists import decided_before, plans_for, reason_against, registry_at
from clusters.services.locks import hold_names, hold_practices
from clusters.services.practice_list_changes import carry_out
from practices.parsing import PracticeFile, Refusal, Refused, read_practice_file
from practices.selectors import known_codes
from shared import chi

LONGEST_NAME = 200
AS_OF = "as_of"
NOTHING_SAID = Decisions()


class AlreadyDecided(Exception):
    """Somebody applied the list or laid it aside already: see `practice_list`."""

    def __init__(self, practice_list: PracticeList) -> None:
        super().__init__(str(practice_list))
        self.practice_list = practice_list


class PreviewOutdated(Exception):
    """The registry changed after the preview was shown: applying would do something else than it said."""


def import_practice_file(
    *,
    data: bytes,
    file_name: str,
    as_of: date,
    decisions: Decisions = NOTHING_SAID,
    is_dry_run: bool = False,
    by: User | None = None,
) -> Plan:
    """Read a practice list and apply it at once, or with `is_dry_run` only say what it would change.

    One transaction. A list that changes nothing writes nothing, so a second run leaves no trace. What the same file
    was answered when it was applied before stands, where `decisions` say nothing else.
    Raises Refused with every reason why the list cannot be taken; then nothing was changed.
    """
    file = _read(data, file_name, as_of)
    if is_dry_run:
        return _planned(file, data, as_of, decisions)
    with transaction.atomic():
        _one_at_a_time()
        refuse_day(as_of)
        plan = _planned(file, data, as_of, decisions)
        if not plan.is_empty:
            _apply_at_once(_held(data, file_name, as_of, by), plan, by)
    return plan


def upload_practice_list(*, data: bytes, file_name: str, as_of: date, by: User) -> PracticeList | None:
    """Keep a practice list for its preview; None when it says what the registry says already.

    The same file for the same day waits once only, however often and by whomever it is uploaded.
    Raises Refused with every reason why the list cannot be taken; then nothing was kept.
    """
    file = _read(data, file_name, as_of)
    if _planned(file, data, as_of, NOTHING_SAID).is_empty:
        return None
    try:
        with transaction.atomic():
            if same := _waits(data, as_of).first():
                return same
            brought = _kept(data, file_name, as_of, _as_json(file), by)
            audit.record("practice list uploaded", brought, by=by, detail={"practices": len(file.rows)})
            return brought
    except IntegrityError:  # the same file, uploaded at the same moment, and perhaps decided since
        return upload_practice_list(data=data, file_name=file_name, as_of=as_of, by=by)


@transaction.atomic
def apply_practice_list(
    *, practice_list: PracticeList, fingerprint: str, decisions: Decisions = NOTHING_SAID, by: User
) -> PracticeList:
    """Carry out the plan that was shown, known by its `fingerprint`, with what was decided about its suggestions.

    Raises AlreadyDecided, PreviewOutdated when the registry has changed since, Refused when a newer list was applied
    meanwhile, or ValidationError beside the key of a suggestion that cannot be carried out; then nothing was changed.
    """
    _one_at_a_time()
    waiting = _waiting(practice_list)
    refuse_day(waiting.as_of)
    shown, decided = plans_for(waiting, decisions)
    if shown.fingerprint != fingerprint:
        raise PreviewOutdated
    _apply(waiting, decided, by)
    return waiting


@transaction.atomic
def lay_aside_practice_list(*, practice_list: PracticeList, by: User) -> PracticeList:
    """Decide not to apply a list; what the file said is let go. Raises AlreadyDecided."""
    waiting = _waiting(practice_list)
    _decide(waiting, PracticeList.State.SET_ASIDE, {}, by)
    audit.record("practice list laid aside", waiting, by=by)
    return waiting


def refuse_day(as_of: date) -> None:
    """Raise Refused for a day to come, and for a list that is older than the newest applied one."""
    if reason := reason_against(as_of):
        raise Refused(Refusal(0, AS_OF, as_of.isoformat(), reason))


def _planned(file: PracticeFile, data: bytes, as_of: date, decisions: Decisions) -> Plan:
    """The plan with what was decided now and, about the same file, before. Raises Refused for an answer to nothing."""
    registry, before = registry_at(as_of), decided_before(_hash(data), as_of)
    asked = plan_of(file, registry, as_of=as_of, decisions=before)
    unasked = {key for key, _ in decisions.answers} - {*asked.questions, *dict(before.answers)}
    if unasked:
        reason = "This list makes no such suggestion. A dry run prints the key of each that it makes."
        raise Refused(*(Refusal(0, "suggestion", key, reason) for key in sorted(unasked)))
    if not decisions.answers:
        return asked
    return plan_of(file, registry, as_of=as_of, decisions=decisions.over(before))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _read(data: bytes, file_name: str, as_of: date) -> PracticeFile:
    if any(found.certain for found in chi.findings(file_name)):
        reason = "The name of the file holds a patient’s number. Give it another name: the portal never keeps them."
        raise Refused(Refusal(0, "file", "", reason))
    refuse_day(as_of)
    return read_practice_file(data, codes=known_codes())


def _one_at_a_time() -> None:
    hold_names()
    hold_practices()


def _waiting(practice_list: PracticeList) -> PracticeList:
    fresh = PracticeList.objects.select_for_update(of=("self",)).get(pk=practice_list.pk)
    if fresh.state != PracticeList.State.PREVIEWED:
        raise AlreadyDecided(fresh)
    return fresh


def _waits(data: bytes, as_of: date) -> QuerySet[PracticeList]:
    """The same file for the same day, if it waits for a decision: one at most."""
    return PracticeList.objects.filter(file_hash=_hash(data), as_of=as_of, state=PracticeList.State.PREVIEWED)


def _held(data: bytes, file_name: str, as_of: date, by: User | None) -> PracticeList:
    """The same list if it waits, locked so that nobody lays it aside meanwhile, else a new row."""
    try:
        with transaction.atomic():
            waiting = _waits(data, as_of).select_for_update(of=("self",)).first()
            return waiting or _kept(data, file_name, as_of, {}, by)
    except IntegrityError:  # uploaded by page at the same moment
        return _held(data, file_name, as_of, by)


def _kept(data: bytes, file_name: str, as_of: date, rows: dict[str, Any], by: User | None) -> PracticeList:
    return PracticeList.objects.create(
        as_of=as_of,
        file_name=file_name[-LONGEST_NAME:],
        file_hash=_hash(data),
        rows=rows,
        uploaded_at=timezone.now(),
        uploaded_by=by,
    )


def _as_json(file: PracticeFile) -> dict[str, Any]:
    return {"has_clusters": file.has_clusters, "rows": [asdict(row) for row in file.rows]}


def _apply_at_once(waiting: PracticeList, plan: Plan, by: User | None) -> None:
    """As `_apply`, for the command line: what cannot be carried out is a reason to refuse the list."""
    try:
        _apply(waiting, plan, by)
    except ValidationError as wrong:
        by_key = wrong.message_dict if hasattr(wrong, "error_dict") else {"file": wrong.messages}
        raise Refused(*(Refusal(0, key, "", " ".join(said)) for key, said in by_key.items())) from None


def _apply(waiting: PracticeList, plan: Plan, by: User | None) -> None:
    journal = carry_out(plan, reason=str(waiting), by=by)
    report = report_of(plan, is_dry_run=False)
    outcome = {"report": report, "details": details_of(plan), "decisions": dict(plan.decisions.answers)}
    PracticeList.objects.exclude(journal={}).update(journal={})  # what came before can no longer be undone
    waiting.journal = journal.as_json()
    _decide(waiting, PracticeList.State.APPLIED, outcome, by)
    counts = {name: report[name] for name in ("practices", "clusters", "list_sizes", "groups", "decisions")}
    audit.record("practice list applied", waiting, by=by, detail={**counts, "moves": len(plan.moves)})


def _decide(waiting: PracticeList, state: str, outcome: dict[str, Any], by: User | None) -> None:
    waiting.state, waiting.outcome, waiting.rows = state, outcome, {}
    waiting.decided_at, waiting.decided_by = timezone.now(), by
    fields = ("state", "outcome", "rows", "journal", "decided_at", "decided_by")
    still = PracticeList.objects.filter(pk=waiting.pk, state=PracticeList.State.PREVIEWED)
    if not still.update(**{name: getattr(waiting, name) for name in fields}):
        raise AlreadyDecided(PracticeList.objects.get(pk=waiting.pk))
