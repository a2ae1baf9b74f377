"""/hscps/…/actions/: how many actions are done, by cluster, and in the cluster's own list (ACT-15)."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.models import Takeover
from meetings.models import Action
from meetings.selectors.completion import Completion, completion_of
from tests.meetings.minutes import an_action


def body(response) -> str:
    return response.content.decode()


def path(world) -> str:
    return f"/hscps/{world.strath.code}/actions/"


def due(world, days_ago, *, done=None, state="DONE", added=100) -> Action:
    """An action of Rowan due some days ago, closed `done` days after (before) that."""
    action = an_action(world, due_in=-days_ago, what="Secret thing")
    columns = {"added_at": timezone.now() - timedelta(days=added)}
    if done is not None:
        closed = timezone.now() - timedelta(days=days_ago - done)
        columns |= {"state": state, "closed_at": closed, "closed_by": world.callum}
    Action.objects.filter(pk=action.pk).update(**columns)
    return action


def a_year(world) -> None:
    due(world, 30, done=-2)
    due(world, 30, done=0)
    due(world, 30, done=5)
    due(world, 20, added=50)
    due(world, 10, done=1, state="DROPPED")
    due(world, 500, done=0)
    due(world, 0, done=0)  # due today: it counts from tomorrow
    due(world, -9, added=10)


def test_in_time_later_and_not_yet(world):
    a_year(world)
    numbers = completion_of([world.rowan.forum_id, world.larch.forum_id], on=world.today)
    assert numbers[world.rowan.forum_id] == Completion(in_time=2, later=1, not_yet=1, still_open=2, late=1, age=30)
    assert numbers[world.rowan.forum_id].share == 75
    assert numbers[world.larch.forum_id] == Completion()
    assert numbers[world.larch.forum_id].share is None


def test_closed_late_in_the_evening_of_its_day_is_in_time(world):
    action = due(world, 5, done=0)
    evening = timezone.localtime(timezone.now() - timedelta(days=5)).replace(hour=23, minute=59)
    Action.objects.filter(pk=action.pk).update(closed_at=evening)
    assert completion_of([world.rowan.forum_id], on=world.today)[world.rowan.forum_id].in_time == 1


def test_what_is_open_goes_on_with_the_cluster(world):
    due(world, 4)
    Takeover.objects.create(before=world.rowan, after=world.larch, starts_on=world.today)
    numbers = completion_of([world.larch.forum_id], on=world.today)[world.larch.forum_id]
    assert (numbers.still_open, numbers.late, numbers.fell_due) == (1, 1, 0)


def test_the_leads_see_numbers_in_the_order_of_names(world, as_person):
    a_year(world)
    page = body(as_person(world.heather).get(path(world)))
    assert page.index(">Larch<") < page.index(">Rowan<")
    assert "Birch" not in page
    assert "Secret thing" not in page
    assert "?sort=" not in page
    assert "of 4 that fell due 2 were done in time and 1 later" in page
    assert "The leads of the HSCP" in body(as_person(world.callum).get(path(world)))
    assert as_person(world.nell).get(path(world)).status_code == 404


def test_the_cluster_reads_its_own(world, as_person):
    assert "fell due" not in body(as_person(world.tom).get("/clusters/rowan/actions/"))
    a_year(world)
    page = body(as_person(world.tom).get("/clusters/rowan/actions/"))
    assert "Of 4 that fell due in the last twelve months 3 are done (75%): 2 in time, 1 later." in page
    assert "2 are open, 1 of them late; half of them for more than 30 days." in page


def test_as_many_queries_for_one_as_for_many(world, as_person):
    client = as_person(world.heather)
    client.get(path(world))
    with CaptureQueriesContext(connection) as none:
        client.get(path(world))
    a_year(world)
    a_year(world)
    with CaptureQueriesContext(connection) as many:
        client.get(path(world))
    assert len(none) == len(many)
