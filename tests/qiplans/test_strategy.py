"""The line of sight in both directions, and emergencies."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from clusters.selectors import reach_of
from office.plugs import Asked
from qiplans.models import Emergency, StrategicLine
from qiplans.selectors.agenda import project_lines
from qiplans.selectors.digest import projects_to_tell
from qiplans.selectors.strategy import clusters_in_emergency
from qiplans.services import share_project, write_update
from qiplans.services import strategy as services
from qiplans.services.updates import carry_forward
from shared.dates import in_words
from tests.meetings.files import words_of
from tests.qiplans.conftest import a_measure, a_plan
from tests.qiplans.test_versions import agreed
from tests.qiplans.test_votes import body

PLAN = "/clusters/rowan/plan/"


def a_line(world, title="Live well at home", hscp=None):
    return services.add_line(by=world.heather, hscp=hscp or world.strath, title=title, nonce=uuid4(), at=timezone.now())


def an_emergency(world, *, hscp=False, starts=0, ends=None):
    where = {"hscp": world.strath} if hscp else {"cluster": world.rowan}
    return services.declare_emergency(
        by=world.heather if hscp else world.callum,
        kind="WINTER",
        reason="Beds are full",
        starts_on=world.today + timedelta(days=starts),
        ends_on=ends and world.today + timedelta(days=ends),
        nonce=uuid4(),
        at=timezone.now(),
        **where,
    )


def test_unmapped_work_and_lines_without_work_are_shown_on_both_sides(world, as_person):
    work = a_plan(world)
    page = f"/hscps/{world.strath.code}/strategic-plan/"
    heather = as_person(world.heather)
    assert "No line is kept here yet." in body(heather.get(page))
    nonce = uuid4()
    for _ in range(2):
        heather.post(f"{page}new/", {"title": "Live well at home", "source": "Outcome 3", "nonce": nonce})
    line, other = StrategicLine.objects.get(), a_line(world, "Fewer admissions")
    inside = body(as_person(world.asha).get(PLAN))
    assert "that no priority here serves: Live well at home; Fewer admissions." in inside
    assert ">Fit with the HSCP’s plan<" in inside
    assert "Diabetes recall" not in body(heather.get(page))
    agreed(world, work)
    assert "Diabetes recall" in body(heather.get(page)).split("Priorities that serve no line")[1]
    callum = as_person(world.callum)
    callum.post(f"/priorities/{work.priority.pk}/serves/", {"lines": [line.pk]})
    assert list(work.priority.strategic_lines.all()) == [line]
    assert "Serves: Live well at home" in body(as_person(world.asha).get(PLAN))
    shown = body(heather.get(page))
    assert "Diabetes recall" in shown.split("Priorities that serve no line")[0]
    assert shown.count("No work yet") == 1
    assert other.title in shown


def test_the_ticks_of_two_people_at_once_both_count(world, as_person):
    work = a_plan(world)
    first, second, third = (a_line(world, f"Line {n}") for n in range(3))
    services.link_priority(by=world.callum, priority=work.priority, lines=[first])
    url = f"/priorities/{work.priority.pk}/serves/"
    callum, morag = as_person(world.callum), as_person(world.morag)
    assert f'name="shown" value="{first.pk}"' in body(callum.get(url))
    callum.post(url, {"lines": [first.pk, second.pk], "shown": first.pk})
    morag.post(url, {"lines": [third.pk], "shown": first.pk})
    assert set(work.priority.strategic_lines.all()) == {second, third}


def test_lines_are_renamed_and_retired_and_what_was_linked_stays(world, as_person):
    work, line = a_plan(world), a_line(world)
    services.link_priority(by=world.callum, priority=work.priority, lines=[line])
    heather = as_person(world.heather)
    heather.post(f"/strategic-lines/{line.pk}/", {"title": "At home", "source": "", "version": 1})
    assert heather.post(f"/strategic-lines/{line.pk}/", {"title": "Other", "version": 1}).status_code == 409
    for _ in range(2):
        heather.post(f"/strategic-lines/{line.pk}/retire/")
    line.refresh_from_db()
    assert (line.title, line.retired_by) == ("At home", world.heather)
    services.link_priority(by=world.callum, priority=work.priority, lines=[])
    assert list(work.priority.strategic_lines.all()) == [line]
    assert "Retired lines" in body(heather.get(f"/hscps/{world.strath.code}/strategic-plan/"))
    with pytest.raises(ValidationError):
        services.link_priority(by=world.callum, priority=work.priority, lines=[a_line(world, hscp=world.neighbour)])


def test_a_retired_line_says_so_and_can_be_unlinked(world, as_person):
    work, line, other = a_plan(world), a_line(world), a_line(world, "Fewer admissions")
    services.link_priority(by=world.callum, priority=work.priority, lines=[line])
    heather, callum = as_person(world.heather), as_person(world.callum)
    assert "Retire “Live well at home”?" in body(heather.get(f"/strategic-lines/{line.pk}/retire/"))
    line.refresh_from_db()
    assert line.retired_at is None
    heather.post(f"/strategic-lines/{line.pk}/retire/")
    assert "Serves: Live well at home (retired)" in body(callum.get(PLAN))
    url = f"/priorities/{work.priority.pk}/serves/"
    page = body(callum.get(url))
    assert "Live well at home (retired)" in page
    assert page.count(" checked") == 1
    callum.post(url, {"lines": [line.pk, other.pk], "shown": line.pk})
    assert set(work.priority.strategic_lines.all()) == {line, other}
    callum.post(url, {"lines": [other.pk], "shown": f"{line.pk} {other.pk}"})
    assert list(work.priority.strategic_lines.all()) == [other]
    assert "(retired)" not in body(callum.get(url))


def test_an_emergency_stands_wherever_activity_is_read_and_ends(world, as_person):
    project = a_plan(world).project
    callum = as_person(world.callum)
    asked = {"kind": "WINTER", "reason": "Beds are full", "starts_on": str(world.today), "nonce": uuid4()}
    wrong = body(callum.post("/clusters/rowan/emergency/", {**asked, "ends_on": str(world.today)}))
    assert "Give a day after the first." in wrong
    for _ in range(2):
        callum.post("/clusters/rowan/emergency/", asked)
    row = Emergency.objects.get()
    assert "Less or different activity in this time is no failure." in body(as_person(world.heather).get(PLAN))
    assert "Less or different activity in this time is no failure." in body(callum.get(f"/projects/{project.pk}/"))
    assert "· winter pressure" in body(as_person(world.heather).get("/tracker/"))
    assert list(clusters_in_emergency(world.today)) == [world.rowan]
    callum.post(f"/emergencies/{row.pk}/end/")
    assert "Less or different" not in body(callum.get(PLAN))
    assert not clusters_in_emergency(world.today).exists()


def test_an_emergency_stands_beside_charts_and_in_every_file(world, as_person):
    work = a_plan(world)
    measure = a_measure(world, work.project, [50, 48, 52])
    an_emergency(world, hscp=True, ends=9)
    asha, last = as_person(world.asha), in_words(world.today + timedelta(days=8))
    said = f"from {in_words(world.today)} to {last}: Beds are full. It holds for all of"
    for page in (PLAN, f"/projects/{work.project.pk}/", f"/measures/{measure.pk}/", "/clusters/rowan/data/"):
        assert f"Winter pressure</strong> {said}" in body(asha.get(page)), page
    for path in (f"/measures/{measure.pk}/chart", f"/projects/{work.project.pk}/project", f"{PLAN}file"):
        for form in ("pdf", "docx"):
            text = " ".join(words_of(asha.get(f"{path}.{form}").content).split())
            assert said in text, (path, form)
            assert "Less or different activity in this time is no failure." in text
    Emergency.objects.update(ends_on=world.today)
    assert "Winter pressure" not in body(asha.get(f"/measures/{measure.pk}/"))


def test_one_of_an_hscp_holds_for_its_clusters_from_its_day(world, as_person):
    row = an_emergency(world, hscp=True, starts=2, ends=9)
    before, then, after = (world.today + timedelta(days=n) for n in (1, 2, 9))
    assert not [day for day in (before, after) if clusters_in_emergency(day).exists()]
    assert set(clusters_in_emergency(then)) == {world.rowan, world.larch}
    assert as_person(world.callum).post(f"/emergencies/{row.pk}/end/").status_code == 404
    assert as_person(world.heather).post(f"/emergencies/{row.pk}/end/").status_code == 302
    assert not clusters_in_emergency(then).exists()


def test_reminders_of_updates_pause_and_no_agenda_asks_for_one(world):
    project = a_plan(world).project
    type(project).objects.update(next_review_on=world.today)
    people = {world.tom.pk: world.tom}
    asked = Asked(people, {world.tom.pk: reach_of(world.tom, on=world.today)}, world.today, {})
    lines = project_lines(world.rowan.forum, on=world.today, reach=None)
    assert [line.is_kept for line in lines] == [True]
    assert [line.key for line in projects_to_tell(asked)[world.tom.pk]] == [f"project:{project.pk}"]
    row = an_emergency(world, hscp=True)
    assert project_lines(world.rowan.forum, on=world.today, reach=None) == []
    assert not projects_to_tell(asked)
    services.end_emergency(by=world.heather, emergency=row, on=world.today)
    assert projects_to_tell(asked)
    share_project(by=world.callum, project=project, level="HSCP")
    assert [x.is_kept for x in project_lines(world.rowan.forum, on=world.today, reach=None)] == [False]


def test_the_hscp_sees_and_ends_its_emergency_where_it_declared_it(world, as_person):
    row, heather = an_emergency(world, hscp=True, starts=2), as_person(world.heather)
    page = f"/hscps/{world.strath.code}/strategic-plan/"
    assert f'action="/emergencies/{row.pk}/end/"' in body(heather.get(page))
    read = body(as_person(world.asha).get(page))
    assert "Beds are full" in read
    assert "End it" not in read
    heather.post(f"/emergencies/{row.pk}/end/")
    assert "Beds are full" not in body(heather.get(page))
    assert "Beds are full" not in body(as_person(world.asha).get(PLAN))


def test_no_change_carries_the_last_line_forward_once_a_day(world, as_person):
    project = a_plan(world).project
    tom, path = as_person(world.tom), f"/projects/{project.pk}/no-change/"
    assert "there is none to carry forward" in body(tom.post(path, follow=True))
    write_update(by=world.tom, project=project, text="Texts go out.", at=timezone.now() - timedelta(days=30))
    for _ in range(2):
        tom.post(path)
    first = project.updates.first()
    assert first.text.startswith("No change since ")
    assert first.text.endswith(": Texts go out.")
    assert project.updates.count() == 2
    later = carry_forward(by=world.tom, project=project, at=timezone.now() + timedelta(days=30))
    assert later.text == first.text
