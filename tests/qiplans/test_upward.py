"""What the tracker asks for: only what may go upward, one query each."""

from datetime import UTC, datetime

from clusters.models import Cluster
from qiplans import selectors, services
from tests.qiplans.conftest import a_meeting, a_plan


def test_plan_states(world, work, django_assert_num_queries):
    plan = services.agree_plan(by=world.callum, plan=work.plan, meeting=a_meeting(world))
    a_plan(world, world.larch)
    with django_assert_num_queries(1):
        states = selectors.plan_state_of(Cluster.objects.all(), plan.year)
    assert states[world.rowan.pk].label == f"agreed {plan.years}"
    assert states[world.rowan.pk].held_on == world.today
    assert states[world.larch.pk].label == f"draft {plan.years}"
    assert world.birch.pk not in states


def test_projects_by_state(world, work, django_assert_num_queries):
    services.add_project(by=None, priority=work.priority, title="More", aim="More.")
    services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    with django_assert_num_queries(1):
        counts = selectors.projects_by_state([world.rowan, world.larch])
    assert counts == {world.rowan.pk: {"IDEA": 1, "TESTING": 1}}
    assert selectors.projects_by_state([world.rowan], year=2001) == {}


def test_updates_and_wishes_of_shared_projects_only(world, work, django_assert_num_queries):
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    services.write_update(by=world.tom, project=work.project, text="Going", at=at)
    assert selectors.last_updates([world.rowan]) == {}
    assert selectors.could_use_help([world.rowan]) == {}
    services.share_project(by=world.callum, project=work.project, with_hscp=True)
    with django_assert_num_queries(2):
        assert selectors.last_updates([world.rowan]) == {world.rowan.pk: at}
        helps = selectors.could_use_help([world.rowan])
    assert [(h.title, h.text) for h in helps[world.rowan.pk]] == [("Texts for recall", "Money for texts")]
    services.move_project(by=world.tom, project=work.project, to_state="STOPPED", reason="Cost.")
    assert selectors.could_use_help([world.rowan]) == {}
