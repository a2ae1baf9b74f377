"""As it was on a day, and who changed what, when, from, to and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.services import change_person
from clusters import services
from clusters.models import RoleAssignment
from clusters.services.boundaries import note_boundary_issue
from clusters.services.hosting import begin_hosting
from clusters.services.role_facts import NOTHING_KNOWN, change_role
from directory.services.support import LinkEntry, add_support_area, name_link
from practices.models import ListSize, Practice
from reporting.selectors.changes import MOST
from shared.dates import in_words
from tests.cast import person

PATH = "/clusters/rowan/history/"
DAY = timedelta(days=1)


def history(client, day=None, path=PATH):
    return client.get(path + (f"?on={day}" if day else ""))


def text(response):
    return " ".join(response.content.decode().split())


def names(response):
    return [m.membership.practice.name.split()[0] for m in response.context["page"].then.members]


@pytest.fixture
def story(world):
    """Rowan was called Old Rowan until 100 days ago; Elm left it 50 days ago; Fergus led it until yesterday."""
    services.rename_cluster(cluster=world.rowan, name="Mountain ash", until=world.today - 100 * DAY, by=world.priya)
    services.rename_cluster(cluster=world.rowan, name="Rowan", until=world.today - 90 * DAY, by=world.priya)
    services.move_practice(
        practice=world.elm,
        to=world.larch,
        starts_on=world.today - 50 * DAY,
        reason="Nearer to Larch",
        leaving=world.rowan,
        by=world.isla,
    )
    services.move_practice(
        practice=world.pine,
        to=world.rowan,
        starts_on=world.today + 20 * DAY,
        reason="Its partners move",
        leaving=world.larch,
        by=world.isla,
    )
    ListSize.objects.create(practice=world.alder, counted_on=world.today - 200 * DAY, patients=4321)
    return world


# --- As it was -------------------------------------------------------------------------------------


def test_members_roles_and_sizes_of_that_day(story, as_person):
    callum = as_person(story.callum)
    then = history(callum, story.today - 60 * DAY)
    assert "Elm" in names(then)
    assert "Fergus Mill, from" in text(then)
    assert f"as it was on {in_words(story.today - 60 * DAY)}" in text(then)
    alder = next(m for m in then.context["page"].then.members if m.membership.practice == story.alder)
    assert alder.quality_leads[0].person == story.asha
    assert [label for label, _ in alder.others] == ["Deputy for the Practice Quality Lead", "Practice manager"]

    early = history(callum, story.today - 150 * DAY).context["page"].then
    assert next(m.patients for m in early.members if m.membership.practice == story.alder) == 4321
    assert early.without_list_size == 6

    now = history(callum)
    assert "Elm" not in names(now)
    assert "Fergus" not in [held.person.get_short_name() for _, held in now.context["page"].then.roles]


def test_the_day_itself_counts_for_the_new_cluster(story, as_person):
    callum = as_person(story.callum)
    assert "Elm" in names(history(callum, story.today - 51 * DAY))
    assert "Elm" not in names(history(callum, story.today - 50 * DAY))


def test_the_name_it_had_then(story, as_person):
    callum = as_person(story.callum)
    assert "<h1>Mountain ash as it was on" in text(history(callum, story.today - 95 * DAY))
    assert "Today it is called Rowan." in text(history(callum, story.today - 95 * DAY))
    assert "<h1>Rowan as it was on" in text(history(callum, story.today - 101 * DAY))


def test_a_day_to_come_shows_what_is_planned(story, as_person):
    shown = history(as_person(story.callum), story.today + 30 * DAY)
    assert "as it is planned for" in text(shown)
    assert "Pine" in names(shown)
    assert "Gail Petrie" in text(shown)


def test_who_will_hold_a_role_is_for_the_cluster_and_the_registry(story, as_person):
    for who in ("heather", "bruce"):
        shown = history(as_person(getattr(story, who)), story.today + 30 * DAY)
        assert "Pine" in names(shown)
        assert "Gail" not in text(shown)
        assert "shown to the cluster and to the registry only" in text(shown)
    assert "Gail Petrie" in text(history(as_person(story.olive), story.today + 30 * DAY))


def test_who_can_no_longer_sign_in_keeps_their_name_in_history(story, as_person):
    assert "Hamish Law" in text(history(as_person(story.callum), story.today - 60 * DAY))


def test_before_it_began_there_was_none(story, as_person):
    shown = text(history(as_person(story.callum), story.since - DAY))
    assert "On that day there was no such cluster" in shown
    assert "Alder" not in shown.split("What it was called")[0]


def test_the_cluster_page_leads_there(story, as_person):
    callum = as_person(story.callum)
    sent = callum.get("/clusters/rowan/?on=2026-01-15")
    assert sent.url == f"{PATH}?on=2026-01-15"
    assert PATH in callum.get("/clusters/rowan/").content.decode()


@pytest.mark.parametrize("junk", ["x", "2026-02-30", "0001-01-01", "9999-12-31", "²", "1" * 5000, "31/9/2026"])
def test_a_junk_day_is_said_beside_the_box_and_today_is_shown(story, as_person, junk):
    shown = as_person(story.callum).get(PATH, {"on": junk})
    assert shown.status_code == 200
    assert shown.context["page"].then.day == story.today
    assert "<title>Error: History" in text(shown)
    assert as_person(story.callum).get("/clusters/rowan/", {"on": junk}).status_code == 200


def test_a_day_as_people_write_it(story, as_person):
    assert history(as_person(story.callum), "15/01/2026").context["page"].then.day == date(2026, 1, 15)


@pytest.mark.parametrize("who", ["nell", "una", "fergus", "iona"])
def test_strangers_find_nothing(story, as_person, who):
    assert history(as_person(getattr(story, who))).status_code == 404


# --- Who changed what ------------------------------------------------------------------------------


def test_what_was_changed_with_who_and_why(story, as_person):
    shown = text(history(as_person(story.callum)))
    for words in ("Cluster renamed", "Isla Bruce", "Why: Its partners move", "name: Mountain ash", "last day"):
        assert words in shown


def test_roles_are_told_to_the_registry_only(story, as_person):
    held = services.assign_role(
        person=story.una, role=Role.MDT_MEMBER, at=story.rowan, starts_on=story.today, by=story.priya
    )
    services.end_role(held=held, last_day=story.today, by=story.priya)
    assert "Role ended" in text(history(as_person(story.olive)))
    assert "Role ended" in text(history(as_person(story.isla)))
    assert "Role ended" not in text(history(as_person(story.callum)))
    assert "Role ended" not in text(history(as_person(story.heather)))


def test_the_page_of_a_practice_tells_each_reader_what_they_may_know(story, as_person):
    held = services.assign_role(
        person=story.una, role=Role.DEPUTY, at=story.alder, starts_on=story.today, by=story.priya
    )
    services.end_role(held=held, last_day=story.today, by=story.priya)
    note_boundary_issue(practice=story.alder, straddles="Half live in West Strath", proposal="", by=story.isla)
    told = {
        who: text(as_person(getattr(story, who)).get(f"/practices/{story.alder.code}/"))
        for who in ("olive", "isla", "heather", "callum", "asha")
    }
    assert {who for who, page in told.items() if "Role ended" in page} == {"olive", "isla"}
    assert {who for who, page in told.items() if "Boundary issue noted" in page} == {"olive", "isla", "heather"}
    assert "Why: Half live in West Strath" in told["heather"]


def test_codes_and_moments_are_said_in_words(story, as_person):
    services.create_locality(hscp=story.strath, name="South Strath", by=story.priya)
    page = text(as_person(story.olive).get(f"/places/{story.strath.code}/"))
    assert f"HSCP: {story.strath}" in page
    assert story.strath.code not in page.split('id="changed"')[1]


# --- The changes of one record ---------------------------------------------------------------------


def changes(client, kind, pk):
    return client.get(f"/registry/changes/{kind}/{pk}/")


def test_the_changes_of_a_role(story, as_person):
    held = services.assign_role(
        person=story.una, role=Role.MDT_MEMBER, at=story.rowan, starts_on=story.today, by=story.priya
    )
    services.withdraw_role(held=held, by=story.isla)
    shown = text(changes(as_person(story.olive), "role", held.pk))
    for words in ("Role given", "Role withdrawn", "Priya Nair", "Isla Bruce", "withdrawn by: nothing"):
        assert words in shown
    link = f"/registry/changes/role/{held.pk}/"
    assert link in as_person(story.olive).get("/registry/roles/?when=").content.decode()


def test_isla_only_for_her_part(story, as_person):
    theirs, hers = story.nell.roles_held.get().pk, story.callum.roles_held.get().pk
    assert changes(as_person(story.isla), "role", theirs).status_code == 404
    assert changes(as_person(story.isla), "role", hers).status_code == 200
    assert changes(as_person(story.priya), "role", theirs).status_code == 200


def test_the_changes_of_a_hosting_say_why(story, as_person):
    hosting = begin_hosting(
        host=story.strath, served=story.neighbour, service="Primary care", starts_on=story.today, by=story.priya
    )
    assert "Why: Primary care" in text(changes(as_person(story.isla), "hosting", hosting.pk))
    assert f"/registry/changes/hosting/{hosting.pk}/" in text(as_person(story.olive).get("/registry/hosting/"))


def test_the_changes_of_a_person_say_from_what_to_what(story, as_person):
    change_person(person=story.callum, full_name="Callum Reid-Orr", email=story.callum.email, by=story.priya)
    shown = text(changes(as_person(story.olive), "person", story.callum.pk))
    for words in ("Person changed", "Callum Reid-Orr", "Priya Nair"):
        assert words in shown
    link = f"/registry/changes/person/{story.callum.pk}/"
    assert link in text(as_person(story.priya).get(f"/registry/people/{story.callum.pk}/sign-in/"))
    assert changes(as_person(story.isla), "person", story.callum.pk).status_code == 404


def test_an_hscp_tells_the_registry_what_was_changed_of_its_support_areas(story, as_person):
    area = add_support_area(hscp=story.strath, name="Finding a room", by=story.heather)
    name_link(area=area, entry=LinkEntry(person=story.morag, starts_on=story.today), by=story.heather)
    path = reverse("reporting:hscp", args=[story.strath.code])
    shown = text(as_person(story.priya).get(path))
    assert "Support area added" in shown
    assert "Support link named" in shown
    assert "Support area added" not in text(as_person(story.callum).get(path))


@pytest.mark.parametrize(("kind", "pk"), [("x", 1), ("role", 0), ("role", 2**63), ("user", 1)])
def test_no_such_record(story, as_person, kind, pk):
    assert changes(as_person(story.priya), kind, pk).status_code == 404


@pytest.mark.parametrize("who", ["nell", "una", "callum", "heather"])
def test_records_are_for_the_registry(story, as_person, who):
    assert changes(as_person(getattr(story, who)), "role", story.callum.roles_held.get().pk).status_code == 404


# --- The registry's lists on a day -----------------------------------------------------------------


def test_the_list_of_practices_as_it_was(story, as_person):
    priya = as_person(story.priya)

    def row(query):
        page = priya.get(f"/registry/practices/?q=Elm&{query}")
        return page, next(iter(page.context["table"].page.object_list)).record

    page, then = row(f"on={story.today - 95 * DAY}")
    assert then.cluster_name == "Mountain ash"
    assert f"Practices as of {in_words(story.today - 95 * DAY)}" in text(page)
    assert row("")[1].cluster_name == "Larch"
    assert row("on=x")[1].cluster_name == "Larch"
    file = b"".join(priya.get(f"/registry/practices/export.csv?q=Elm&on={story.today - 95 * DAY}").streaming_content)
    assert b"Mountain ash" in file


def test_the_list_of_roles_held_on_a_day(story, as_person):
    priya = as_person(story.priya)

    def people(query):
        return {r.record.person.get_short_name() for r in priya.get(f"/registry/roles/?{query}").context["table"].rows}

    assert "Fergus" in people(f"on={story.today - DAY}")
    assert "Gail" not in people(f"on={story.today - DAY}")
    assert "Gail" in people(f"on={story.today + DAY}")
    assert "Fergus" not in people("")
    assert f"Roles held on {in_words(story.today - DAY)}" in text(priya.get(f"/registry/roles/?on={story.today - DAY}"))


def queries_for(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_one_practice_and_twenty_take_the_same_queries(world, as_person):
    callum = as_person(world.callum)

    def join(*numbers):
        for number in numbers:
            practice = Practice.objects.create(code=str(95000 + number), name=f"Extra {number}", hscp=world.strath)
            services.move_practice(
                practice=practice, to=world.rowan, starts_on=world.today, reason="Near", leaving=None, by=world.priya
            )
            RoleAssignment.objects.create(
                person=person(world, f"New{number} Lead"), role=Role.PQL, practice=practice, starts_on=world.since
            )

    join(1)
    one = queries_for(callum, PATH)
    join(*range(2, 21))
    assert queries_for(callum, PATH) == one


def test_one_change_and_twenty_take_the_same_queries(world, as_person):
    held, priya = world.callum.roles_held.get(), as_person(world.priya)
    path = f"/registry/changes/role/{held.pk}/"

    def change(*sessions):
        for number in sessions:
            change_role(held=held, sessions_a_month=number, facts=NOTHING_KNOWN, by=world.priya)

    change(1)
    one = queries_for(priya, path)
    change(*range(2, 21))
    assert queries_for(priya, path) == one
    assert text(priya.get(path)).count("Role changed") == 20
    assert "Only the newest" not in text(priya.get(path))
    change(*range(21, 42))
    assert text(priya.get(path)).count("Role changed") == MOST
    assert f"Only the newest {MOST} are shown" in text(priya.get(path))
