"""The map of the system: drawn from what exists, with a list that says the same, and nothing beyond one's reach."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Forum, Membership
from clusters.selectors import reach_of
from clusters.services import forums as services
from escalations.services import RungEntry, set_ladder
from reporting.drawing.system_map import Box, Drawn, draw_system_map
from reporting.selectors.system_map import cluster_map, hscp_map
from tests.escalations.story import confidential, raised, refer_up
from tests.meetings.minutes import an_ask, published

PATH = reverse("reporting:cluster_map", args=["rowan"])


def text_for(as_person, person, path=PATH):
    return as_person(person).get(path).content.decode()


def stage(shown, label):
    return next(one for one in shown.stages if one.guide.label == label)


def of_rowan(world, person=None):
    return cluster_map(world.rowan, reach_of(person or world.callum, on=world.today))


def test_the_way_up_is_drawn_from_what_exists(world):
    shown = of_rowan(world)
    assert [one.guide.label for one in shown.stages if not one.is_missing] == [
        "Practices",
        "Cluster",
        "Locality quality group",
        "Locality management team",
        "HSCP clinical and care governance",
        "Health board committee",
    ]
    quality = stage(shown, "Locality quality group").stations[0]
    assert quality.forum == world.east_quality
    assert quality.who == "Callum Reid, Duncan Shaw, Rhona Fyfe"
    assert "rung 1: 20 working days to decide" in " ".join(quality.up)


def test_what_a_forum_says_of_itself_stands_in_place_of_what_is_usual(world):
    Forum.objects.filter(pk=world.east_quality.pk).update(
        outputs="A page to every cluster.", responsibilities="Settles what it can.", meets_every_weeks=8
    )
    quality = stage(of_rowan(world), "Locality quality group").stations[0]
    assert (quality.back, quality.decides, quality.meets) == (
        "A page to every cluster.",
        "Settles what it can.",
        "Every 8 weeks.",
    )
    management = stage(of_rowan(world), "Locality management team").stations[0]
    assert management.back.startswith("Usually:")
    assert "not written down yet" in management.back


def test_forums_of_another_locality_or_hscp_are_not_around_it(world):
    for place, name in ((world.west, "West quality group"), (world.neighbour, "Neighbour group")):
        services.create_forum(kind="LOC_QUAL", name=name, serves=place, starts_on=world.since, by=None)
    names = {s.forum.name for one in of_rowan(world).stages for s in one.stations}
    assert "West quality group" not in names
    assert "Neighbour group" not in names
    west = {
        s.forum.name
        for one in hscp_map(world.strath, reach_of(world.heather, on=world.today)).stages
        for s in one.stations
    }
    assert "West quality group" in west
    assert "Neighbour group" not in west


def test_the_ladder_of_the_hscp_gives_the_rungs(world):
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("LOC_MGMT", decide_within_days=5)])
    shown = of_rowan(world)
    assert stage(shown, "Locality management team").stations[0].rung == "Escalations: rung 1, 5 working days"
    assert stage(shown, "Locality quality group").stations[0].rung == ""


@pytest.mark.parametrize(("who", "offered"), [("isla", True), ("priya", True), ("heather", False), ("callum", False)])
def test_what_is_missing_is_said_and_offered_to_who_may_enter_it(world, as_person, who, offered):
    text = text_for(as_person, getattr(world, who))
    assert text.count("No forum of this kind is registered here.") == 2
    path = f"{reverse('clusters:forum_new')}?kind=TRIPART&amp;serves=hscp%3A{world.strath.code}"
    assert (path in text) is offered


def test_the_link_brings_kind_and_place_along(world, as_person):
    query = f"?kind=TRIPART&serves=hscp:{world.strath.code}"
    form = as_person(world.isla).get(reverse("clusters:forum_new") + query).context["form"]
    assert (form["kind"].value(), form["serves"].value()) == ("TRIPART", f"hscp:{world.strath.code}")


def test_forums_beside_the_way_up(world):
    made = services.create_forum(
        kind="NETWORK", name="CQL network", serves=world.strath, starts_on=world.since, by=None
    )
    closed = services.create_forum(kind="TASK", name="Old group", serves=world.strath, starts_on=world.since, by=None)
    services.close_forum(forum=closed, closed_on=world.today, by=None)
    assert [station.forum for station in of_rowan(world).beside] == [made]


def test_what_flows_up_and_comes_back_is_counted_as_far_as_one_may_read(world, as_person):
    published(world, share_level="HSCP", items=())
    published(world, items=(), held_on=world.today - timedelta(days=30))
    an_ask(world)
    refer_up(escalation=raised(world), by=world.callum, reasons="Needs money.")
    assert "last 12 months: 1." in text_for(as_person, world.callum)
    assert "Questions that wait for a reply: 1." in text_for(as_person, world.lewis)
    assert "1 escalation of this cluster that you can read waits here" in text_for(as_person, world.rhona)
    assert "that you can read waits here" not in text_for(as_person, world.callum), "he passed it up"


def test_a_confidential_matter_is_in_no_count(world):
    confidential(world)
    for person in (world.asha, world.heather, world.rhona):
        shown = of_rowan(world, person)
        assert "can read: 0." in " ".join(stage(shown, "Cluster").flows.up)
        assert not any("wait" in line for one in shown.stages for s in one.stations for line in s.up)


def test_who_keeps_the_registry_sees_structure_only(world, as_person):
    published(world, share_level="BOARD", items=())
    text = text_for(as_person, world.priya)
    assert world.east_quality.name in text
    assert "last 12 months" not in text


def test_a_cluster_across_hscps_leads_to_both_maps(world, as_person):
    Membership.objects.filter(practice=world.rose).update(ends_on=world.today)
    Membership.objects.create(practice=world.rose, cluster=world.rowan, starts_on=world.today)
    text = text_for(as_person, world.callum)
    for hscp in (world.strath, world.neighbour):
        path = reverse("reporting:hscp_map", args=[hscp.code])
        assert path in text
        assert as_person(world.callum).get(path).status_code == 200
    across = text_for(as_person, world.callum, reverse("reporting:hscp_map", args=[world.neighbour.code]))
    assert "2 clusters, 1 of them not open to you" in across
    assert "Nell" not in across


def test_strangers_find_no_map(world, as_person):
    assert as_person(world.nell).get(PATH).status_code == 404
    assert as_person(world.nell).get(reverse("reporting:hscp_map", args=[world.strath.code])).status_code == 404
    assert as_person(world.una).get(PATH).status_code == 404


def test_the_number_of_queries_does_not_grow(world, as_person):
    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    client = as_person(world.heather)
    paths = [PATH, reverse("reporting:hscp_map", args=[world.strath.code])]
    services.create_forum(kind="NETWORK", name="Network", serves=world.strath, starts_on=world.since, by=None)
    few = [count(path) for path in paths]
    for number in range(20):
        kind = ("TASK", "CQL_LM", "TRIPART", "NETWORK")[number % 4]
        place = (world.strath, world.east)[number % 2]
        services.create_forum(kind=kind, name=f"Group {number}", serves=place, starts_on=world.since, by=None)
        raised(world)
    assert [count(path) for path in paths] == few


# --- The picture -----------------------------------------------------------------------------------


def drawn(**changes):
    boxes = [Box("Practices", ["7 practices"]), Box("Cluster", ["Rowan & <b>"], is_here=True)]
    fields = {"key": "map", "name": "Forums", "summary": "All of it", "way_up": boxes, "beside": []}
    return draw_system_map(Drawn(**{**fields, **changes}))


def test_the_picture_is_sound_escaped_and_named():
    root = ElementTree.fromstring(drawn())
    assert root.attrib["role"] == "img"
    texts = [element.text for element in root.iter() if element.text]
    assert {"Forums", "All of it", "Rowan & <b>", "goes up", "comes back"} <= set(texts)
    ids = root.attrib["aria-labelledby"].split()
    assert ids == [e.attrib["id"] for e in root if e.tag.endswith(("title", "desc"))]


def test_the_picture_has_no_style_of_its_own_and_keeps_within_its_frame():
    root = ElementTree.fromstring(drawn(beside=[Box("A very long name of a group that nobody can fit", ["x " * 90])]))
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    for shape in root.iter():
        assert not {"style", "fill", "stroke", "font-size"} & set(shape.attrib)
        if shape.tag.endswith("rect"):
            assert float(shape.attrib["x"]) + float(shape.attrib["width"]) <= width
            assert float(shape.attrib["y"]) + float(shape.attrib["height"]) <= height


def test_what_is_missing_is_drawn_as_missing():
    assert "portal-map__box--missing" in drawn(way_up=[Box("Tripartite group", ["None"], is_missing=True)])
    assert "portal-map__box--missing" not in drawn()
