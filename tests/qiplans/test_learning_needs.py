"""What a cluster wants to learn: without names, shown from four answers, one of each person and year."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from office.models import Draft
from qiplans.models import LearningAnswer, LearningNeeds
from qiplans.selectors.learning import needs_of, own_answer
from qiplans.services.learning import say_needs
from shared.sealing import marks_of

PATH = "/clusters/rowan/learning-needs/"
SAID = {"methods": 4, "leading": 2, "facilitating": 1}


def body(answer):
    return answer.content.decode()


def say(w, *people, **answers):
    for person in people:
        say_needs(by=person, cluster=w.rowan, on=w.today, **{**SAID, **answers})


def test_counts_are_shown_in_words_from_four_answers_on(world, as_person):
    say(world, world.callum, world.asha, world.tom)
    page = body(as_person(world.asha).get(PATH))
    assert "3 answers so far" in page
    assert "of 3 agree" not in page
    assert "Tayside" not in page
    assert as_person(world.pam).post(PATH, {**SAID, "leading": 5}).status_code == 302
    page = body(as_person(world.callum).get(PATH))
    assert "<strong>QI methods: aims, tests of change, charts</strong>: 4 of 4 agree." in page
    assert "<strong>Leading change</strong>: 1 of 4 agree." in page
    assert "Strongly agree: 1 · Agree: 0 · Neither agree nor disagree: 0 · Disagree: 3" in page
    assert "in Tayside, 43% agreed that they had adequate QI knowledge and skills" in page


def test_an_answer_has_no_name_and_no_time_and_the_database_does_not_lead_to_it(world, settings):
    say(world, world.asha)
    names = {field.name for field in LearningAnswer._meta.concrete_fields}
    assert names == {"id", "needs", "mark", "shown", *SAID}
    event = AuditEvent.objects.get(verb="learning needs said")
    assert (event.subject_type, event.changes) == ("qiplans.learningneeds", {})
    mark = LearningAnswer.objects.get().mark
    settings.SECRET_KEY = "another one that whoever has only the database would have to guess"
    assert mark not in marks_of(f"learning needs:{world.rowan.pk}:{LearningNeeds.objects.get().year}:{world.asha.pk}")


def test_one_answer_each_that_its_giver_alone_changes(world, as_person):
    client = as_person(world.asha)
    for leading in ("2", "5"):
        client.post(PATH, {**SAID, "leading": leading})
    assert LearningAnswer.objects.get().leading == 5
    assert "Change my answers" in body(client.get(PATH))
    assert body(client.get(PATH)).count("checked") == 3
    other = body(as_person(world.callum).get(PATH))
    assert "checked" not in other
    assert "Change my answers" not in other
    assert AuditEvent.objects.filter(verb="learning needs changed").count() == 1


def test_two_looks_tell_of_four_answers_or_of_none(world):
    def shown():
        seen = needs_of(world.rowan, world.today.year)
        return seen.shown, [question.agree for question in seen.counted]

    say(world, world.callum, world.asha, world.tom, world.pam)
    four = (4, [4, 0, 0])
    assert shown() == four
    say(world, world.morag, leading=5)
    assert shown() == four
    say(world, world.asha, leading=5)
    say(world, world.tom, leading=5)
    assert shown() == four
    say(world, world.tom)  # back to what is shown: it waits no longer
    say(world, world.callum, leading=5)
    assert shown() == four
    say(world, world.pam, leading=5)
    assert shown() == (5, [5, 4, 0])


def test_the_page_says_what_the_trail_keeps(world, as_person):
    page = body(as_person(world.asha).get(PATH))
    assert "That you answered stands on the audit trail, what you said does not." in page
    say(world, world.asha)
    say(world, world.asha, methods=1)
    told = AuditEvent.objects.filter(verb__startswith="learning needs")
    assert {(event.by, str(event.changes)) for event in told} == {(world.asha, "{}")}


def test_it_is_found_again_when_the_secret_key_is_replaced(world, settings):
    say(world, world.asha)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key" * 9
    say(world, world.asha, methods=1)
    assert LearningAnswer.objects.get().methods == 1


def test_each_plan_year_and_cluster_is_asked_anew(world):
    say(world, world.asha)
    say_needs(by=world.asha, cluster=world.rowan, on=date(world.today.year + 2, 5, 1), **SAID)
    say_needs(by=world.morag, cluster=world.birch, on=world.today, **SAID)
    assert LearningAnswer.objects.count() == 3
    assert needs_of(world.rowan, world.today.year + 2).answers == 1
    assert own_answer(world.birch, world.today.year, world.asha.pk) is None


def test_all_three_are_asked_for_and_what_was_chosen_stays(world, as_person):
    page = body(as_person(world.asha).post(PATH, {"methods": "4"}))
    assert "Say how far you agree on leading change." in page
    assert page.count("checked") == 1
    for answer in (6, None):
        with pytest.raises(ValidationError):
            say(world, world.asha, methods=answer)
    assert not LearningAnswer.objects.exists()


def test_nothing_is_kept_under_a_name_while_somebody_chooses(world, as_person):
    page = body(as_person(world.asha).get(PATH))
    as_person(world.asha).post(PATH, {"methods": "4"})
    assert "data-keep" not in page
    assert not Draft.objects.exists()


def test_nobody_above_reads_it_and_the_page_of_the_cluster_leads_there(world, as_person):
    assert as_person(world.heather).get(PATH).status_code == 403
    assert PATH in body(as_person(world.callum).get("/clusters/rowan/"))
    assert PATH in body(as_person(world.callum).get("/clusters/rowan/tools/"))
    assert PATH not in body(as_person(world.heather).get("/clusters/rowan/"))


def test_more_answers_cost_no_more_queries(world, as_person):
    client = as_person(world.callum)

    def queries():
        client.get(PATH)
        with CaptureQueriesContext(connection) as seen:
            client.get(PATH)
        return len(seen)

    say(world, world.callum, world.asha, world.tom, world.pam)
    few = queries()
    needs = LearningNeeds.objects.get()
    shown = [*SAID.values()]
    LearningAnswer.objects.bulk_create(LearningAnswer(needs=needs, mark=f"{n}", shown=shown, **SAID) for n in range(20))
    assert queries() == few
