"""The plan page: what members read, and what those above are let see."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.services import enter_point
from qiplans import services
from tests.qiplans.conftest import a_measure, a_meeting

PATH = "/clusters/rowan/plan/"


def read(as_person, person, path=PATH):
    return as_person(person).get(path).content.decode()


def test_a_stranger_is_turned_away(world, as_person, work):
    assert as_person(world.nell).get(PATH).status_code == 404


def test_members_read_all_of_it(world, as_person, work):
    services.write_update(by=world.tom, project=work.project, text="Texts go out weekly")
    page = read(as_person, world.asha)
    for words in ("Diabetes recall", "lost to follow-up", "Intrinsic", "Texts for recall", "Led by Tom Kerr"):
        assert words in page
    assert "2 practices: Alder Medical Practice, Beech Medical Practice" in page
    assert "Texts go out weekly" in page
    assert "no measure yet" in page
    assert "Draft" in page
    assert "Add a priority" not in page


def test_a_project_shows_its_line_once_there_is_enough(world, as_person, work):
    measure = a_measure(world, work.project, [50, 52])
    assert "not enough data yet" in read(as_person, world.asha)
    for month in range(3, 13):
        enter_point(by=world.callum, measure=measure, period_on=date(2025, month, 1), value=Decimal(50 + month))
    assert 'aria-label="Recalled in time: trend, better, last 62% in Dec 2025"' in read(as_person, world.asha)


def test_an_empty_year_says_what_to_do_next(world, as_person):
    assert "Start the plan for 2026/27" in read(as_person, world.callum, f"{PATH}?year=2026")
    assert "Start the plan" not in read(as_person, world.asha, f"{PATH}?year=2026")
    assert "Start the plan" not in read(as_person, world.callum, f"{PATH}?year=2019")


def test_nonsense_years_mean_this_year(world, as_person, work):
    for year in ("", "abcd", "99", "²026", "99999", "\x00"):
        assert as_person(world.asha).get(PATH, {"year": year}).status_code == 200


def test_the_hscp_sees_of_a_draft_that_there_is_one(world, as_person, work):
    page = read(as_person, world.heather)
    assert "Draft" in page
    assert "1 idea" in page
    for words in ("Diabetes recall", "lost to follow-up", "Texts for recall", "Tom Kerr", "Alder Medical"):
        assert words not in page


def test_the_hscp_reads_priorities_once_agreed_and_shared_projects(world, as_person, work):
    services.agree_plan(by=world.callum, plan=work.plan, meeting=a_meeting(world), version=work.plan.version)
    page = read(as_person, world.heather)
    assert "Agreed</strong> at the meeting of" in page
    assert "Diabetes recall" in page
    assert "Texts for recall" not in page
    services.share_project(by=world.callum, project=work.project, level="BOARD")
    page = read(as_person, world.heather)
    assert "Texts for recall" in page
    assert "Money for texts" in page
    for words in ("Tom Kerr", "Alder Medical", "Projects that stay in the cluster"):
        assert words not in page


def test_the_hscp_reads_what_was_agreed_until_a_meeting_agrees_more(world, as_person, work):
    meeting = a_meeting(world)
    services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=2)
    frailty = services.add_priority(by=world.callum, plan=work.plan, title="Frailty", purpose="Fewer falls.")
    falls = services.add_project(by=world.callum, priority=frailty, title="Falls clinic", aim="Weekly.")
    services.share_project(by=world.callum, project=falls, level="BOARD")
    services.change_priority(
        by=world.callum, priority=work.priority, version=1, title="Wounds", purpose="Fewer ulcers.", orientation="EXTR"
    )
    for path in (PATH, "/clusters/rowan/"):
        page = read(as_person, world.heather, path)
        assert "Diabetes recall" in page
        assert "Falls clinic" in page
        for words in ("Frailty", "Fewer falls", "Wounds", "Fewer ulcers", "Extrinsic: with others, on their services"):
            assert words not in page
    assert "Wounds" in read(as_person, world.asha)
    plan = services.agree_plan(by=world.callum, plan=work.plan, meeting=meeting, version=4)
    page = read(as_person, world.heather)
    assert not plan.has_changed_since_agreed
    for words in ("Frailty", "Wounds", "Fewer ulcers", "Extrinsic"):
        assert words in page


def test_a_shared_project_of_a_draft_stands_without_its_priority(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="BOARD")
    page = read(as_person, world.heather)
    assert "Texts for recall" in page
    assert "Diabetes recall" not in page


def test_many_projects_cost_no_more_queries(world, as_person, work):
    client = as_person(world.callum)
    a_measure(world, work.project, [50, 60, 70])
    client.get(PATH)
    with CaptureQueriesContext(connection) as few:
        client.get(PATH)
    for n in range(20):
        more = services.add_project(
            by=None, priority=work.priority, title=f"Project {n}", aim="More.", practices=[world.elm], lead=world.asha
        )
        a_measure(world, more, [50, 60, 70], name=f"Measure {n}")
        services.write_update(by=world.tom, project=more, text="Going.")
    with CaptureQueriesContext(connection) as many:
        client.get(PATH)
    assert len(many) == len(few)


def test_it_says_how_many_were_seen_through(world, as_person, work):
    assert "Seen through" not in read(as_person, world.asha)
    type(work.project).objects.filter(pk=work.project.pk).update(state="SUSTAIN")
    for state, title in (("STOPPED", "Slow"), ("TESTING", "New"), ("IDEA", "Later")):
        other = services.add_project(by=world.callum, priority=work.priority, title=title, aim="More")
        type(other).objects.filter(pk=other.pk).update(state=state)
    page = read(as_person, world.asha)
    assert "Of 3 projects that the cluster ever began, 1 was seen through, 1 stopped and 1 goes on." in page
