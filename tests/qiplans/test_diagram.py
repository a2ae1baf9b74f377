"""Diagrams: rows in a tree, a picture that says the same as the list, and who may touch them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiplans import services
from qiplans.models import Diagram, DiagramLine
from qiplans.services import diagrams
from qiplans.services.diagrams import LineNotAllowed
from tests.qiplans.conftest import a_measure, a_meeting
from tests.qiplans.tools import a_cycle, a_diagram, a_pareto, some_drivers


def read(as_person, person, diagram):
    return as_person(person).get(f"/diagrams/{diagram.pk}/").content.decode()


def test_a_project_has_one_driver_diagram(world, as_person, work):
    for _ in range(2):
        answer = as_person(world.asha).post(f"/projects/{work.project.pk}/drivers/")
    diagram = Diagram.objects.get()
    assert answer.url == f"/diagrams/{diagram.pk}/"
    page = read(as_person, world.asha, diagram)
    assert "70% of people with diabetes" in page
    assert "Begin with two to four primary drivers" in page


def test_lines_are_added_under_each_other_as_deep_as_it_goes(world, as_person, work):
    diagram, (first, second, idea) = some_drivers(world, work.project)
    client, path = as_person(world.tom), f"/diagrams/{diagram.pk}/lines/new/"
    assert "Add a secondary driver" in client.get(f"{path}?under={first.pk}").content.decode()
    client.post(f"{path}?under={second.pk}", {"text": "Letter in five languages", "nonce": str(uuid4())})
    assert DiagramLine.objects.get(text="Letter in five languages").parent == second
    assert client.get(f"{path}?under={idea.pk}").status_code == 404
    assert client.get(f"{path}?under=99999").status_code == 404
    page = read(as_person, world.tom, diagram)
    assert "1 primary driver, 1 secondary driver, 2 change ideas." in page
    assert page.count('role="img"') == 1
    drawn = page[page.index("<svg", page.index('role="img"') - 200) : page.index("</svg>", page.index('role="img"'))]
    assert "Letter in five" in drawn


def test_a_second_press_adds_one_line(world, as_person, work):
    diagram, _ = some_drivers(world, work.project)
    same = {"text": "Capacity", "nonce": str(uuid4())}
    for _ in range(2):
        as_person(world.tom).post(f"/diagrams/{diagram.pk}/lines/new/", same)
    assert diagram.lines.filter(text="Capacity").count() == 1


def test_add_it_and_one_more_asks_again(world, as_person, work):
    diagram, _ = some_drivers(world, work.project)
    path = f"/diagrams/{diagram.pk}/lines/new/"
    assert as_person(world.tom).post(path, {"text": "Capacity", "another": "yes"}).url == path


def test_a_driver_is_measured_by_a_measure_of_its_own_project(world, as_person, work):
    diagram, (first, *_) = some_drivers(world, work.project)
    measure = a_measure(world, work.project)
    words = {"text": first.text, "measure": measure.pk, "version": 1}
    as_person(world.tom).post(f"/diagrams/lines/{first.pk}/", words)
    assert "Measured by: Recalled in time" in read(as_person, world.tom, diagram)
    other = services.add_project(by=world.callum, priority=work.priority, title="Other", aim="Other")
    _, (theirs, *_) = some_drivers(world, other)
    as_person(world.callum).post(f"/diagrams/lines/{theirs.pk}/", {**words, "text": "x"})
    theirs.refresh_from_db()
    assert theirs.measure is None


def test_lines_change_places_by_buttons(world, as_person, work):
    diagram, (first, *_) = some_drivers(world, work.project)
    second = diagrams.add_line(by=world.callum, diagram=diagram, text="Capacity")
    as_person(world.tom).post(f"/diagrams/lines/{second.pk}/move/", {"way": "up"})
    as_person(world.tom).post(f"/diagrams/lines/{second.pk}/move/", {"way": "up"})
    assert list(diagram.lines.filter(parent=None)) == [second, first]


def test_removing_asks_first_and_takes_what_hangs_on_it(world, as_person, work):
    diagram, (first, *_) = some_drivers(world, work.project)
    client, path = as_person(world.tom), f"/diagrams/lines/{first.pk}/remove/"
    assert "Text reminder" in client.get(path).content.decode()
    assert diagram.lines.count() == 3
    assert client.post(path).url == f"/diagrams/{diagram.pk}/"
    assert diagram.lines.count() == 0


def test_what_was_tested_is_not_removed(world, as_person, work):
    diagram, (first, _, idea) = some_drivers(world, work.project)
    a_cycle(world, work.project, idea=idea, title="")
    page = as_person(world.tom).post(f"/diagrams/lines/{first.pk}/remove/").content.decode()
    assert "PDSA cycles test a change idea here." in page
    assert diagram.lines.count() == 3
    assert "1 PDSA cycle" in read(as_person, world.tom, diagram)


def test_a_diagram_is_full_one_day(world, work, monkeypatch):
    monkeypatch.setattr(diagrams, "MOST_LINES", 3)
    diagram, _ = some_drivers(world, work.project)
    with pytest.raises(LineNotAllowed, match="3 lines at most"):
        diagrams.add_line(by=world.callum, diagram=diagram, text="Capacity")


def test_two_people_changing_a_line_see_both_texts(world, as_person, work):
    _, (first, *_) = some_drivers(world, work.project)
    client, path = as_person(world.tom), f"/diagrams/lines/{first.pk}/"
    client.post(path, {"text": "Recall", "version": 1})
    answer = client.post(path, {"text": "Reminders", "version": 1})
    assert answer.status_code == 409
    assert "<td>Recall</td><td>Reminders</td>" in answer.content.decode()


def test_above_the_cluster_the_drivers_of_a_shared_project_are_read_and_nothing_else(world, as_person, work):
    diagram, _ = some_drivers(world, work.project)
    fishbone = a_diagram(world, project=work.project)
    heather = as_person(world.heather)
    assert heather.get(f"/diagrams/{diagram.pk}/").status_code == 404
    services.share_project(by=world.callum, project=work.project, level="HSCP")
    page = read(as_person, world.heather, diagram)
    assert "Text reminder" in page
    assert "Remove" not in page
    assert heather.get(f"/diagrams/{fishbone.pk}/").status_code == 404
    assert as_person(world.nell).get(f"/diagrams/{diagram.pk}/").status_code == 404


def test_a_swot_has_four_lists(world, as_person, work):
    swot, client = a_diagram(world, "SWOT", title="Our year"), as_person(world.morag)
    client.post(f"/diagrams/{swot.pk}/lines/new/?part=S", {"text": "We meet"})
    client.post(f"/diagrams/{swot.pk}/lines/new/?part=T", {"text": "Winter"})
    assert client.get(f"/diagrams/{swot.pk}/lines/new/?part=X").status_code == 404
    assert {line.part: line.text for line in swot.lines.all()} == {"S": "We meet", "T": "Winter"}
    page = read(as_person, world.asha, swot)
    assert "1 strength, 1 threat." in page
    assert "Remove" not in page


def test_a_pareto_chart_says_which_few(world, as_person, work):
    pareto = a_pareto(world, {"Declined": 5, "Did not attend": 42, "No appointment": 27, "Other": 0, "Coding": 3})
    page = read(as_person, world.callum, pareto)
    assert "“Did not attend” and “No appointment” make up 90% of 77." in page
    as_person(world.callum).post(f"/diagrams/{pareto.pk}/lines/new/", {"text": "Snow", "count": ""})
    assert "not counted yet" in read(as_person, world.callum, pareto)
    refused = as_person(world.callum).post(f"/diagrams/{pareto.pk}/lines/new/", {"text": "Hail", "count": "-1"})
    assert "A count can’t be below zero." in refused.content.decode()


def test_nothing_counted_draws_nothing(world, as_person, work):
    page = read(as_person, world.callum, a_pareto(world, {"Other": 0}))
    assert "Every count is nought so far" in page
    assert 'role="img"' not in page


def test_the_list_of_a_cluster_and_of_one_meeting(world, as_person, work):
    meeting = a_meeting(world)
    a_diagram(world, meeting=meeting, title="Drawn there")
    a_diagram(world, title="Drawn elsewhere")
    client = as_person(world.asha)
    assert "Drawn elsewhere" in client.get("/clusters/rowan/tools/").content.decode()
    page = client.get(f"/clusters/rowan/tools/?meeting={meeting.pk}").content.decode()
    assert "Drawn there" in page
    assert "Drawn elsewhere" not in page
    assert f"/clusters/rowan/tools/?meeting={meeting.pk}" in client.get(f"/meetings/{meeting.pk}/").content.decode()


def test_a_diagram_of_a_meeting_is_started_from_its_list(world, as_person, work):
    meeting = a_meeting(world)
    words = {"kind": "FISHB", "title": "Letters wait", "meeting": meeting.pk}
    as_person(world.morag).post("/clusters/rowan/tools/new/", words)
    assert Diagram.objects.get().meeting == meeting
    elsewhere = a_meeting(world, world.larch)
    page = as_person(world.morag).post("/clusters/rowan/tools/new/", {**words, "meeting": elsewhere.pk})
    assert "Choose one of this cluster’s own meetings." in page.content.decode()


def test_more_lines_cost_no_more_queries(world, as_person, work):
    diagram, (first, *_) = some_drivers(world, work.project)
    client, path = as_person(world.callum), f"/diagrams/{diagram.pk}/"
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for n in range(12):
        diagrams.add_line(by=world.callum, diagram=diagram, text=f"Driver {n}", parent=first)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("urgent=yes", "Not a project: act now"),
        ("urgent=no&aim=check", "Clinical audit"),
        ("urgent=no&aim=find", "Research or evaluation"),
        ("urgent=no&aim=better&known=what", "Put the standard into practice"),
        ("urgent=no&aim=better&known=idea", "test changes"),
        ("urgent=no&aim=better&known=why", "understand the problem first"),
        ("urgent=no&aim=better", "One more answer is needed"),
        ("", "Nothing is kept."),
    ],
)
def test_the_chooser_names_the_method_and_leads_on(world, as_person, query, said):
    page = as_person(world.asha).get(f"/tools/choose/?{query}").content.decode()
    assert said in page
    if "aim=check" in query:
        assert "/clusters/rowan/plan/" in page


def test_the_project_page_says_what_helps_now(world, as_person, work):
    page = as_person(world.tom).get(f"/projects/{work.project.pk}/").content.decode()
    assert "What helps now (idea)" in page
    assert f"/projects/{work.project.pk}/tools/new/?kind=FISHB" in page
    services.move_project(by=world.tom, project=work.project, to_state="TESTING")
    assert "Predict first." in as_person(world.tom).get(f"/projects/{work.project.pk}/").content.decode()


def test_a_refusal_says_who_keeps_a_diagram_of_the_cluster(world, as_person):
    mine = a_diagram(world)
    line = diagrams.add_line(by=world.callum, diagram=mine, text="Letters")
    for path in (f"/diagrams/{mine.pk}/lines/new/", f"/diagrams/lines/{line.pk}/"):
        refused = as_person(world.asha).get(path)
        assert refused.status_code == 403
        assert "A diagram of the cluster is kept by" in refused.content.decode()
