"""The register of forums: who is in it by role, who describes it, and when it may close."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Forum, ForumMember, Membership, RoleAssignment
from clusters.selectors import reach_of
from clusters.selectors.forums import forums_within, hscps_within
from clusters.selectors.seats import seats_of
from clusters.services import forums as services
from escalations.selectors import ladder_of
from escalations.services import RungEntry, set_ladder
from tests.escalations.story import raised, refer_up

LIST = reverse("clusters:forum_list")
NEW = reverse("clusters:forum_new")


def made(world, kind="TRIPART", name="Strath tripartite group", serves=None, **fields):
    forum = services.create_forum(
        kind=kind, name=name, serves=serves or world.strath, starts_on=world.since, by=world.priya
    )
    Forum.objects.filter(pk=forum.pk).update(**fields)
    forum.refresh_from_db()
    return forum


def who_sits(forum, world):
    return {(seat.who, seat.part) for seat in seats_of(forum, on=world.today)}


def change(client, forum, **typed):
    path = reverse("clusters:forum_change", args=[forum.slug])
    return client.post(path, {"name": forum.name, "version": str(forum.version), **typed})


# --- Who sits there by role ------------------------------------------------------------------------


def test_the_leads_and_the_locality_manager_make_up_their_group(world):
    group = made(world, "CQL_LM", "East leads", world.east)
    assert who_sits(group, world) == {
        ("Callum Reid", "Cluster Quality Lead"),
        ("Duncan Shaw", "Cluster Quality Lead"),
        ("Rhona Fyfe", "Locality manager"),
    }


def test_nobody_of_another_locality_or_hscp_sits_there(world):
    west = made(world, "CQL_LM", "West leads", world.west)
    assert who_sits(west, world) == set()
    tripartite = made(world)
    assert "Nell Croft" not in {who for who, _ in who_sits(tripartite, world)}


def test_a_lead_whose_cluster_has_a_practice_there_sits_there_too(world):
    tripartite = made(world)
    Membership.objects.filter(practice=world.yew).update(ends_on=world.today)
    Membership.objects.create(practice=world.yew, cluster=world.birch, starts_on=world.today)
    assert ("Nell Croft", "Cluster Quality Lead") in who_sits(tripartite, world)


def test_a_lead_who_has_ended_has_left(world):
    group = made(world, "NETWORK", "CQL network", world.strath)
    assert ("Callum Reid", "Cluster Quality Lead") in who_sits(group, world)
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    assert "Callum Reid" not in {who for who, _ in who_sits(group, world)}


def test_the_board_sits_in_its_committee(world):
    assert who_sits(world.committee, world) == {("Bruce Tait", "Health board lead")}


def test_a_kind_without_roles_has_only_those_named(world):
    subcommittee = made(world, "GPSUB", "GP subcommittee", world.board)
    assert who_sits(subcommittee, world) == set()
    facts = {"name": "Ina Gow", "body": "", "part": "Chair", "starts_on": world.today, "by": world.priya}
    services.add_forum_member(forum=subcommittee, person=None, **facts)
    assert who_sits(subcommittee, world) == {("Ina Gow", "Chair")}


# --- Named members ---------------------------------------------------------------------------------


def test_an_address_becomes_the_person(world, as_person):
    path = reverse("clusters:forum_members", args=[world.east_quality.slug])
    sent = as_person(world.heather).post(path, {"who": "asha@example.org", "starts_on": str(world.today)})
    assert sent.status_code == 302
    assert ForumMember.objects.get().person == world.asha
    assert AuditEvent.objects.filter(verb="forum member named", by=world.heather).exists()


def test_an_address_that_is_not_in_reach_is_not_told(world, as_person):
    path = reverse("clusters:forum_members", args=[world.east_quality.slug])
    page = as_person(world.heather).post(path, {"who": "nell@example.org", "starts_on": str(world.today)})
    assert "Nobody whom you can see" in str(page.context["form"].errors["who"])
    assert not ForumMember.objects.exists()


def test_the_same_name_twice_is_one_seat(world, as_person):
    path = reverse("clusters:forum_members", args=[world.east_quality.slug])
    for _ in range(2):
        as_person(world.heather).post(path, {"who": "Ina Gow", "body": "LMC", "starts_on": str(world.today)})
    assert ForumMember.objects.count() == 1


def test_who_left_is_kept_and_sits_there_no_more(world, as_person):
    facts = {"name": "Ina Gow", "body": "", "part": "", "starts_on": world.since, "by": world.priya}
    seat = services.add_forum_member(forum=world.east_quality, person=None, **facts)
    path = reverse("clusters:forum_member_end", args=[world.east_quality.slug, seat.pk])
    client = as_person(world.heather)
    yesterday = world.today - timedelta(days=1)
    assert client.post(path, {"last_day": str(yesterday)}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends_on == world.today
    assert "Ina Gow" not in {who for who, _ in who_sits(world.east_quality, world)}
    assert client.get(path).status_code == 403


def test_a_seat_of_another_forum_is_not_found(world, as_person):
    facts = {"name": "Ina Gow", "body": "", "part": "", "starts_on": world.since, "by": world.priya}
    seat = services.add_forum_member(forum=world.governance, person=None, **facts)
    path = reverse("clusters:forum_member_end", args=[world.east_quality.slug, seat.pk])
    assert as_person(world.priya).get(path).status_code == 404


# --- Entered, described, renamed -------------------------------------------------------------------


def test_a_forum_is_entered(world, as_person):
    data = {"kind": "TRIPART", "name": "Tripartite", "serves": f"locality:{world.east.pk}", "starts_on": "2026-01-05"}
    sent = as_person(world.isla).post(NEW, data)
    forum = Forum.objects.get(name="Tripartite")
    assert sent.url == reverse("clusters:forum_change", args=[forum.slug])
    assert (forum.locality, forum.hscp, forum.board) == (world.east, None, None)


@pytest.mark.parametrize("where", ["neighbour", "board"])
def test_who_keeps_a_part_enters_forums_there_only(world, as_person, where):
    place = {"neighbour": f"hscp:{world.neighbour.code}", "board": f"board:{world.board.code}"}[where]
    data = {"kind": "TASK", "name": "Access", "serves": place, "starts_on": str(world.today)}
    page = as_person(world.isla).post(NEW, data)
    assert "Choose a place from the list." in str(page.context["form"].errors["serves"])
    assert as_person(world.priya).post(NEW, data).status_code == 302


def test_the_same_name_at_the_same_place_is_refused(world, as_person):
    data = {"kind": "TASK", "name": "strath clinical and care governance", "starts_on": str(world.today)}
    page = as_person(world.priya).post(NEW, {**data, "serves": f"hscp:{world.strath.code}"})
    assert "of this name there already" in str(page.context["form"].errors["name"])
    assert as_person(world.priya).post(NEW, {**data, "serves": f"hscp:{world.neighbour.code}"}).status_code == 302


def test_the_lead_of_the_hscp_describes_but_does_not_rename(world, as_person):
    sent = change(as_person(world.heather), world.east_quality, name="Mine", outputs="Minutes go to clusters.")
    assert sent.status_code == 302
    world.east_quality.refresh_from_db()
    assert (world.east_quality.name, world.east_quality.outputs) == (
        "East Strath quality group",
        "Minutes go to clusters.",
    )


def test_the_lead_of_an_hscp_does_not_describe_what_is_the_boards(world, as_person):
    assert change(as_person(world.heather), world.committee, purpose="Mine").status_code == 403
    assert change(as_person(world.priya), world.committee, purpose="Theirs").status_code == 302


def test_a_new_name_has_a_new_address_and_the_old_one_leads_there(world, as_person):
    old = reverse("reporting:forum", args=[world.east_quality.slug])
    sent = change(as_person(world.priya), world.east_quality, name="East care group")
    assert sent.url == reverse("reporting:forum", args=["east-care-group"])
    assert as_person(world.rhona).get(old).url == sent.url
    assert as_person(world.nell).get(old).status_code == 404


def test_two_who_describe_at_once_see_each_others_words(world, as_person):
    first, second = as_person(world.heather), as_person(world.isla)
    change(first, world.east_quality, purpose="Hers")
    page = change(second, world.east_quality, purpose="Mine")
    assert page.status_code == 409
    assert "Hers" in page.content.decode()
    assert page.context["form"]["version"].value() == "2"
    assert change(second, world.east_quality, purpose="Mine", version="2").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"terms_link": "javascript:alert(1)"}, "terms_link", "begins with https://"),
        ({"adopted_on": "2026-02-01", "review_on": "2026-01-01"}, "review_on", "comes after"),
        ({"meets_every_weeks": "0"}, "meets_every_weeks", "from 1 to 52"),
        ({"review_on": "0001-01-01"}, "review_on", "Check the year."),
        ({"purpose": "CHI 0101010005"}, "purpose", "patient"),
    ],
)
def test_what_is_wrong_with_a_description(world, as_person, typed, field, words):
    page = change(as_person(world.priya), world.east_quality, **typed)
    assert words in str(page.context["form"].errors[field])


# --- Closed ----------------------------------------------------------------------------------------


def test_a_closed_forum_leaves_the_list_and_the_ladder_but_stays_readable(world, as_person):
    assert world.east_quality in [rung.forum for rung in ladder_of(world.rowan)]
    path = reverse("clusters:forum_close", args=[world.east_quality.slug])
    assert as_person(world.isla).post(path, {"closed_on": str(world.today)}).status_code == 302
    assert world.east_quality not in [rung.forum for rung in ladder_of(world.rowan)]
    client = as_person(world.callum)
    assert world.east_quality.name not in client.get(LIST).content.decode()
    assert world.east_quality.name in client.get(f"{LIST}?state=closed").content.decode()
    assert "closed from" in client.get(reverse("reporting:forum", args=[world.east_quality.slug])).content.decode()


def test_a_forum_on_which_something_waits_does_not_close(world):
    refer_up(escalation=raised(world), by=world.callum, reasons="Needs money.")
    with pytest.raises(ValidationError, match="waits there for a decision"):
        services.close_forum(forum=world.east_quality, closed_on=world.today, by=world.priya)


def test_a_forum_pinned_to_a_ladder_does_not_close(world):
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("LOC_QUAL", forum=world.east_quality)])
    with pytest.raises(ValidationError, match="stands on the escalation ladder"):
        services.close_forum(forum=world.east_quality, closed_on=world.today, by=world.priya)
    services.close_forum(forum=world.management, closed_on=world.today, by=world.priya)


def test_a_forum_closes_once_and_not_in_the_future(world):
    with pytest.raises(ValidationError, match="still to come"):
        services.close_forum(forum=world.management, closed_on=world.today + timedelta(days=1), by=world.priya)
    services.close_forum(forum=world.management, closed_on=world.today, by=world.priya)
    with pytest.raises(ValidationError, match="closed already"):
        services.close_forum(forum=world.management, closed_on=world.today, by=world.priya)


def test_a_ladder_enters_a_forum_where_the_only_one_has_closed(world):
    services.close_forum(forum=world.governance, closed_on=world.today, by=world.priya)
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("HSCP_GOV")])
    still = Forum.objects.filter(kind="HSCP_GOV", hscp=world.strath).open_on(world.today)
    assert [rung.forum for rung in ladder_of(world.rowan)][1:] == list(still)
    assert still.get() != world.governance


# --- Listed ----------------------------------------------------------------------------------------


def test_each_reader_lists_what_stands_above_their_clusters(world):
    def seen(person):
        return set(forums_within(reach_of(person, on=world.today)))

    strath = {world.east_quality, world.management, world.governance, world.committee}
    for person in (world.callum, world.asha, world.rhona, world.heather, world.bruce, world.priya):
        assert seen(person) == strath
    assert seen(world.nell) == {world.committee}, "her HSCP has the same health board"
    assert seen(world.una) == set()
    assert set(hscps_within(reach_of(world.nell, on=world.today))) == {world.neighbour}


def test_an_overdue_review_is_flagged_and_found(world, as_person):
    Forum.objects.filter(pk=world.east_quality.pk).update(review_on=world.today - timedelta(days=1))
    Forum.objects.filter(pk=world.governance.pk).update(review_on=world.today + timedelta(days=1))
    text = as_person(world.heather).get(f"{LIST}?state=review").content.decode()
    assert "▲ Review was due" in text
    assert world.east_quality.name in text
    assert world.governance.name not in text


def test_the_list_narrows_by_kind_place_and_name(world, as_person):
    client = as_person(world.priya)
    for query, name in (
        ("kind=BOARD", "committee"),
        (f"hscp={world.strath.code}", "east_quality"),
        ("q=board", "committee"),
    ):
        text = client.get(f"{LIST}?{query}").content.decode()
        shown = {key for key in ("committee", "east_quality") if getattr(world, key).name in text}
        assert name in shown
        assert len(shown) == 1


def test_the_number_of_queries_does_not_grow(world, as_person):
    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    client = as_person(world.heather)
    paths = [LIST, reverse("reporting:forum", args=[world.east_quality.slug])]
    facts = {"body": "", "part": "", "starts_on": world.since, "by": world.priya}
    services.add_forum_member(forum=world.east_quality, person=None, name="Ina Gow", **facts)
    few = [count(path) for path in paths]
    for number in range(20):
        made(world, "TASK", f"Task group {number}")
        services.add_forum_member(forum=world.east_quality, person=None, name=f"Member {number}", **facts)
        RoleAssignment.objects.create(
            person=world.una, role=Role.CQL, cluster=world.larch, starts_on=world.since - timedelta(days=number)
        )
    assert [count(path) for path in paths] == few


def test_who_looks_at_the_registry_reads_what_was_changed(world, as_person):
    change(as_person(world.heather), world.east_quality, purpose="Better care.", meets_every_weeks="6")
    path = reverse("reporting:forum", args=[world.east_quality.slug])
    for person in (world.isla, world.olive):
        text = as_person(person).get(path).content.decode()
        assert "What was changed" in text
        assert "Heather Lind" in text
    assert "What was changed" not in as_person(world.heather).get(path).content.decode()
    assert (
        "What was changed"
        not in as_person(world.isla).get(reverse("reporting:forum", args=[world.committee.slug])).content.decode()
    )


@pytest.mark.parametrize(("stored", "shown"), [("javascript:alert(1)", False), ("https://example.org/terms", True)])
def test_only_a_web_address_becomes_a_link(world, as_person, stored, shown):
    Forum.objects.filter(pk=world.east_quality.pk).update(terms_link=stored)
    text = as_person(world.callum).get(reverse("reporting:forum", args=[world.east_quality.slug])).content.decode()
    assert (f'href="{stored}"' in text) is shown
    assert ("javascript:" in text) is False


def test_a_seat_of_somebody_who_has_left_every_role_says_so(world):
    ForumMember.objects.create(forum=world.governance, person=world.lewis, part="For the data", starts_on=world.since)
    before = {seat.who: seat.has_left for seat in seats_of(world.governance, on=world.today)}
    RoleAssignment.objects.filter(person=world.lewis).update(ends_on=world.today)
    after = {seat.who: seat.has_left for seat in seats_of(world.governance, on=world.today)}
    assert (before["Lewis Orr"], after["Lewis Orr"]) == (False, True)
