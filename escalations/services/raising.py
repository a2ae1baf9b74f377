"""Raises an escalation: gives it a reference, finds its first rung, and lets its readers in."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from secrets import choice
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from clusters.models import Cluster, Forum
from clusters.selectors import reach_of
from escalations import rules
from escalations.models import Escalation, ReferenceYear, Step, Viewer
from escalations.reference import CONFIDENTIAL_DAYS
from escalations.selectors import Route, confidential_leads, holders_by_forum, keepers_in_words, open_asks, route_up
from meetings.models import Ask
from meetings.rules import can_escalate
from practices.models import Practice
from shared.dates import add_working_days

LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"  # none that is taken for another, no vowels, so no words
# What tells one form from another when its nonce comes back.
KEPT = (
    "title",
    "situation",
    "background",
    "assessment",
    "ask_text",
    "tried",
    "theme",
    "likelihood",
    "impact",
    "needed_by",
    "practice",
    "about",
    "named_lead",
)


class SentAlready(ValidationError):
    """The form was sent before with other words; `earlier` is what was made then."""

    def __init__(self, earlier: Escalation) -> None:
        self.earlier = earlier
        super().__init__(
            f"This form was sent before, as {earlier.reference}. What you changed since is not in it and stands below. "
            f"Send it again to raise it as another matter; withdraw {earlier.reference} if this takes its place."
        )


@dataclass(frozen=True)
class EscalationEntry:
    """What the raiser typed and chose. With `named_lead` it is confidential."""

    title: str
    situation: str
    ask_text: str
    likelihood: int
    impact: int
    background: str = ""
    assessment: str = ""
    tried: str = ""
    theme: str = Escalation.Theme.OTHER
    needed_by: date | None = None
    practice: Practice | None = None
    about: User | None = None
    named_lead: User | None = None
    from_ask: Ask | None = None
    skip_cluster: bool = False
    cluster_keeps_reading: bool = False


def raise_escalation(
    *, by: User, cluster: Cluster, entry: EscalationEntry, nonce: UUID, at: datetime | None = None
) -> Escalation:
    """Raise a matter and put it on its first rung. The same `nonce` with the same words gives the same escalation.

    Raises PermissionDenied when `by` may not raise here that day, SentAlready when the nonce comes back with other
    words, and ValidationError (by field where there is one) when a choice does not hold or no rung has anybody who
    could act.
    """
    at = at or timezone.now()
    day = timezone.localdate(at)
    _check_permitted(by, cluster, entry, day)
    with transaction.atomic():
        # The year's row is the queue: whoever comes second with the same nonce finds what the first has made.
        year = _lock_year(day.year)
        made = Escalation.objects.filter(raised_by=by, nonce=nonce).first()
        if made is None:
            return _raise(by, cluster, entry, nonce, at, year)
        if _differs(made, entry):
            raise SentAlready(made)
        return made


def _differs(made: Escalation, entry: EscalationEntry) -> bool:
    return any(getattr(made, name) != getattr(entry, name) for name in KEPT)


def _check_permitted(by: User, cluster: Cluster, entry: EscalationEntry, day: date) -> None:
    reach = reach_of(by, on=day)
    if not rules.can_raise(reach, cluster):
        raise PermissionDenied("Quality leads of the cluster and their deputies raise escalations.")
    if entry.skip_cluster and not rules.can_skip_cluster(reach, cluster):
        raise ValidationError({"skip_cluster": "Only a Practice Quality Lead may go past the cluster."})
    if entry.from_ask and (entry.from_ask.forum_id != cluster.forum_id or not can_escalate(reach, entry.from_ask)):
        raise PermissionDenied("Only the one who asked can escalate a question.")


def _lock_year(year: int) -> ReferenceYear:
    ReferenceYear.objects.get_or_create(year=year)
    return ReferenceYear.objects.select_for_update().get(year=year)


def _raise(
    by: User, cluster: Cluster, entry: EscalationEntry, nonce: UUID, at: datetime, year: ReferenceYear
) -> Escalation:
    day = timezone.localdate(at)
    _check_ask(entry.from_ask)
    _check_choices(by, cluster, entry, day)
    route = _first_route(by, cluster, entry, day) if entry.named_lead is None else None
    forum = route.rung.forum if route and route.rung else cluster.forum
    days = route.rung.days if route and route.rung else CONFIDENTIAL_DAYS
    reference = _confidential_reference(year) if entry.named_lead else _next_reference(year)
    escalation = Escalation.objects.create(
        reference=reference,
        cluster=cluster,
        practice=entry.practice,
        title=entry.title,
        situation=entry.situation,
        background=entry.background,
        assessment=entry.assessment,
        ask_text=entry.ask_text,
        tried=entry.tried,
        theme=entry.theme,
        likelihood=entry.likelihood,
        impact=entry.impact,
        needed_by=entry.needed_by,
        is_confidential=entry.named_lead is not None,
        named_lead=entry.named_lead,
        about=entry.about,
        from_ask=entry.from_ask,
        forum=forum,
        due_on=add_working_days(day, days),
        nonce=nonce,
        raised_at=at,
        raised_by=by,
    )
    _first_steps(escalation, [*(route.passed if route else []), forum])
    if entry.cluster_keeps_reading:
        _let_cluster_read(escalation, day)
    record("raised an escalation", escalation, by=by, detail={"cluster": cluster.pk, "forum": forum.pk})
    return escalation


def _next_reference(year: ReferenceYear) -> str:
    year.last += 1
    year.save(update_fields=["last"])
    return str(year)


def _confidential_reference(year: ReferenceYear) -> str:
    """Drawn, not counted: a gap or a number would tell others that a confidential matter exists."""
    while True:
        reference = f"ESC-{year.year}-C" + "".join(choice(LETTERS) for _ in range(6))
        if not Escalation.objects.filter(reference=reference).exists():
            return reference


def _check_ask(ask: Ask | None) -> None:
    if ask is None:
        return
    if earlier := Escalation.objects.filter(from_ask=ask).first():
        raise ValidationError(f"This question was escalated already, as {earlier.reference}.")
    if not open_asks().filter(pk=ask.pk).exists():
        raise ValidationError("This question was taken back, or stands in minutes that are still a draft.")


def _check_choices(by: User, cluster: Cluster, entry: EscalationEntry, day: date) -> None:
    if entry.named_lead is None:
        return
    aside = (by.pk, entry.about.pk if entry.about else None)
    if entry.named_lead not in confidential_leads(cluster, without=aside, on=day):
        raise ValidationError({"named_lead": "Choose a named lead who is neither you nor the person it is about."})
    if entry.cluster_keeps_reading:
        raise ValidationError({"cluster_keeps_reading": "A confidential matter has no further readers."})


def _first_route(by: User, cluster: Cluster, entry: EscalationEntry, day: date) -> Route:
    after = cluster.forum if entry.skip_cluster else None
    aside = (by.pk, entry.about.pk if entry.about else None)
    route = route_up(cluster, after=after, without=aside, on=day)
    if route.rung is None:
        raise ValidationError(
            f"Nobody holds a rung above {cluster} who could decide this, so it was not sent. "
            + keepers_in_words(cluster, on=day)
        )
    return route


def _first_steps(escalation: Escalation, chain: list[Forum]) -> None:
    _add_step(escalation, Step.Kind.RAISED, chain[0], None)
    for here, there in pairwise(chain):
        _add_step(escalation, Step.Kind.MOVED_ON, here, there)


def _add_step(escalation: Escalation, kind: Step.Kind, forum: Forum, to: Forum | None) -> None:
    Step.objects.create(
        escalation=escalation,
        kind=kind,
        forum=forum,
        to_forum=to,
        taken_at=escalation.raised_at,
        taken_by=escalation.raised_by,
    )


def _let_cluster_read(escalation: Escalation, day: date) -> None:
    forum = escalation.cluster.forum
    for person in holders_by_forum([forum], on=day)[forum.pk]:
        if person.pk not in (escalation.raised_by_id, escalation.about_id):
            Viewer.objects.create(
                escalation=escalation, person=person, added_at=escalation.raised_at, added_by=escalation.raised_by
            )
