"""Adding a priority."""

from uuid import uuid4

from accounts.models import AuditEvent
from office.services import keep_draft
from qiplans.models import Priority
from shared import chi


def path_to(work):
    return f"/plans/{work.plan.pk}/priorities/new/"


def words(**changes):
    return {"title": "Frailty", "purpose": "Fewer falls.", "orientation": "EXTR", "nonce": uuid4(), **changes}


def test_it_stands_at_the_end_of_the_plan(world, as_person, work):
    answer = as_person(world.callum).post(path_to(work), words())
    assert answer.url == f"/clusters/rowan/plan/?year={work.plan.year}"
    added = Priority.objects.get(title="Frailty")
    assert (added.plan, added.position, added.orientation) == (work.plan, 2, "EXTR")
    work.plan.refresh_from_db()
    assert work.plan.version == 3
    event = AuditEvent.objects.filter(verb="priority added").first()
    assert "Frailty" not in str(event.changes) + event.subject


def test_a_second_press_adds_nothing(world, as_person, work):
    same = words()
    for _ in range(2):
        assert as_person(world.callum).post(path_to(work), same).status_code == 302
    assert Priority.objects.filter(title="Frailty").count() == 1


def test_back_and_other_words_show_both_texts_and_save_when_meant(world, as_person, work):
    client, same = as_person(world.callum), words()
    client.post(path_to(work), same)
    answer = client.post(path_to(work), {**same, "purpose": "Fewer falls at home."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You sent this form before, with other words" in page
    assert "<td>Fewer falls.</td>" in page
    assert page.count("Fewer falls at home.") == 2
    assert Priority.objects.get(title="Frailty").purpose == "Fewer falls."
    again = {**same, "purpose": "Fewer falls at home.", "version": 1}
    assert client.post(path_to(work), again).status_code == 302
    assert Priority.objects.get(title="Frailty").purpose == "Fewer falls at home."
    assert AuditEvent.objects.filter(verb="priority changed").count() == 1


def test_the_number_of_a_form_is_its_persons_own(world, as_person, work):
    same = words()
    as_person(world.callum).post(path_to(work), same)
    assert as_person(world.morag).post(path_to(work), {**same, "title": "Mine"}).status_code == 302
    assert set(Priority.objects.values_list("title", flat=True)) == {"Diabetes recall", "Frailty", "Mine"}


def test_what_is_missing_is_said_and_what_was_typed_stays(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), words(title="")).content.decode()
    assert "<title>Error: Add a priority" in page
    assert "Give the priority a title." in page
    assert "Fewer falls." in page


def test_a_patient_number_is_refused(world, as_person, work):
    number = next(n for n in (f"010170{tail:04}" for tail in range(10000)) if chi.modulus_11(n))
    page = as_person(world.callum).post(path_to(work), words(purpose=f"See {number} again")).content.decode()
    assert "which is a patient’s CHI number" in page
    assert f"See {number} again" in page
    assert Priority.objects.count() == 1


def test_kept_words_come_back_and_go_when_saved(world, as_person, work):
    key = f"qiplans:priority_add:{work.plan.pk}"
    keep_draft(owner=world.callum, key=key, fields={"title": "Half a thought", "purpose": ""})
    page = as_person(world.callum).get(path_to(work)).content.decode()
    assert "Half a thought" in page
    assert "We kept what you typed" in page
    as_person(world.callum).post(path_to(work), words())
    assert "Half a thought" not in as_person(world.callum).get(path_to(work)).content.decode()


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words()).status_code == 404
    assert as_person(world.asha).post(path_to(work), words()).status_code == 403
    assert Priority.objects.count() == 1
