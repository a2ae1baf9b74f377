"""Starting a plan."""

from accounts.models import AuditEvent
from qiplans.models import Plan

PATH = "/clusters/rowan/plan/start/"


def test_it_is_started_once(world, as_person):
    client = as_person(world.morag)
    for _ in range(2):
        answer = client.post(PATH, {"year": "2026"}, follow=True)
        assert answer.redirect_chain == [("/clusters/rowan/plan/?year=2026", 302)]
    assert "Add the first priority" in answer.content.decode()
    plan = Plan.objects.get()
    assert (plan.cluster, plan.year, plan.state, plan.version) == (world.rowan, 2026, "DRAFT", 1)
    assert AuditEvent.objects.filter(verb="plan started", by=world.morag).count() == 1


def test_years_too_far_off_are_refused(world, as_person):
    answer = as_person(world.callum).post(PATH, {"year": "2042"}, follow=True)
    assert "last year, this year or next year" in answer.content.decode()
    assert not Plan.objects.exists()


def test_strangers_and_readers_start_nothing(world, as_person):
    assert as_person(world.nell).post(PATH, {"year": "2026"}).status_code == 404
    assert as_person(world.asha).post(PATH, {"year": "2026"}).status_code == 403
    assert not Plan.objects.exists()
