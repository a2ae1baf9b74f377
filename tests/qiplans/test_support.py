"""Support asked of the HSCP: the loop closes, and the asker sees it."""

from qiplans.models import SupportAsk
from qiplans.services.support import ask_support


def asked(world, work):
    return ask_support(by=world.tom, project=work.project, what="An analyst for a day", reply_by=world.today)


def test_it_is_asked_decided_and_told(world, as_person, work):
    tom, heather = as_person(world.tom), as_person(world.heather)
    tom.post(f"/projects/{work.project.pk}/support/new/", {"what": "An analyst", "reply_by": world.today})
    ask = SupportAsk.objects.get()
    assert "asks for support: An analyst" in heather.get("/").content.decode()
    assert "An analyst" in tom.get("/clusters/rowan/waiting/").content.decode()
    heather.post(f"/projects/support/{ask.pk}/", {"decision": "PART", "reasons": "Half a day in May"})
    ask.refresh_from_db()
    assert (ask.decision, ask.decided_by) == ("PART", world.heather)
    assert "asks for support" not in heather.get("/").content.decode()
    assert "Support for “Texts for recall”: given in part" in tom.get("/").content.decode()
    assert "Half a day in May" in tom.get(f"/projects/{work.project.pk}/").content.decode()


def test_it_is_decided_once_and_with_reasons(world, as_person, work):
    ask, heather = asked(world, work), as_person(world.heather)
    path = f"/projects/support/{ask.pk}/"
    assert "Give the reasons" in heather.post(path, {"decision": "GIVEN"}).content.decode()
    assert heather.post(path, {"decision": "GIVEN", "reasons": "Yes"}).status_code == 302
    assert heather.post(path, {"decision": "GIVEN", "reasons": "Yes"}).status_code == 302
    second = as_person(world.rhona).post(path, {"decision": "DECLINED", "reasons": "No money"}, follow=True)
    assert "It is decided already, by Heather Lind. You had written: “No money”" in second.content.decode()
    ask.refresh_from_db()
    assert ask.decision == "GIVEN"


def test_from_the_decision_there_is_a_way_on(world, as_person, work):
    ask, heather, tom = asked(world, work), as_person(world.heather), as_person(world.tom)
    path = f"/projects/support/{ask.pk}/"
    decided = heather.post(path, {"decision": "GIVEN", "reasons": "Yes"}, follow=True).content.decode()
    main = decided.split("<main")[1]
    assert 'href="/clusters/rowan/"' in main
    assert "To the project" not in main
    assert f'href="/projects/{work.project.pk}/">To the project</a>' in tom.get(path).content.decode()


def test_the_health_board_neither_reads_nor_decides_it(world, as_person, work):
    path = f"/projects/support/{asked(world, work).pk}/"
    assert as_person(world.bruce).get(path).status_code == 404
    assert "asks for support" not in as_person(world.bruce).get("/").content.decode()
    assert "asks for support" in as_person(world.rhona).get("/").content.decode()


def test_the_page_tells_the_hscp_title_and_aim_and_no_more(world, as_person, work):
    page = as_person(world.heather).get(f"/projects/support/{asked(world, work).pk}/").content.decode()
    assert "Texts for recall" in page
    assert f"/projects/{work.project.pk}/" not in page
    assert "Alder" not in page
