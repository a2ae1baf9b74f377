"""Whom a priority touches: class of work, who could be left behind, and what quality means to its members."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from office.models import Draft
from qiplans.models import Lens, QualityReading, ReadingGiven
from qiplans.selectors.lenses import has_read_quality, looked_at, reading_marks
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
    assert AuditEvent.objects.filter(verb="priority lens changed", subject_id=lens.pk, by=world.callum).exists()


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


def test_readings_are_counted_from_the_fourth_on(world, work, as_person):
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
    assert "safety 2, standards 1, wellbeing 1." in page(as_person(world.tom).get("/clusters/rowan/plan/"))


def test_the_trail_tells_that_somebody_answered_and_not_what(world, work):
    read_quality(by=world.asha, priority=work.priority, meaning="SAFETY")
    event = AuditEvent.objects.get(verb="quality reading given")
    assert (event.by, event.subject_id) == (world.asha, work.priority.pk)
    assert "SAFETY" not in str(event.changes)


def test_nothing_joins_an_answer_to_who_gave_it(world, work, settings):
    read_quality(by=world.asha, priority=work.priority, meaning="SAFETY")
    assert {field.name for field in QualityReading._meta.concrete_fields} == {
        *("id", "priority", "meaning", "given", "shown")
    }
    assert {field.name for field in ReadingGiven._meta.concrete_fields} == {"id", "priority", "mark"}
    mark = ReadingGiven.objects.get().mark
    settings.SECRET_KEY = "another one that whoever has only the database would have to guess"
    assert mark not in reading_marks(work.priority.pk, world.asha.pk)


def test_it_is_answered_once_and_no_draft_is_kept(world, work, as_person):
    path = reverse("qiplans:priority_quality", args=[work.priority.pk])
    client = as_person(world.asha)
    assert "data-keep" not in page(client.get(path))
    client.post(path, {})
    assert not Draft.objects.exists()
    client.post(path, {"meaning": "SAFETY"})
    again = page(client.post(path, {"meaning": "WELL"}, follow=True))
    assert "You have answered. Nothing says which answer was yours" in again
    assert "Send my answer" not in again
    assert list(QualityReading.objects.values_list("meaning", "given")) == [("SAFETY", 1)]


def test_two_looks_tell_of_four_answers_or_of_none(world, work):
    def shown():
        return looked_at([work.priority.pk])[work.priority.pk].readings.counts

    people = [User.objects.create(email=f"p{n}@example.org", full_name=f"P {n}") for n in range(8)]
    seen = []
    for person in people:
        read_quality(by=person, priority=work.priority, meaning="SAFETY")
        seen.append(shown())
    assert seen == [()] * 3 + [(("safety", 4),)] * 4 + [(("safety", 8),)]


@pytest.mark.django_db(transaction=True)
def test_rows_with_names_become_numbers_and_marks(world, work):
    before, after = [("qiplans", "0015_learning_needs")], [("qiplans", "0017_one_count_a_meaning")]
    leaves = [key for key in MigrationExecutor(connection).loader.graph.leaf_nodes() if key[0] == "qiplans"]
    people = [world.callum, world.asha, world.tom, world.pam]
    executor = MigrationExecutor(connection)
    old = executor.migrate(before).apps.get_model("qiplans", "QualityReading")
    try:
        for person, meaning in zip(people, ("SAFETY", "SAFETY", "WELL", "STAND"), strict=True):
            old.objects.create(priority_id=work.priority.pk, person_id=person.pk, meaning=meaning)
        Draft.objects.create(
            owner=world.asha, key=f"qiplans:priority_quality:{work.priority.pk}", fields={}, kept_at=timezone.now()
        )
    finally:
        MigrationExecutor(connection).migrate(after)
        MigrationExecutor(connection).migrate(leaves)
    assert dict(QualityReading.objects.values_list("meaning", "shown")) == {"SAFETY": 2, "WELL": 1, "STAND": 1}
    assert all(has_read_quality(work.priority.pk, person.pk) for person in people)
    assert not has_read_quality(work.priority.pk, world.morag.pk)
    assert not Draft.objects.exists()


def test_without_an_answer_it_is_said_beside_the_question(world, work, as_person):
    answer = as_person(world.asha).post(reverse("qiplans:priority_quality", args=[work.priority.pk]), {})
    assert "Choose one of the six." in page(answer)
    assert not QualityReading.objects.exists()


def test_two_queries_for_any_number(world, work, django_assert_num_queries):
    with django_assert_num_queries(2):
        looked_at([work.priority.pk, 2, 3, 4])
