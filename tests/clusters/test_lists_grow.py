"""Lists of the registry take as many queries for twenty rows as for one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from clusters.models import Handover, RoleAssignment, RoleOrigin
from clusters.services import create_locality
from tests.cast import person

DAY = timedelta(days=1)
ANEW_EACH_TIME = re.compile(rb"\b[A-Za-z0-9]{64}\b")  # the token of a form


def roles(world, start, count):
    """`count` people who lead a practice each, as few as possible at the same one."""
    practices = [world.alder, world.ash, world.beech, world.elm, world.holly]
    for n in range(start, start + count):
        at, who = practices[n % len(practices)], person(world, f"Extra{n} Lead")
        yield RoleAssignment.objects.create(person=who, role=Role.PQL, practice=at, starts_on=world.since)


def more_roles(world, start, count):
    list(roles(world, start, count))


def more_handovers(world, start, count):
    for held in roles(world, start, count):
        Handover.objects.create(
            held=held, successor=world.callum, from_day=world.today, planned_at=timezone.now(), planned_by=world.priya
        )


def more_origins(world, start, count):
    for held in roles(world, start, count):
        RoleOrigin.objects.create(
            held=held, hscp=world.strath, how=RoleOrigin.How.ONLY_ONE, said_at=timezone.now() - 100 * DAY
        )


def more_localities(world, start, count):
    for n in range(start, start + count):
        create_locality(hscp=world.strath, name=f"Extra {n}", by=world.priya)


GROWING = {
    "/registry/roles/?q=Extra": more_roles,
    "/registry/handovers/": more_handovers,
    "/registry/localities/": more_localities,
    "/roles/how-people-came/": more_origins,
}


@pytest.mark.parametrize(("path", "more"), GROWING.items(), ids=GROWING)
def test_one_row_and_twenty_take_the_same_queries(world, as_person, path, more):
    priya = as_person(world.priya)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            page = priya.get(path)
        assert page.status_code == 200
        return len(seen), ANEW_EACH_TIME.sub(b"", page.content)

    more(world, 0, 1)
    queries()
    one, before = queries()
    assert queries() == (one, before)
    more(world, 1, 20)
    twenty, after = queries()
    assert twenty == one
    assert after != before, "the page shows what it showed before: the count says nothing"
