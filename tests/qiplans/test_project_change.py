"""Changing a project."""

from accounts.models import AuditEvent
from qiplans import services


def path_to(work):
    return f"/projects/{work.project.pk}/change/"


def words(world, **changes):
    return {"title": "Texts", "aim": "My aim.", "practices": [world.alder.pk], "version": 1, **changes}


def test_its_lead_changes_it(world, as_person, work):
    assert as_person(world.tom).post(path_to(work), words(world, lead=world.tom.pk)).status_code == 302
    work.project.refresh_from_db()
    assert (work.project.title, work.project.version, work.project.lead) == ("Texts", 2, world.tom)
    assert list(work.project.practices.all()) == [world.alder]
    event = AuditEvent.objects.get(verb="practices taking part changed")
    assert event.changes["practices"] == [[world.alder.code, world.beech.code], [world.alder.code]]


def test_who_takes_part_counts_as_a_change(world, as_person, work):
    same = {"title": work.project.title, "aim": work.project.aim, "lead": world.tom.pk, "version": 1}
    same |= {"could_use_help_with": "Money for texts", "practices": [world.elm.pk]}
    assert as_person(world.callum).post(path_to(work), same).status_code == 302
    work.project.refresh_from_db()
    assert work.project.version == 2
    assert as_person(world.morag).post(path_to(work), same | {"practices": [world.ash.pk]}).status_code == 409
    assert list(work.project.practices.all()) == [world.elm]


def test_the_second_editor_sees_both_texts(world, as_person, work):
    as_person(world.morag).post(path_to(work), words(world, aim="Their aim.", next_review_on="2027-01-12"))
    answer = as_person(world.callum).post(path_to(work), words(world))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Their aim." in page
    assert "Tue 12 Jan 2027" in page
    assert page.count("My aim.") == 2
    work.project.refresh_from_db()
    assert work.project.aim == "Their aim."


def test_a_lead_who_left_the_cluster_keeps_nothing(world, as_person, work):
    work.project.lead = world.nell
    work.project.save()
    assert as_person(world.nell).get(path_to(work)).status_code == 404


def test_strangers_readers_and_those_above(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="BOARD")
    assert as_person(world.asha).post(path_to(work), words(world)).status_code == 403
    assert as_person(world.heather).post(path_to(work), words(world)).status_code == 403
    assert as_person(world.nell).post(path_to(work), words(world)).status_code == 404
