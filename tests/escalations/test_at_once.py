"""Several people at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from escalations.models import Escalation, Step
from escalations.services import raise_escalation, take_step
from tests.cast import build_world
from tests.escalations.story import entry, raised

THREADS = 8


def at_once(what):
    """Run `what(number)` in eight threads that start together; give what each returned or raised."""
    gate = Barrier(THREADS)

    def run(number):
        gate.wait()
        try:
            return what(number)
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


@pytest.fixture
def world(transactional_db):
    return build_world()


def test_each_gets_a_reference_of_its_own(world):
    made = at_once(lambda n: raise_escalation(by=world.asha, cluster=world.rowan, entry=entry(), nonce=uuid4()))
    year = world.today.year
    assert {e.reference for e in made} == {f"ESC-{year}-{n:04}" for n in range(1, THREADS + 1)}


def test_one_form_sent_eight_times_raises_once(world):
    nonce = uuid4()
    made = at_once(lambda n: raise_escalation(by=world.asha, cluster=world.rowan, entry=entry(), nonce=nonce))
    assert len({e.pk for e in made}) == 1
    assert Escalation.objects.count() == 1


def test_of_eight_decisions_one_wins_and_the_others_are_told(world):
    esc = raised(world, skip_cluster=True)
    seen = esc.steps.get().pk
    people = [world.rhona, world.heather, world.duncan]
    verbs = ["resolve", "decline", "refer_up"]
    out = at_once(
        lambda n: take_step(verbs[n % 3], escalation=esc, by=people[n % 3 - 1], reasons=f"Mine, number {n}.", seen=seen)
    )
    refused = [o for o in out if isinstance(o, ValidationError)]
    assert len(refused) == THREADS - 1
    assert all("was here first" in str(o) for o in refused)
    assert Step.objects.filter(escalation=esc).exclude(kind=Step.Kind.RAISED).count() == 1
