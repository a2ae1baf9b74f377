"""Moving a project by the table of states."""

from itertools import pairwise

import pytest

from qiplans import services
from qiplans.models import Project, ProjectStep
from qiplans.rules import MOVES, USUAL_WAY, may_move
from tests.qiplans.tools import a_cycle


def path_to(work):
    return f"/projects/{work.project.pk}/move/"


def test_it_moves_and_the_step_is_kept(world, as_person, work):
    answer = as_person(world.tom).post(path_to(work), {"to_state": "TESTING"}, follow=True)
    assert "The project is now “Testing”." in answer.content.decode()
    step = ProjectStep.objects.get()
    assert (step.from_state, step.to_state, step.moved_by) == ("IDEA", "TESTING", world.tom)


def test_stopping_needs_a_reason_that_is_kept(world, as_person, work):
    client = as_person(world.callum)
    page = client.post(path_to(work), {"to_state": "STOPPED", "reason": " "}).content.decode()
    assert "Say why it stops: the reason is kept as learning." in page
    assert not ProjectStep.objects.exists()
    client.post(path_to(work), {"to_state": "STOPPED", "reason": "Texts cost too much."})
    page = client.get(f"/projects/{work.project.pk}/").content.decode()
    assert "Stopped.</strong> Texts cost too much." in page


def test_moves_that_the_table_lacks(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), {"to_state": "SUSTAIN"}).content.decode()
    assert "can’t go there from where it is now" in page
    with pytest.raises(services.MoveNotAllowed):
        services.move_project(by=world.callum, project=work.project, to_state="SUSTAIN")
    with pytest.raises(services.MoveNotAllowed):
        services.move_project(by=world.callum, project=work.project, to_state="STOPPED")
    assert Project.objects.get().state == "IDEA"


def test_moving_to_where_it_is_adds_no_step(world, work):
    services.move_project(by=world.callum, project=work.project, to_state="TESTING")
    assert services.move_project(by=world.callum, project=work.project, to_state="TESTING") is None
    assert ProjectStep.objects.count() == 1


def test_who_keeps_it_is_told_that_it_stands_before_its_tests(world, as_person, work):
    def told(who):
        return (
            "the project still stands at “Idea”" in as_person(who).get(f"/projects/{work.project.pk}/").content.decode()
        )

    assert not told(world.tom)
    a_cycle(world, work.project)
    assert told(world.tom)
    assert not told(world.asha)
    services.move_project(by=world.callum, project=work.project, to_state="TESTING")
    assert not told(world.tom)


def test_the_table_is_whole():
    assert set(MOVES) == set(Project.State.values)
    assert all(to in MOVES and to != state for state, targets in MOVES.items() for to in targets)
    assert all(may_move(a, b) for a, b in pairwise(USUAL_WAY))


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), {"to_state": "TESTING"}).status_code == 404
    assert as_person(world.asha).post(path_to(work), {"to_state": "TESTING"}).status_code == 403
    assert not ProjectStep.objects.exists()
