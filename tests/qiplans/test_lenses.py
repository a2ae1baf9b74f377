"""Other sides of a priority: class of work, who could be left behind, and what quality means to its members."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from qiplans.models import Lens, QualityReading
from qiplans.selectors.lenses import looked_at
from qiplans.services.lenses import look_at_priority, read_quality

WORDS = {"work": "IMPROVE", "inequalities": "People without a phone: we ring.", "wellbeing": "Less work from May."}


def page(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def path(work):
    return reverse("qiplans:priority_lens", args=[work.priority.pk])


def test_it_is_kept_and_read_inside_the_cluster_alone(world, work, as_person, path):
    answer = as_person(world.callum).post(path, {**WORDS, "version": 1}, follow=True)
    assert "How you look at it is saved" in page(answer)
    for member in (world.callum, world.asha):
        plan = page(as_person(member).get("/clusters/rowan/plan/"))
        assert "People without a phone: we ring." in plan
        assert "Quality improvement: make it better" in plan
    assert "without a phone" not in page(as_person(world.heather).get("/clusters/rowan/plan/"))
    lens = Lens.objects.get()
    assert AuditEvent.objects.filter(verb="priority looked at", subject_id=lens.pk, by=world.callum).exists()


def test_nothing_of_it_has_to_be_said(world, work, as_person, path):
    assert as_person(world.callum).post(path, {"version": 1}).status_code == 302
    assert not Lens.objects.exists()


def test_two_who_write_at_once_see_both(world, work, as_person, path):
    look_at_priority(by=world.morag, priority=work.priority, version=1, **WORDS)
    answer = as_person(world.callum).post(path, {"work": "PLAN", "inequalities": "Carers", "version": 1})
    assert answer.status_code == 409
    assert "Carers" in page(answer)
    assert "People without a phone: we ring." in page(answer)
    assert Lens.objects.get().inequalities == "People without a phone: we ring."


def test_readings_are_counted_from_the_fourth_on_and_can_be_changed(world, work, as_person):
    path = reverse("qiplans:priority_quality", args=[work.priority.pk])
    said = {world.callum: "SAFETY", world.asha: "SAFETY", world.tom: "STAND"}
    for person, meaning in said.items():
        read_quality(by=person, priority=work.priority, meaning=meaning)
    three = page(as_person(world.tom).get(path))
    assert "3 have said what quality means here" in three
    assert "safety 2" not in three
    answer = page(as_person(world.pam).post(path, {"meaning": "WELL"}, follow=True))
    assert "Your answer is counted. Others see the counts, never who said what." in answer
    assert (
        "What quality means here, to 4 members: safety 2, standards 1, wellbeing 1. You read it differently" in answer
    )
    as_person(world.pam).post(path, {"meaning": "SAFETY"})
    assert "safety 3, standards 1." in page(as_person(world.tom).get("/clusters/rowan/plan/"))
    assert QualityReading.objects.count() == 4


def test_the_trail_tells_that_somebody_answered_and_not_what(world, work):
    read_quality(by=world.asha, priority=work.priority, meaning="SAFETY")
    event = AuditEvent.objects.get(verb="quality read")
    assert (event.by, event.subject_id) == (world.asha, work.priority.pk)
    assert "SAFETY" not in str(event.changes)


def test_without_an_answer_it_is_said_beside_the_question(world, work, as_person):
    answer = as_person(world.asha).post(reverse("qiplans:priority_quality", args=[work.priority.pk]), {})
    assert "Choose one of the six." in page(answer)
    assert not QualityReading.objects.exists()


def test_two_queries_for_any_number(world, work, django_assert_num_queries):
    with django_assert_num_queries(2):
        looked_at([work.priority.pk, 2, 3, 4])
