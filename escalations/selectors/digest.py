"""What escalations remind people of. One query for everybody; the rules decide who."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.reach import Reach
from escalations import rules
from escalations.models import Escalation, Step
from office.plugs import Asked, Line, Section
from shared.dates import in_words

State = Escalation.State
Told = dict[int, list[Line]]


def escalations_to_tell(asked: Asked) -> Told:
    """What waits for them to decide, and what was asked or answered of what they raised."""
    holders: dict[tuple[str, int], list[int]] = defaultdict(list)
    for pk in asked.people:
        for place in _places_held(asked.reaches[pk]):
            holders[place].append(pk)
    told: Told = defaultdict(list)
    for escalation in _escalations(asked):
        if escalation.state in Escalation.WAITING:
            _tell_holders(escalation, asked, holders, told)
        else:
            _tell_raiser(escalation, asked, told)
    return told


def _escalations(asked: Asked) -> Any:
    last = Step.objects.filter(escalation=OuterRef("pk")).order_by("-pk")
    moving = Escalation.objects.annotate(moved_at=Coalesce(Subquery(last.values("taken_at")[:1]), "raised_at"))
    waiting = Q(state__in=Escalation.WAITING) & (Q(due_on__lte=asked.soon) | Q(moved_at__gt=asked.oldest))
    answered = Q(state__in=[State.RESOLVED, State.DECLINED], moved_at__gt=asked.oldest)
    return moving.filter(waiting | Q(state=State.ASKED) | answered).select_related("forum")


def _places_held(reach: Reach) -> set[tuple[str, int]]:
    """The rungs that somebody holds: those of forums, and those that serve a health board."""
    forums = {("forum", pk) for pk in rules.clusters_held(reach) | rules.forums_held(reach)}
    return forums | {("board", pk) for pk in rules.boards_held(reach)}


def _tell_holders(escalation: Any, asked: Asked, holders: dict[tuple[str, int], list[int]], told: Told) -> None:
    forum = escalation.forum
    near = [*holders["forum", forum.pk], *holders["board", forum.board_id]]
    if escalation.is_confidential:
        near = [escalation.named_lead_id]
    for pk in dict.fromkeys(near):
        if pk in asked.people and asked.reaches[pk].holdings and rules.holds(asked.reaches[pk], escalation):
            moved_at: datetime = escalation.moved_at
            section = asked.section(pk, due_on=escalation.due_on, told_at=moved_at)
            if section:
                told[pk].append(_line(escalation, section, "waits for your decision", is_due=True))


def _tell_raiser(escalation: Any, asked: Asked, told: Told) -> None:
    pk = escalation.speaker_id
    if pk not in asked.people:
        return
    if escalation.state == State.ASKED:
        told[pk].append(_line(escalation, Section.DUE, "asks you for information"))
    elif escalation.moved_at > asked.since[pk]:
        told[pk].append(_line(escalation, Section.NEW, "has an answer: read it, then accept it or ask for a review"))


def _line(escalation: Any, section: Section, said: str, *, is_due: bool = False) -> Line:
    """A confidential matter is not named in a letter."""
    what = "A confidential matter" if escalation.is_confidential else f"{escalation.reference}, {escalation.title}:"
    path = reverse("escalations:escalation", args=[escalation.reference])
    by = f" by {in_words(escalation.due_on)}" if is_due else ""
    return Line(
        section,
        f"{what} {said}{by}",
        path,
        f"escalation:{escalation.reference}",
        day=escalation.due_on if is_due else None,
    )
