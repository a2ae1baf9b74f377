"""/people/support/: who is named for what; kept by the HSCP's leads and registry administrators."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Hosting, Membership, RoleAssignment
from clusters.rules import Scope
from directory.models import NamedLink, SupportArea
from directory.reference.topics import TOPICS
from directory.selectors.support import directory_keepers, support_of
from directory.services import support as services
from directory.services.support import LinkEntry

PATH = "/people/support/"


@pytest.fixture
def areas(world):
    """The usual areas of Strath by topic; Lewis is the link for data, somebody from outside for finance."""
    made = {a.topic: a for a in services.start_support_areas(hscp=world.strath, by=world.heather)}
    since = world.today - timedelta(days=30)
    services.name_link(area=made["DATA"], entry=LinkEntry(person=world.lewis, starts_on=since), by=world.heather)
    entry = LinkEntry(name="Ann Lee", organisation="Finance", phone="0131 496 0000", starts_on=since)
    services.name_link(area=made["FINANCE"], entry=entry, by=world.heather)
    return made


def text(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# --- Who sees them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["asha", "callum", "morag", "heather", "rhona", "bruce", "isla", "priya"])
def test_everybody_around_sees_who_is_named_and_how_to_reach_them(world, areas, as_person, who):
    page = text(as_person(getattr(world, who)), f"{PATH}?hscp={world.strath.code}")
    for words in ("Lewis Orr", "lewis@example.org", "Ann Lee", "0131 496 0000", "Nobody is named yet"):
        assert words in page


@pytest.mark.parametrize("who", ["nell", "una", "fergus", "iona"])
@pytest.mark.parametrize("query", ["", "?hscp=S37000005", "?hscp=%C2%B2"])
def test_nobody_elsewhere_does(world, areas, as_person, who, query):
    page = text(as_person(getattr(world, who)), PATH + query)
    assert "Ann Lee" not in page
    assert "Strath" not in page


def test_a_cluster_that_crosses_sees_both(world, areas, as_person):
    services.start_support_areas(hscp=world.neighbour, by=world.priya)
    assert str(world.neighbour) not in text(as_person(world.callum))
    Membership.objects.create(practice=world.gean, cluster=world.rowan, starts_on=world.today, kind="OOH")
    page = text(as_person(world.callum))
    assert str(world.neighbour) in page
    assert str(world.strath) in page


def test_who_sees_many_chooses_one(world, areas, as_person):
    page = text(as_person(world.priya))
    assert f"?hscp={world.strath.code}" in page
    assert "12 areas, nobody named for 10" in page
    assert "Ann Lee" not in page


def test_who_can_no_longer_sign_in_is_no_link(world, areas, as_person):
    world.lewis.is_active = False
    world.lewis.save()
    assert "Lewis Orr" not in text(as_person(world.callum))


def test_who_has_left_every_role_is_no_link_and_its_keeper_is_told(world, areas, as_person):
    RoleAssignment.objects.filter(person=world.lewis).update(ends_on=world.today)
    assert "Lewis Orr" not in text(as_person(world.callum))
    kept = text(as_person(world.heather), f"/people/support/{world.strath.code}/")
    assert kept.count("holds no role any more") == 1


def test_one_area_and_twenty_take_the_same_queries(world):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            support_of([world.strath], kept=Scope(), on=world.today)
        return len(seen)

    services.add_support_area(hscp=world.strath, name="One", by=world.heather)
    one = queries()
    for n in range(20):
        area = services.add_support_area(hscp=world.strath, name=f"Area {n}", by=world.heather)
        services.name_link(area=area, entry=LinkEntry(person=world.lewis, starts_on=world.today), by=world.heather)
    assert queries() == one <= 5


# --- Who keeps them --------------------------------------------------------------------------------


def test_leads_and_administrators_can_name_somebody(world):
    named = directory_keepers([world.strath, world.neighbour], on=world.today)
    assert named[world.strath.pk] == [world.heather, world.isla]
    assert named[world.neighbour.pk] == [world.priya]


def test_an_hscp_that_acts_for_another_names_links_there(world, as_person):
    assert as_person(world.heather).get(f"{PATH}{world.neighbour.code}/").status_code == 404
    Hosting.objects.create(host=world.strath, served=world.neighbour, service="All", starts_on=world.today)
    assert as_person(world.heather).get(f"{PATH}{world.neighbour.code}/").status_code == 200
    assert world.heather in directory_keepers([world.neighbour], on=world.today)[world.neighbour.pk]


def test_the_button_and_the_door_ask_the_same_rule(world, areas, as_person):
    link = f'href="{PATH}{world.strath.code}/"'
    for who in ("heather", "isla", "callum", "rhona", "bruce", "olive"):
        client = as_person(getattr(world, who))
        shown = link in text(client, f"{PATH}?hscp={world.strath.code}")
        assert shown == (client.get(f"{PATH}{world.strath.code}/").status_code == 200), who
    assert link in text(as_person(world.heather))


def test_a_lead_of_another_hscp_finds_nothing_here(world, areas, as_person):
    RoleAssignment.objects.create(person=world.una, role=Role.HSCP_LEAD, hscp=world.neighbour, starts_on=world.since)
    client, area = as_person(world.una), areas["DATA"]
    link = area.links.get()
    for path in (f"areas/{area.pk}/", f"areas/{area.pk}/retire/", f"links/{link.pk}/", f"{world.strath.code}/new/"):
        assert client.get(PATH + path).status_code == 404
    assert client.post(f"{PATH}areas/{area.pk}/retire/").status_code == 404
    assert client.get(f"{PATH}{world.neighbour.code}/new/").status_code == 200


# --- Areas -----------------------------------------------------------------------------------------


def test_beginning_with_the_usual_areas(world, as_person):
    client = as_person(world.heather)
    assert "Begin with the usual areas" in text(client)
    client.post(f"{PATH}{world.strath.code}/start/")
    names = list(SupportArea.objects.filter(hscp=world.strath).values_list("name", flat=True))
    assert names == [topic.name for topic in TOPICS]
    client.post(f"{PATH}{world.strath.code}/start/")
    assert SupportArea.objects.count() == len(TOPICS)


def test_adding_renaming_and_the_same_name_twice(world, areas, as_person):
    client = as_person(world.isla)
    new = f"{PATH}{world.strath.code}/new/"
    assert client.post(new, {"name": "Link workers"}).status_code == 302
    assert "of this name already" in client.post(new, {"name": "link WORKERS"}).content.decode()
    area = areas["IT"]
    client.post(f"{PATH}areas/{area.pk}/", {"name": "Computers", "helps_with": "All of it"})
    area.refresh_from_db()
    assert (area.name, area.topic) == ("Computers", "IT")
    event = AuditEvent.objects.filter(verb="support area changed").get()
    assert event.changes == {"name": ["IT", "Computers"], "words": ["helps_with"]}


def test_moving_up_and_down(world, areas):
    def order():
        rows = SupportArea.objects.filter(hscp=world.strath, retired_at=None).order_by("position")
        return list(rows.values_list("topic", flat=True))

    first, second, *_ = before = order()
    services.move_support_area(area=areas[second], up=True, by=world.heather)
    assert order()[:2] == [second, first]
    services.move_support_area(area=areas[second], up=True, by=world.heather)
    services.move_support_area(area=areas[second], up=False, by=world.heather)
    assert order() == before


def test_retiring_keeps_everything_and_can_be_taken_back(world, areas, as_person):
    client, area = as_person(world.heather), areas["FINANCE"]
    assert "can bring it back" in text(client, f"{PATH}areas/{area.pk}/retire/")
    client.post(f"{PATH}areas/{area.pk}/retire/")
    assert "Ann Lee" not in text(as_person(world.callum))
    area.refresh_from_db()
    assert (area.retired_by, area.links.count()) == (world.heather, 1)
    services.add_support_area(hscp=world.strath, name="Finance", by=world.heather)
    refused = client.post(f"{PATH}areas/{area.pk}/bring-back/", follow=True).content.decode()
    assert "of this name already" in refused
    SupportArea.objects.filter(name="Finance", retired_at=None).update(name="Other finance")
    client.post(f"{PATH}areas/{area.pk}/bring-back/")
    assert "Ann Lee" in text(as_person(world.callum))


# --- Links -----------------------------------------------------------------------------------------


def post_link(client, area, **fields):
    return client.post(f"{PATH}areas/{area.pk}/name/", {"starts_on": "2026-01-05", **fields})


def test_somebody_here_is_known_by_their_address(world, areas, as_person):
    post_link(as_person(world.heather), areas["QI"], email="Callum@example.org", name="Somebody else")
    link = areas["QI"].links.get()
    assert (link.person, link.name, link.called, link.address) == (world.callum, "", "Callum Reid", world.callum.email)


def test_an_address_out_of_reach_tells_nothing(world, areas, as_person):
    """Whether Nell has an account is not for Strath to learn: her address counts like any other."""
    known = post_link(as_person(world.heather), areas["QI"], email="nell@example.org").content.decode()
    unknown = post_link(as_person(world.heather), areas["QI"], email="zoe@example.org").content.decode()
    told = "Nobody whom you can see in the portal has this e-mail address"
    assert told in known
    assert told in unknown
    assert "Nell Croft" not in known


def test_what_a_link_needs(world, areas, as_person):
    client = as_person(world.heather)
    assert "Type their name" in post_link(client, areas["QI"]).content.decode()
    assert "Say how to reach them" in post_link(client, areas["QI"], name="Ann Lee").content.decode()
    refused = post_link(client, areas["QI"], name="Ann Lee", phone="1", last_day="2026-01-04").content.decode()
    assert "Choose that day or later" in refused
    assert not areas["QI"].links.exists()


def test_pressing_twice_names_nobody_twice(world, areas, as_person):
    client = as_person(world.heather)
    for _ in range(2):
        post_link(client, areas["QI"], name="Ann Lee", phone="0131 496 0001")
    assert areas["QI"].links.count() == 1


def test_a_last_day_ends_it_and_the_past_stays(world, areas, as_person):
    client, link = as_person(world.heather), areas["DATA"].links.get()
    yesterday = world.today - timedelta(days=1)
    fields = {"email": "lewis@example.org", "starts_on": str(link.starts_on), "last_day": str(yesterday)}
    assert client.post(f"{PATH}links/{link.pk}/", fields).status_code == 302
    link.refresh_from_db()
    assert link.ends_on == world.today
    assert "Lewis Orr" not in text(as_person(world.callum))
    assert "Named before (1)" in text(client, f"{PATH}{world.strath.code}/")


def test_the_database_keeps_a_link_somebody(world, areas):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        NamedLink.objects.create(area=areas["QI"], starts_on=world.today)
    with pytest.raises(ValidationError, match="Type their name"):
        services.name_link(area=areas["QI"], entry=LinkEntry(starts_on=world.today), by=world.heather)
