"""Asks the analyst, takes the steps of a request, and keeps the analyst's card."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.models import Measure
from measures.services import change
from meetings.rules import own_nonce
from qiplans.models import AnalystCard, AnalystRequest, AnalystStep
from qiplans.rules.requests import ANALYST_MOVES

State = AnalystRequest.State


class MovedOn(Exception):
    """Somebody took another step first: `request` is as it is now."""

    def __init__(self, request: AnalystRequest) -> None:
        super().__init__("moved on")
        self.request = request


@transaction.atomic
def ask_analyst(
    *,
    by: User,
    cluster: Cluster,
    question: str,
    decision: str,
    needed_by: date,
    population: str = "",
    period: str = "",
    level: str = "",
    nonce: UUID | None = None,
    at: datetime | None = None,
) -> AnalystRequest:
    """A new request. The same form sent twice is one; with other words it is another."""
    words = (question, decision, str(needed_by), population, period, level)
    request, is_new = AnalystRequest.objects.get_or_create(
        nonce=own_nonce(nonce or uuid4(), by.pk, cluster.pk, *words),
        defaults={
            "cluster": cluster,
            "question": question,
            "decision": decision,
            "needed_by": needed_by,
            "population": population,
            "period": period,
            "level": level,
            "asked_at": at or timezone.now(),
            "asked_by": by,
        },
    )
    if is_new:
        audit.record("analyst asked", request, by=by, detail={"cluster": cluster.pk})
    return request


@transaction.atomic
def take_step(
    *,
    by: User,
    request: AnalystRequest,
    to_state: str,
    words: str = "",
    link: str = "",
    measure: Measure | None = None,
    at: datetime | None = None,
    read: int | None = None,
) -> AnalystStep | None:
    """The analyst's step. None when the same stands already. Raises MovedOn when the table of moves has it not.

    And when there are other steps by now than the number that was `read`: a colleague's words are not passed over.
    """
    now = AnalystRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if _stands(by, now, to_state, words):
        return None
    if to_state not in ANALYST_MOVES[now.state] or read not in (None, now.steps.count()):
        raise MovedOn(now)
    if to_state == State.DELIVERED:
        now.link, now.measure = link, measure
    return _step(by, now, to_state, words, at)


@transaction.atomic
def reply_to_analyst(
    *, by: User, request: AnalystRequest, words: str, at: datetime | None = None
) -> AnalystStep | None:
    """The asker's answer to what was asked back: it is the analyst's turn again. None when the same stands already.

    Raises MovedOn when nothing is asked back now.
    """
    now = AnalystRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if _stands(by, now, State.NEW, words):
        return None
    if now.state != State.QUERIED:
        raise MovedOn(now)
    return _step(by, now, State.NEW, words, at)


def _stands(by: User, request: AnalystRequest, to_state: str, words: str) -> bool:
    """Whether the latest step is this very one: a second press of the same button."""
    last = request.steps.order_by("pk").last()
    return last is not None and (last.to_state, last.words, last.taken_by_id) == (to_state, words, by.pk)


def _step(by: User, request: AnalystRequest, to_state: str, words: str, at: datetime | None) -> AnalystStep:
    before = audit.snapshot(AnalystRequest.objects.get(pk=request.pk))
    step = AnalystStep.objects.create(
        request=request,
        from_state=request.state,
        to_state=to_state,
        words=words,
        taken_at=at or timezone.now(),
        taken_by=by,
    )
    request.state = to_state
    request.save(update_fields=["state", "link", "measure"])
    audit.record("request moved", request, by=by, before=before)
    return step


@transaction.atomic
def judge_request(
    *, by: User, request: AnalystRequest, useful: str, note: str = "", at: datetime | None = None
) -> AnalystRequest:
    """Whether it was useful, in a word and a line; said once. Raises MovedOn when somebody said otherwise first."""
    now = AnalystRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if now.state != State.DELIVERED or (now.useful and (now.useful, now.useful_note) != (useful, note)):
        raise MovedOn(now)
    if not now.useful:
        before = audit.snapshot(now)
        now.useful, now.useful_note, now.judged_at, now.judged_by = useful, note, at or timezone.now(), by
        now.save(update_fields=["useful", "useful_note", "judged_at", "judged_by"])
        audit.record("request judged", now, by=by, before=before)
    return now


@transaction.atomic
def write_card(*, by: User, version: int, can_do: str) -> AnalystCard:
    """What an analyst says that they can do. Raises ChangedMeanwhile."""
    card, is_new = AnalystCard.objects.get_or_create(person=by)
    change(card, by=by, version=1 if is_new else version, verb="analyst card written", changes={"can_do": can_do})
    return card
