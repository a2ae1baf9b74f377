"""/people/: who is who, as far as the reader reaches."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from clusters import services
from clusters.models import RoleAssignment

PATH = reverse("directory:people")


def shown(response):
    return {row.record.full_name.split()[0].lower() for row in response.context["table"].paginated_rows}


INSIDE_ROWAN = {"asha", "callum", "morag", "pam", "tom"}
ABOVE = {"heather", "lewis", "rhona", "duncan", "bruce", "isla"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("asha", INSIDE_ROWAN | ABOVE),
        ("callum", INSIDE_ROWAN | ABOVE),
        ("heather", INSIDE_ROWAN | ABOVE),
        ("bruce", INSIDE_ROWAN | ABOVE | {"nell"}),
        ("nell", {"nell", "bruce"}),
        ("isla", INSIDE_ROWAN | ABOVE),
        ("una", set()),
        ("fergus", set()),
        ("iona", set()),
    ],
)
def test_each_sees_the_people_within_reach(world, as_person, who, seen):
    assert shown(as_person(getattr(world, who)).get(PATH)) == seen


def test_the_registry_finds_everybody(world, as_person):
    assert {"olive", "priya", "iona", "nell", "callum"} <= shown(as_person(world.priya).get(PATH))


def test_nobody_who_cannot_sign_in_or_holds_no_role_today(world, as_person):
    everybody = shown(as_person(world.priya).get(PATH))
    assert everybody.isdisjoint({"hamish", "fergus", "gail", "una"})


@pytest.mark.parametrize("query", ["?q=Callum", "?q=callum@example.org", "?q=Rowan", "?q=90000", "?role=CQL"])
def test_a_stranger_cannot_search_callum_out(world, as_person, query):
    page = as_person(world.nell).get(PATH + query)
    assert "callum" not in shown(page)
    assert b"Callum Reid" not in page.content


def test_search_by_name_place_and_role(world, as_person):
    asha = as_person(world.asha)
    assert shown(asha.get(PATH + "?q=morag")) == {"morag"}
    assert shown(asha.get(PATH + "?q=Alder")) == {"asha", "pam"}
    assert shown(asha.get(PATH + "?role=HSCP")) == {"heather"}
    assert b"Nobody fits" in asha.get(PATH + "?q=zebra").content


def test_several_roles_stand_side_by_side_in_one_row(world, as_person):
    table = as_person(world.heather).get(PATH).context["table"]
    rows = [row.record for row in table.paginated_rows]
    assert rows.count(world.duncan) == rows.count(world.pam) == 1
    assert [one.role for one in table.held[world.duncan.pk]] == ["Clinical lead", "Cluster Quality Lead"]
    assert [one.url_name for one in table.held[world.duncan.pk]] == ["reporting:hscp", "reporting:cluster"]


def test_only_roles_within_reach_are_listed(world, as_person):
    """Callum reaches Duncan through the locality, not the cluster that Duncan leads."""
    table = as_person(world.callum).get(PATH).context["table"]
    assert [one.where for one in table.held[world.duncan.pk]] == ["East Strath"]


@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("cluster:rowan", INSIDE_ROWAN),
        ("cluster:larch", {"duncan"}),
        ("hscp:S37000005", INSIDE_ROWAN | ABOVE - {"bruce"}),
    ],
)
def test_narrowed_to_a_place(world, as_person, place, seen):
    assert shown(as_person(world.heather).get(PATH, {"place": place})) == seen


def test_a_place_out_of_reach_is_no_choice(world, as_person):
    page = as_person(world.nell).get(PATH, {"place": "cluster:rowan"})
    assert b"callum" not in page.content
    assert "cluster:rowan" not in str(page.context["filter"].places)


def test_links_lead_to_the_person_and_the_place(world, as_person):
    page = as_person(world.asha).get(PATH).content.decode()
    assert f'href="/people/{world.callum.pk}/"' in page
    assert 'href="/clusters/rowan/"' in page
    assert f'href="/practices/{world.alder.code}/"' in page


def test_an_address_is_a_link_to_write_to(world, as_person):
    page = as_person(world.asha).get(PATH).content.decode()
    assert '<a href="mailto:callum@example.org">callum@example.org</a>' in page


def test_somebody_who_moves_with_a_practice_is_gone_at_once(world, as_person):
    services.move_practice(
        practice=world.beech, to=world.birch, starts_on=world.today, reason="Near", leaving=world.rowan, by=world.priya
    )
    assert "callum" not in shown(as_person(world.tom).get(PATH))
    assert "nell" in shown(as_person(world.tom).get(PATH))


def test_one_row_and_twenty_take_the_same_queries(world, as_person):
    heather = as_person(world.heather)

    def queries(query=""):
        with CaptureQueriesContext(connection) as seen:
            assert heather.get(PATH + query).status_code == 200
        return len(seen)

    queries()
    one = queries("?q=Callum")
    for n in range(20):
        extra = User.objects.create_user(f"extra{n}@example.org", f"Extra {n}")
        RoleAssignment.objects.create(person=extra, role=Role.MDT_MEMBER, cluster=world.rowan, starts_on=world.since)
    assert queries("?q=Extra") == one
