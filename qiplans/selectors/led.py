"""The projects that somebody leads, with their latest word and what comes next: for the home page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from accounts.reach import Reach
from accounts.roles import Right
from qiplans import rules
from qiplans.models import Milestone, ProgressUpdate, Project


@dataclass(frozen=True)
class Led:
    """A project that goes on. `said` is its latest update, `next` the milestone that comes first; both may be empty."""

    project: Project
    said: str
    said_at: datetime | None
    next: str
    next_on: date | None


def projects_led(reach: Reach) -> list[Led]:
    """Those under way that the reader leads in clusters whose inside they see, by title; in one query."""
    if not reach.has(Right.SEE_INSIDE):
        return []
    latest = ProgressUpdate.objects.filter(project=OuterRef("pk")).order_by("-written_at", "-pk")
    ahead = Milestone.objects.filter(project=OuterRef("pk"), done_at=None).order_by("due_on", "pk")
    mine = Project.objects.filter(
        lead=reach.person_id, priority__plan__cluster__in=reach.clusters(Right.SEE_INSIDE)
    ).exclude(state__in=rules.OVER)
    told = mine.annotate(
        said=Subquery(latest.values("text")[:1]),
        said_at=Subquery(latest.values("written_at")[:1]),
        next=Subquery(ahead.values("what")[:1]),
        next_on=Subquery(ahead.values("due_on")[:1]),
    )
    return [
        Led(project, project.said or "", project.said_at, project.next or "", project.next_on)
        for project in told.order_by("title", "pk")
    ]
