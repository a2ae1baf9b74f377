"""Plans with their projects, and the figures of what they count."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse

from accounts.models import User
from measures.models import Measure
from measures.services import enter_point
from meetings.models import Meeting
from portal.demo.parts import Series, Todo, Work, YearPlan
from portal.demo.stage import Stage
from portal.demo.year import PLANS
from portal.demo.year.ideas import IDEAS
from portal.demo.year.sides import CHOSEN_BY
from qiplans.models import Plan, Priority, Project
from qiplans.rules import plan_year_of
from qiplans.services import (
    add_priority,
    add_project,
    agree_plan,
    measure_project,
    move_project,
    plan_action,
    propose_idea,
    share_project,
    start_plan,
    write_update,
)
from qiplans.services.versions import set_review, sign_plan
from shared.dates import months_before

MONTHS = {"MONTH": 1, "QUARTER": 3}
REVIEW_IN = 70


def make_plans(stage: Stage) -> None:
    """Every cluster's plan, and last year's where there is one."""
    for plan in PLANS:
        if plan.cluster in stage.clusters:
            _Planning(stage, plan).tell()
    _propose(stage)


def _propose(stage: Stage) -> None:
    """What members proposed, without keeping projects: it waits as an idea."""
    for cluster, who, goal, title, aim, why_now, ago in IDEAS:
        if cluster in stage.clusters and who in stage.people:
            propose_idea(
                by=stage.people[who],
                priority=Priority.objects.get(plan__cluster=stage.clusters[cluster], title=stage.say(goal)),
                title=title,
                aim=aim,
                why_now=why_now,
                at=stage.at(stage.ago(ago), 13, 10),
            )


class _Planning:
    """One plan being told."""

    def __init__(self, stage: Stage, told: YearPlan) -> None:
        self.stage, self.told = stage, told
        self.cluster = stage.clusters[told.cluster]
        self.begun = stage.ago(told.begun)
        self.lead = stage.led_by(told.cluster, self.begun)

    def tell(self) -> None:
        year = plan_year_of(self.stage.now) - self.told.last_year
        plan = start_plan(by=self.lead, cluster=self.cluster, year=year)
        priorities = [
            add_priority(
                by=self.lead,
                plan=plan,
                title=self.stage.say(goal.title),
                purpose=self.stage.say(goal.purpose),
                orientation=goal.orientation,
                chosen_by=CHOSEN_BY.get(goal.title, Priority.ChosenBy.CLUSTER),
            )
            for goal in self.told.goals
        ]
        self.agree(plan)
        for priority, goal in zip(priorities, self.told.goals, strict=True):
            for work in goal.works:
                self.work(priority, work)

    def agree(self, plan: Plan) -> None:
        if self.told.agreed is not None:
            meeting = Meeting.objects.filter(forum=self.cluster.forum).order_by("held_on")[self.told.agreed]
            at = self.stage.at(meeting.held_on, 17, 30)
            agree_plan(by=self.lead, plan=plan, meeting=meeting, version=plan.version, at=at)
            version = plan.versions.get()
            sign_plan(by=self.lead, version=version, practices=[], for_cluster=True, at=at)
            if not self.told.last_year:
                set_review(by=self.lead, plan=plan, seen=0, review_on=self.stage.after(self.stage.now, REVIEW_IN))

    def work(self, priority: Priority, work: Work) -> None:
        lead = self.stage.somebody(self.told.cluster, work.lead, self.stage.now) if work.lead else None
        project = add_project(
            by=self.lead,
            priority=priority,
            title=self.stage.say(work.title),
            aim=self.stage.say(work.aim),
            why_now=self.stage.say(work.why_now),
            could_use_help_with=self.stage.say(work.help),
            lead=lead,
            next_review_on=None if work.review_in is None else self.stage.after(self.stage.now, work.review_in),
            practices=self.stage.chosen(self.told.cluster, work.practices),
        )
        self._follow(project, work, lead)
        if work.shared:
            share_project(by=self.lead, project=project, level=work.shared)
        for todo in work.todos:
            self._plan_action(project, todo)
        if work.series:
            self._count(project, work.series)

    def _follow(self, project: Project, work: Work, lead: User | None) -> None:
        by = lead or self.lead
        for ago, state, reason in work.moves:
            move_project(by=by, project=project, to_state=state, reason=self.stage.say(reason), at=self._then(ago))
        for ago, text in work.updates:
            write_update(by=by, project=project, text=self.stage.say(text), at=self._then(ago))

    def _plan_action(self, project: Project, todo: Todo) -> None:
        plan_action(
            by=self.lead,
            project=project,
            what=self.stage.say(todo.what),
            owner=self.stage.somebody(self.told.cluster, todo.owner, self.stage.now),
            due_on=self.stage.after(self.stage.now, todo.in_days),
            origin_path=reverse("qiplans:project", args=[project.pk]),
            at=self.stage.at(self.stage.ago(7)),
        )

    def _then(self, ago: int) -> datetime:
        return self.stage.at(self.stage.ago(ago), 15, 50)

    def _count(self, project: Project, series: Series) -> None:
        measure = measure_project(
            by=self.lead,
            project=project,
            name=series.name,
            definition=series.definition,
            unit=series.unit,
            direction=series.direction,
            frequency=series.frequency,
            goal=_exact(series.goal),
        )
        for place, (period, value) in enumerate(zip(_periods(self.stage.now, series), series.values, strict=True)):
            self._enter(measure, period, value, series.notes.get(place, ""))

    def _enter(self, measure: Measure, period: date, value: float | None, note: str) -> None:
        step = MONTHS[measure.frequency]
        counted = self.stage.at(months_before(period, -step) + timedelta(days=4), 10, 30)
        by = self.stage.people.get("morag", self.lead) if measure.pk % 2 else self.lead
        enter_point(
            by=by, measure=measure, period_on=period, value=_exact(value), note=self.stage.say(note), at=counted
        )


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _periods(now: date, series: Series) -> list[date]:
    """First days of the periods of a series, the last of them the last whole one before `now`."""
    step = MONTHS[series.frequency]
    this = date(now.year, (now.month - 1) // step * step + 1, 1)
    return [months_before(this, step * back) for back in range(len(series.values), 0, -1)]
