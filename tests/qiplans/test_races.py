"""Eight at once: one row, one winner, and nobody gets an error page."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import AuditEvent
from measures.models import DataPoint
from measures.services import enter_point
from qiplans import services
from qiplans.models import Priority, ProjectStep
from tests.qiplans.conftest import a_measure, a_meeting

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, times=8):
    """What each of several simultaneous calls gave: its result or its exception."""

    def one(_):
        try:
            return act()
        except Exception as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_one_form_sent_eight_times_is_one_priority(world, work):
    nonce = uuid4()
    given = at_once(
        lambda: services.add_priority(by=world.callum, plan=work.plan, title="Frailty", purpose="Falls.", nonce=nonce)
    )
    assert {type(one) for one in given} == {Priority}
    assert Priority.objects.filter(title="Frailty").count() == 1
    assert AuditEvent.objects.filter(verb="priority added").count() == 2


def test_one_figure_sent_eight_times_is_one_figure(world, work):
    measure = a_measure(world, work.project)
    given = at_once(
        lambda: enter_point(by=world.callum, measure=measure, period_on=world.today, value=Decimal(60), note="")
    )
    assert {type(one) for one in given} == {DataPoint}
    assert DataPoint.objects.count() == 1


def test_eight_moves_are_one_step(world, work):
    given = at_once(lambda: services.move_project(by=world.tom, project=work.project, to_state="TESTING"))
    assert [type(one) for one in given if one is not None] == [ProjectStep]


def test_of_eight_that_agree_the_plan_one_does(world, work):
    meeting = a_meeting(world)
    given = at_once(lambda: services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=2))
    assert sum(isinstance(one, services.NothingToAgree) for one in given) == 7
    assert AuditEvent.objects.filter(verb="plan agreed").count() == 1


def test_of_eight_editors_one_saves_and_seven_are_told(world, work):
    titles = iter(f"Title {n}" for n in range(8))
    given = at_once(
        lambda: services.change_priority(
            by=world.callum,
            priority=Priority.objects.get(),
            version=1,
            title=next(titles),
            purpose="Mine.",
            orientation="INTR",
        )
    )
    assert sum(isinstance(one, services.ChangedMeanwhile) for one in given) == 7
    assert Priority.objects.get().version == 2
