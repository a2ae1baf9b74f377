"""What a chart means: said with an action, seen inside only, and offered to the next agenda until it is."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import AuditEvent
from measures import selectors, services
from measures.models import SoWhat
from measures.selectors.so_what import chart_lines
from meetings.models import Action
from qiplans.services import share_project
from tests.qiplans.conftest import a_measure, a_plan

SERIES = [52, 48, 55, 49, 51, 47, 53, 50, 46, 54, 52, 56]


@pytest.fixture
def work(world):
    return a_plan(world)


@pytest.fixture
def measure(world, work):
    return a_measure(world, work.project, SERIES)


def path_to(measure):
    return f"/measures/{measure.pk}/so-what/"


def words(world, **changes):
    start = {"meaning": "Recall stays where it was.", "reaches_to": "2025-12-01", "nonce": str(uuid4())}
    action = {"what": "Ring those who did not come", "owner": world.asha.pk}
    return {**start, **action, "due_on": str(world.today + timedelta(days=14)), **changes}


def page_of(client, measure):
    return client.get(f"/measures/{measure.pk}/").content.decode()


def test_it_is_put_down_with_an_action(world, as_person, measure):
    client = as_person(world.callum)
    assert "Not discussed yet." in page_of(client, measure)
    sent = words(world)
    for _ in range(2):
        assert client.post(path_to(measure), sent).status_code == 302
    said, action = SoWhat.objects.get(), Action.objects.get()
    assert (said.meaning, said.action, said.reaches_to) == (sent["meaning"], action, date(2025, 12, 1))
    assert (action.owner, action.forum, action.origin_text) == (world.asha, world.rowan.forum, "Recalled in time")
    assert action.origin_path == f"/measures/{measure.pk}/"
    assert AuditEvent.objects.filter(verb="so what said").count() == 1
    page = page_of(client, measure)
    assert "Not discussed yet." not in page
    assert "Recall stays where it was." in page
    assert "Ring those who did not come" in page


def test_the_same_form_with_another_action_is_another_one(world, as_person, measure):
    client, sent = as_person(world.callum), words(world)
    client.post(path_to(measure), sent)
    client.post(path_to(measure), {**sent, "what": "Send a second letter"})
    assert [action.what for action in Action.objects.order_by("pk")] == [sent["what"], "Send a second letter"]


def test_nothing_need_follow_but_half_an_action_is_none(world, as_person, measure):
    client = as_person(world.tom)
    page = client.post(path_to(measure), words(world, owner="")).content.decode()
    assert "Choose who does it." in page
    assert "Ring those who did not come" in page
    assert client.post(path_to(measure), words(world, what="", owner="", due_on="")).status_code == 302
    assert SoWhat.objects.get().action is None
    assert "No action followed." in page_of(client, measure)


def test_a_new_figure_asks_for_a_new_word(world, as_person, measure):
    services.say_so_what(by=world.callum, measure=measure, reaches_to=date(2025, 12, 1), meaning="Steady.")
    assert not selectors.chart_of(measure).is_undiscussed
    services.enter_point(by=world.callum, measure=measure, period_on=date(2026, 1, 1), value=Decimal(60))
    assert selectors.chart_of(measure).is_undiscussed
    page = page_of(as_person(world.asha), measure)
    assert "There are figures since this was last talked about." in page
    assert "Steady." in page
    assert "Say what it means" not in page


def test_too_few_figures_need_not_be_talked_about(world, as_person, work):
    measure = a_measure(world, work.project, SERIES[:5])
    assert not selectors.chart_of(measure).is_undiscussed
    assert "a chart of so few figures need not be talked about" in page_of(as_person(world.callum), measure)
    assert chart_lines(world.rowan.forum, on=world.today, reach=None) == []


def test_it_offers_itself_to_the_next_agenda(world, measure):
    (line,) = chart_lines(world.rowan.forum, on=world.today, reach=None)
    assert (line.key, line.text, line.path) == (f"chart:{measure.pk}", "Recalled in time", f"/measures/{measure.pk}/")
    assert line.detail == "chart not discussed yet: no signal"
    assert chart_lines(world.larch.forum, on=world.today, reach=None) == []
    services.say_so_what(by=world.callum, measure=measure, reaches_to=date(2025, 12, 1), meaning="Steady.")
    assert chart_lines(world.rowan.forum, on=world.today, reach=None) == []


def test_the_project_page_says_which_charts_wait(world, as_person, work, measure):
    path = f"/projects/{work.project.pk}/"
    assert "not discussed yet" in as_person(world.asha).get(path).content.decode()
    share_project(by=world.callum, project=work.project, level="HSCP")
    page = as_person(world.heather).get(path).content.decode()
    assert "Recalled in time" in page
    assert "not discussed yet" not in page


def test_those_above_don_t_read_it(world, as_person, work, measure):
    services.say_so_what(by=world.callum, measure=measure, reaches_to=date(2025, 12, 1), meaning="Steady.")
    share_project(by=world.callum, project=work.project, level="HSCP")
    page = page_of(as_person(world.heather), measure)
    assert "Recalled in time" in page
    assert "So what?" not in page
    assert "Steady." not in page


def test_a_period_that_the_chart_does_not_have(world, as_person, measure):
    page = as_person(world.callum).post(path_to(measure), words(world, reaches_to="2031-01-01")).content.decode()
    assert "The chart has changed. Look at it again, then save." in page
    assert not SoWhat.objects.exists()


def test_without_figures_there_is_nothing_to_say(world, as_person, work):
    measure = a_measure(world, work.project)
    assert as_person(world.callum).get(path_to(measure)).status_code == 302


def test_doors(world, as_person, measure):
    assert as_person(world.nell).get(path_to(measure)).status_code == 404
    assert as_person(world.asha).post(path_to(measure), words(world)).status_code == 403
