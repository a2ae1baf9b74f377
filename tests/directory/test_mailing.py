"""/people/lists/: addresses by role and place, always of today."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from clusters.models import RoleAssignment

PATH = "/people/lists/"


def names(response):
    assert response.status_code == 200
    return {one.name.split()[0].lower() for one in response.context["people"]}


def on_list(client, **query):
    return names(client.get(PATH, query))


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        ("CQL", "hscp:S37000005", {"callum", "duncan"}),
        ("PQL", "cluster:rowan", {"asha", "tom"}),
        ("PM", "locality:{east}", {"pam"}),
        ("HSCP", "", {"heather"}),
        ("BOARD", "board:{board}", {"bruce"}),
        ("CQL", "cluster:rowan", {"callum"}),
    ],
)
def test_role_and_place(world, as_person, role, place, seen):
    where = place.format(east=world.east.pk, board=world.board.code)
    assert on_list(as_person(world.heather), role=role, place=where) == seen


def test_several_roles_and_each_person_once(world, as_person):
    client = as_person(world.heather)
    assert on_list(client, role=["CQL", "PQL"], place="cluster:rowan") == {"callum", "asha", "tom"}
    response = client.get(PATH, {"role": ["PM", "DEPUTY"], "place": "cluster:rowan"})
    assert response.context["semicolons"] == "pam@example.org"


def test_copyable_addresses(world, as_person):
    page = as_person(world.callum).get(PATH, {"role": "PQL", "place": "cluster:rowan"})
    assert page.context["semicolons"] == "asha@example.org; tom@example.org"
    assert page.context["commas"] == "asha@example.org, tom@example.org"
    assert 'data-copy="semicolons" hidden' in page.content.decode()


def test_always_of_today(world, as_person):
    client = as_person(world.heather)
    query = {"role": "CQL", "place": "cluster:rowan"}
    assert on_list(client, **query) == {"callum"}  # not fergus, gail or hamish
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    assert on_list(client, **query) == set()


def test_nobody_until_something_is_chosen(world, as_person):
    for path in (PATH, f"{PATH}?q=x", f"{PATH}?role=", f"{PATH}?role=NOPE", f"{PATH}?place=hscp:NOPE"):
        assert names(as_person(world.heather).get(path)) == set(), path


@pytest.mark.parametrize("who", ["nell", "una", "fergus", "iona"])
@pytest.mark.parametrize("place", ["", "cluster:rowan", "hscp:S37000005", "locality:1"])
@pytest.mark.parametrize("path", [PATH, f"{PATH}export.csv", f"{PATH}export.vcf"])
def test_a_stranger_gets_nobody_of_rowan(world, as_person, who, place, path):
    response = as_person(getattr(world, who)).get(path, {"role": ["CQL", "PQL", "HSCP"], "place": place})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    for name in (b"callum", b"asha", b"heather"):
        assert name not in body


def test_nobody_lists_scotland_without_reaching_it(world, as_person):
    assert on_list(as_person(world.callum), role="CQL") == {"callum"}
    assert on_list(as_person(world.priya), role="CQL") == {"callum", "duncan", "nell"}


def test_shortcuts_lead_to_lists(world, as_person):
    client = as_person(world.callum)
    shortcuts = client.get(PATH).context["shortcuts"]
    assert "All Cluster Quality Leads of Clackmannanshire and Stirling HSCP" in {s.label for s in shortcuts}
    assert all(client.get(f"{PATH}?{s.query}").status_code == 200 for s in shortcuts)


def test_csv_is_guarded(world, as_person):
    User.objects.filter(pk=world.asha.pk).update(full_name="=cmd()", email="+x@example.org")
    sent = as_person(world.callum).get(f"{PATH}export.csv", {"role": "PQL", "place": "cluster:rowan"})
    body = b"".join(sent.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(body, newline="")))
    assert rows[0] == ["Name", "E-mail", "Roles", "Where"]
    assert ["'=cmd()", "'+x@example.org", "Practice Quality Lead", "Alder Medical Practice"] in rows
    assert len(rows) == 3


def test_one_and_twenty_take_the_same_queries(world, as_person):
    client = as_person(world.heather)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(PATH, {"role": "MDT", "place": "cluster:rowan"})
        return len(seen)

    queries()
    none = queries()
    for n in range(20):
        person = User.objects.create_user(f"mdt{n}@example.org", f"Mdt {n}")
        starts = world.today - timedelta(days=1)
        RoleAssignment.objects.create(person=person, role=Role.MDT_MEMBER, cluster=world.rowan, starts_on=starts)
    assert queries() <= none
    assert len(on_list(client, role="MDT")) == 1  # by first name: "mdt"
