"""PDSA cycles: planned with a prediction, done, studied, and followed by the next."""

from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from meetings.plugs import suggestions_for
from office.plugs import Asked as AskedForDigest
from qiplans import services
from qiplans.models import Cycle, Ramp
from qiplans.selectors.pdsa import cycles_to_tell
from qiplans.services.pdsa import report_cycle
from tests.qiplans.tools import a_cycle, a_studied_cycle, some_drivers

PLAN = {
    "objective": "Do texts bring people in?",
    "question_1": "How many of ten come?",
    "prediction_1": "Eight",
}


def path_to(work):
    return f"/projects/{work.project.pk}/cycles/new/"


def words(**changes):
    return {**PLAN, "nonce": str(uuid4()), **changes}


def test_a_pql_of_a_practice_taking_part_plans_the_first(world, as_person, work):
    answer = as_person(world.asha).post(path_to(work), words(new_idea="Text the day before"))
    cycle = Cycle.objects.get()
    assert answer.url == f"/cycles/{cycle.pk}/"
    assert (cycle.number, cycle.ramp.name, cycle.kind) == (1, "Text the day before", "TEST")
    assert [(q.text, q.prediction) for q in cycle.questions.all()] == [("How many of ten come?", "Eight")]
    page = as_person(world.asha).get(f"/projects/{work.project.pk}/").content.decode()
    assert "Text the day before" in page
    assert "Cycle 1" in page


def test_a_pql_of_a_practice_that_takes_no_part_does_not(world, as_person, work):
    work.project.practices.set([world.beech])
    answer = as_person(world.asha).post(path_to(work), words(new_idea="Text"))
    assert answer.status_code == 403
    assert not Cycle.objects.exists()


def test_a_second_press_plans_nothing_twice(world, as_person, work):
    same = words(new_idea="Text")
    for _ in range(2):
        assert as_person(world.callum).post(path_to(work), same).status_code == 302
    assert Cycle.objects.count() == 1
    as_person(world.callum).post(path_to(work), {**same, "new_idea": "Call"})
    assert [cycle.ramp.name for cycle in Cycle.objects.order_by("pk")] == ["Text", "Call"]


def test_without_a_prediction_it_is_asked_for(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), words(new_idea="Text", prediction_1="", question_2="Who?"))
    text = page.content.decode()
    assert text.count("Predict what will come out. A guess is enough.") >= 2
    assert "Do texts bring people in?" in text
    assert not Cycle.objects.exists()


def test_ideas_of_the_driver_diagram_are_offered_and_each_has_one_ramp(world, as_person, work):
    _, (_, _, idea) = some_drivers(world, work.project)
    client = as_person(world.callum)
    assert "Text reminder" in client.get(path_to(work)).content.decode()
    for n in (1, 2):
        client.post(path_to(work), words(idea=f"line-{idea.pk}", objective=f"Number {n}"))
    assert [c.number for c in Cycle.objects.order_by("pk")] == [1, 2]
    assert Ramp.objects.get().idea == idea


def test_an_idea_of_another_project_is_no_choice(world, as_person, work):
    other = services.add_project(by=world.callum, priority=work.priority, title="Other", aim="Other")
    _, (_, _, idea) = some_drivers(world, other)
    a_cycle(world, work.project)
    page = as_person(world.callum).post(path_to(work), words(idea=f"line-{idea.pk}"))
    assert "no longer in the driver diagram" in page.content.decode()


def test_it_is_done_and_studied_with_the_result_beside_the_prediction(world, as_person, work):
    cycle, client = a_cycle(world, work.project), as_person(world.tom)
    client.post(f"/cycles/{cycle.pk}/do/", {"observations": "Rain all week.", "was_as_planned": "no", "version": 1})
    page = client.get(f"/cycles/{cycle.pk}/study/").content.decode()
    assert "You predicted: Eight of ten come." in page
    study = {"result_1": "Six of ten.", "confirmed_1": "no", "decision": "ADAPT", "version": 2, "learning": "Earlier."}
    assert client.post(f"/cycles/{cycle.pk}/study/", study).status_code == 302
    cycle.refresh_from_db()
    assert (cycle.was_as_planned, cycle.decision, cycle.studied_by, cycle.done_by) == (
        False,
        "ADAPT",
        world.tom,
        world.tom,
    )
    question = cycle.questions.get()
    assert (question.result, question.is_confirmed) == ("Six of ten.", False)
    verbs = list(AuditEvent.objects.filter(verb__startswith="cycle").values_list("verb", flat=True))
    assert sorted(verbs) == ["cycle done", "cycle planned", "cycle studied"]
    page = client.get(f"/cycles/{cycle.pk}/").content.decode()
    assert "Eight of ten come." in page
    assert "✗ no" in page
    assert "Plan the next cycle" in page


def test_once_it_was_done_no_other_question_takes_the_place_of_one(world, as_person, work):
    cycle, client = a_cycle(world, work.project), as_person(world.callum)
    path, planned = f"/cycles/{cycle.pk}/plan/", {"objective": "Do texts bring people in?", "version": 1}
    client.post(path, {**planned, "question_1": "Who comes?", "prediction_1": "Few"})
    assert cycle.questions.get().text == "Who comes?"
    client.post(f"/cycles/{cycle.pk}/do/", {"observations": "Rain.", "version": 2})
    assert "readonly" in client.get(path).content.decode()
    for other in ({"question_1": "Why?", "prediction_1": "Few"}, {"question_1": "Who comes?", "prediction_1": "Many"}):
        page = client.post(path, {**planned, **other, "version": 3}).content.decode()
        assert "its questions and predictions stay as they were" in page
        assert "readonly" not in page
    assert [(q.text, q.prediction) for q in cycle.questions.all()] == [("Who comes?", "Few")]
    same = {"question_1": "Who comes?", "prediction_1": "Few", "arrangements": "On Tuesdays", "version": 3}
    assert client.post(path, {**planned, **same}).status_code == 302
    cycle.refresh_from_db()
    assert cycle.arrangements == "On Tuesdays"


def test_the_result_is_needed_to_decide(world, as_person, work):
    cycle = a_cycle(world, work.project)
    early = as_person(world.tom).get(f"/cycles/{cycle.pk}/study/", follow=True)
    assert early.redirect_chain[-1][0] == f"/cycles/{cycle.pk}/do/"
    assert "Write down what you saw first." in early.content.decode()
    report_cycle(by=world.tom, cycle=cycle, version=1, observations="Rain.")
    page = as_person(world.tom).post(f"/cycles/{cycle.pk}/study/", {"result_1": "", "decision": "", "version": 2})
    assert "Choose: adopt, adapt or abandon." in page.content.decode()
    cycle.refresh_from_db()
    assert cycle.studied_at is None


def test_the_second_editor_sees_both_texts(world, as_person, work):
    cycle, client = a_cycle(world, work.project), as_person(world.tom)
    client.post(f"/cycles/{cycle.pk}/do/", {"observations": "Rain all week.", "version": 1})
    answer = client.post(f"/cycles/{cycle.pk}/do/", {"observations": "Sun all week.", "version": 1})
    assert answer.status_code == 409
    assert "<td>Rain all week.</td><td>Sun all week.</td>" in answer.content.decode()


def test_the_next_cycle_begins_with_what_carries_over(world, as_person, work):
    cycle, client = a_studied_cycle(world, work.project, arrangements="At Alder on Tuesdays"), as_person(world.callum)
    path = f"{path_to(work)}?after={cycle.pk}"
    page = client.get(path).content.decode()
    for said in ("Send it three days before.", "At Alder on Tuesdays", "Do people come?", "A text the day before"):
        assert said in page
    assert "Adapt: change it and test again" in page
    client.post(path, words(idea=f"ramp-{cycle.ramp_id}"))
    assert list(cycle.ramp.cycles.values_list("number", flat=True)) == [1, 2]


def test_above_the_cluster_only_what_came_of_it_is_read(world, as_person, work):
    cycle = a_studied_cycle(world, work.project)
    a_cycle(world, work.project, title="Evening clinic")
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    heather = as_person(world.heather)
    assert heather.get(f"/cycles/{cycle.pk}/").status_code == 404
    page = heather.get(f"/projects/{work.project.pk}/").content.decode()
    for said in ("Text reminder", "Adapt", "A text the day before is too late."):
        assert said in page
    for said in ("Six of ten came to Alder", "Do texts bring people in?", "Evening clinic", "Plan a PDSA cycle"):
        assert said not in page
    share = as_person(world.callum).get(f"/projects/{work.project.pk}/share/").content.decode()
    assert "A text the day before is too late." in share


def test_past_its_day_it_offers_itself_to_the_agenda_until_studied(world, work):
    late = world.today - timedelta(days=2)
    a_cycle(world, work.project, study_on=late)
    a_studied_cycle(world, work.project, title="Letters", study_on=late)
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    lines = [line for line in suggestions_for(world.rowan.forum, on=world.today) if line.key.startswith("cycle:")]
    assert [(line.text, line.is_kept) for line in lines] == [("What came out of cycle 1 of “Text reminder”", True)]
    services.move_project(by=world.tom, project=work.project, to_state="STOPPED", reason="No time.")
    assert not [x for x in suggestions_for(world.rowan.forum, on=world.today) if x.key.startswith("cycle:")]


def test_its_owner_is_reminded_else_the_lead(world, work):
    from clusters.selectors import reach_of

    a_cycle(world, work.project, study_on=world.today, owner=world.asha)
    a_cycle(world, work.project, title="Letters", study_on=world.today - timedelta(days=1))
    people = {p.pk: p for p in (world.asha, world.tom, world.nell)}
    asked = AskedForDigest(people, {pk: reach_of(p, on=world.today) for pk, p in people.items()}, world.today, {})
    told = cycles_to_tell(asked)
    assert {pk: [line.section for line in lines] for pk, lines in told.items()} == {
        world.asha.pk: ["Due soon"],
        world.tom.pk: ["Late"],
    }


def test_more_cycles_cost_no_more_queries(world, as_person, work):
    client = as_person(world.callum)
    a_studied_cycle(world, work.project)
    a_cycle(world, work.project, title="First")
    client.get(f"/projects/{work.project.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/projects/{work.project.pk}/")
    for n in range(8):
        a_cycle(world, work.project, title=f"Idea {n}")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/projects/{work.project.pk}/")
    assert len(many) == len(few)


def test_what_patients_said_stays_in_the_cluster(world, as_person, work):
    said = {"theme": "Texts are liked", "tone": "WELL", "source": "TALK", "heard_on": str(world.today), "people": "9"}
    assert as_person(world.asha).post(f"/projects/{work.project.pk}/feedback/new/", said).status_code == 302
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    page = as_person(world.tom).get(f"/projects/{work.project.pk}/").content.decode()
    assert "Texts are liked" in page
    assert "about 9 people" in page
    assert "Texts are liked" not in as_person(world.heather).get(f"/projects/{work.project.pk}/").content.decode()
