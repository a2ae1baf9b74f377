"""What escalations put on an agenda, each for the readers who may open it: plugged into `AGENDA_SOURCES`.

Never a confidential matter, and none about a person.
"""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accounts.reach import Reach
from clusters.models import Forum
from escalations.models import Escalation, Step
from escalations.selectors.doors import escalations_within
from meetings.plugs import Group, Suggested
from meetings.selectors.agenda_lines import since_last_meeting

Kind = Step.Kind
ANSWERS = {
    Kind.RESOLVED: "decided",
    Kind.DECLINED: "declined",
    Kind.ASKED: "asks for information",
    Kind.PASSED_UP: "passed it on",
    Kind.MOVED_ON: "did not decide in time; it moved on",
}


def decision_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Of a cluster: what was decided or asked, since it met last, of what it escalated."""
    if reach is None or forum.kind != Forum.Kind.CLUSTER:
        return []
    answers = Step.objects.filter(
        escalation=OuterRef("pk"), kind__in=ANSWERS, taken_at__gte=since_last_meeting(forum, on=on)
    ).order_by("-pk")
    moved = _open_to(reach).filter(cluster__forum=forum)
    found = moved.annotate(
        answer=Subquery(answers.values("kind")[:1]), answered_by=Subquery(answers.values("forum__name")[:1])
    ).exclude(answer=None)
    return [
        _line(escalation, Group.REPLIES, escalation.title, f"{escalation.answered_by} {ANSWERS[escalation.answer]}")
        for escalation in found.order_by("raised_at", "pk")
    ]


def waiting_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Of a forum above clusters: what waits on its rung for a decision (MTG-24)."""
    if reach is None or forum.kind == Forum.Kind.CLUSTER:
        return []
    waiting = _open_to(reach).filter(forum=forum, state__in=Escalation.WAITING)
    return [
        _line(escalation, Group.CLUSTERS, escalation.title, f"{escalation.cluster}, to decide", escalation.due_on)
        for escalation in waiting.order_by("due_on", "pk")
    ]


def _open_to(reach: Reach) -> QuerySet[Escalation]:
    return escalations_within(reach).filter(is_confidential=False, about=None)


def _line(escalation: Escalation, group: Group, text: str, detail: str, day: date | None = None) -> Suggested:
    path = reverse("escalations:escalation", args=[escalation.reference])
    key = f"escalation:{escalation.reference}"
    return Suggested(key, group, text, path, detail, day, is_kept=True, is_private=True)
