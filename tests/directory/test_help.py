"""/people/?q=…: who do I ask about…"""

import pytest

from accounts.roles import Role
from directory.reference.topics import is_urgent, roles_for, topics_for
from directory.services import support as services
from directory.services.support import LinkEntry
from escalations.services import set_safety_contacts


@pytest.fixture
def areas(world):
    made = {a.topic: a for a in services.start_support_areas(hscp=world.strath, by=world.heather)}
    entry = LinkEntry(name="Ann Lee", email="ann@example.net", helps_with="Claims", starts_on=world.today)
    services.name_link(area=made["FINANCE"], entry=entry, by=world.heather)
    return made


def ask(client, typed, **more):
    response = client.get("/people/", {"q": typed, **more})
    assert response.status_code == 200
    return response


def answered(response):
    found = response.context["help"].found
    return {one.area.topic or one.area.name for support in found for one in support.areas}


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("money", "FINANCE"),
        ("Who pays for locum cover?", "FINANCE"),
        ("SPIRE", "DATA"),
        ("chi numbers", "DATA"),
        ("dashboards", "DATA"),
        ("not getting on", "CONFLICT"),
        ("two practices don't get on", "CONFLICT"),
        ("PDSA", "QI"),
        ("prescribing", "PHARMACY"),
        ("vaccination", "PUBLIC"),
        ("IT", "IT"),
        ("EMIS is down", "IT"),
        ("lease", "PREMISES"),
        ("LMC", "CONTRACT"),
        ("induction for a new PQL", "TRAINING"),
        ("leaflet", "COMMS"),
        ("recruitment", "WORKFORCE"),
    ],
)
def test_words_lead_to_their_area(typed, topic):
    assert topic in topics_for(typed)


@pytest.mark.parametrize("typed", ["zebra", "", "   ", "\u202e", "²", "who does it", "a" * 5000])
def test_other_words_lead_nowhere(typed):
    assert topics_for(typed) == frozenset()


def test_words_lead_to_roles():
    assert roles_for("minutes") == (Role.CLUSTER_SUPPORT,)
    assert Role.PRACTICE_MANAGER in roles_for("practice manager")
    assert roles_for("zebra") == ()


def test_the_answer_says_who_and_how_to_reach_them(world, areas, as_person):
    response = ask(as_person(world.callum), "money")
    assert answered(response) == {"FINANCE"}
    page = response.content.decode()
    assert "Ann Lee" in page
    assert "ann@example.net" in page
    assert "Nobody fits" not in page


def test_where_nobody_is_named_it_says_who_can(world, areas, as_person):
    page = ask(as_person(world.callum), "falling out").content.decode()
    assert "Nobody is named yet" in page
    assert "Heather Lind" in page
    assert "can name somebody" in page
    assert "Name somebody</a>" in ask(as_person(world.heather), "falling out").content.decode()


def test_an_area_of_ones_own_is_found_by_its_words(world, areas, as_person):
    services.add_support_area(hscp=world.strath, name="Link workers", helps_with="Loneliness", by=world.heather)
    assert "Link workers" in answered(ask(as_person(world.callum), "loneliness"))
    assert answered(ask(as_person(world.callum), "zebra")) == set()


def test_a_renamed_area_keeps_its_words(world, areas, as_person):
    services.change_support_area(area=areas["FINANCE"], name="Pennies", helps_with="", by=world.heather)
    assert answered(ask(as_person(world.callum), "budget")) == {"FINANCE"}


def test_a_retired_area_answers_no_more(world, areas, as_person):
    services.retire_support_area(area=areas["FINANCE"], by=world.heather)
    assert answered(ask(as_person(world.callum), "money")) == set()


def test_roles_answer_too(world, as_person):
    response = ask(as_person(world.asha), "who takes the minutes")
    assert [row.record for row in response.context["table"].paginated_rows] == [world.morag]


def test_before_any_area_is_set_it_says_who_can_add_them(world, as_person):
    page = ask(as_person(world.callum), "money").content.decode()
    assert "has no support areas yet" in page
    assert "Heather Lind" in page


@pytest.mark.parametrize("who", ["nell", "una"])
def test_a_stranger_gets_no_answer_of_strath(world, areas, as_person, who):
    page = ask(as_person(getattr(world, who)), "money").content.decode()
    assert "Ann Lee" not in page
    assert "Heather" not in page


def test_who_sees_many_hscps_chooses_one(world, areas, as_person):
    client = as_person(world.priya)
    assert "Choose one as the place" in ask(client, "money").content.decode()
    assert answered(ask(client, "money", place=f"hscp:{world.strath.code}")) == {"FINANCE"}


def test_urgent_matters_go_elsewhere_at_once(world, areas, as_person):
    set_safety_contacts(hscp=world.strath, by=world.priya, child_protection="Ring 0131 496 0099")
    calm, urgent = (ask(as_person(world.asha), typed) for typed in ("money", "child protection worry"))
    assert b"0131 496 0099" in calm.content
    assert (calm.context["help"].is_urgent, urgent.context["help"].is_urgent) == (False, True)
    assert b'<details class="portal-fold portal-urgent" open>' in urgent.content
    assert b'portal-urgent" open>' not in calm.content
    assert b"0131 496 0099" not in ask(as_person(world.nell), "child protection").content


def test_what_sounds_urgent():
    assert is_urgent("Significant adverse event")
    assert not is_urgent("money")


def test_the_cluster_page_and_an_empty_home_lead_here(world, as_person):
    assert 'href="/people/?place=cluster:rowan"' in as_person(world.callum).get("/clusters/rowan/").content.decode()
    assert 'href="/people/">Find whom to ask' in as_person(world.lewis).get("/").content.decode()
