"""A plan with a priority, a project and a meeting, as the services make them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from uuid import uuid4

import pytest

from measures.services import enter_point
from meetings.models import Meeting
from qiplans import services
from qiplans.rules import plan_year_of
from tests.measures.practices import free_name

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def a_meeting(world, cluster=None, held_on=None, state="CIRC"):
    """A meeting of Rowan, or of another cluster, whose minutes were sent round."""
    return Meeting.objects.create(
        forum=(cluster or world.rowan).forum,
        held_on=held_on or world.today,
        state=state,
        nonce=uuid4(),
        logged_at=AT,
        logged_by=world.callum,
    )


def a_plan(world, cluster=None):
    """This year's plan with one priority and one project of Tom's, at Alder and Beech."""
    plan = services.start_plan(by=world.callum, cluster=cluster or world.rowan, year=plan_year_of(world.today))
    priority = services.add_priority(
        by=world.callum, plan=plan, title="Diabetes recall", purpose="Fewer people lost to follow-up."
    )
    project = services.add_project(
        by=world.callum,
        priority=priority,
        title="Texts for recall",
        aim="70% of people with diabetes recalled by March.",
        lead=world.tom,
        practices=[world.alder, world.beech],
        could_use_help_with="Money for texts",
    )
    plan.refresh_from_db()
    return SimpleNamespace(plan=plan, priority=priority, project=project)


def a_measure(world, project, figures=(), name="Recalled in time"):
    """A measure of the project, with one figure a month from January 2025. A name that is taken gets a number."""
    name = free_name(project.priority.plan.cluster, name)
    measure = services.measure_project(by=world.callum, project=project, name=name)
    for n, figure in enumerate(figures):
        enter_point(
            by=world.callum,
            measure=measure,
            period_on=date(2025 + n // 12, n % 12 + 1, 1),
            value=None if figure is None else Decimal(str(figure)),
            note="Texts began" if n == 3 else "",
            at=AT,
        )
    return measure


@pytest.fixture
def work(world):
    return a_plan(world)
