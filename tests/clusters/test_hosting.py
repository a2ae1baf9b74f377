"""One HSCP acts for another: begun, ended, taken back; what it opens before, while and after it holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Forum, Hosting, RoleAssignment
from clusters.selectors import keepers_of
from clusters.services.hosting import begin_hosting, end_hosting, withdraw_hosting
from escalations.rules import holds_forum
from escalations.selectors.holders import holders_by_forum, possible_leads, who_may_read
from meetings.selectors.people import held_above_only

LIST, BEGIN = reverse("clusters:hosting_list"), reverse("clusters:hosting_begin")
DAY = timedelta(days=1)


def begin(w, *, starts_on=None, ends_on=None, **changes):
    facts = {"host": w.strath, "served": w.neighbour, "service": "Primary care", **changes}
    return begin_hosting(starts_on=starts_on or w.today, ends_on=ends_on, by=w.priya, **facts)


def form(w, **changes):
    day = str(w.today)
    return {"host": w.strath.code, "served": w.neighbour.code, "service": "Primary care", "starts_on": day, **changes}


# --- By page ---------------------------------------------------------------------------------------


def test_it_is_begun_listed_and_ended_by_page(world, as_person):
    priya = as_person(world.priya)
    assert priya.post(BEGIN, form(world)).url == LIST
    hosting = Hosting.objects.get()
    page = " ".join(priya.get(LIST).content.decode().split())
    for words in (str(world.strath), str(world.neighbour), "Primary care", "No last day"):
        assert words in page
    sent = priya.post(reverse("clusters:hosting_end", args=[hosting.pk]), {"last_day": str(world.today)}, follow=True)
    assert "up to and including" in sent.content.decode()
    hosting.refresh_from_db()
    assert hosting.ends_on == world.today + DAY
    verbs = list(AuditEvent.objects.filter(subject_type="clusters.hosting").values_list("verb", flat=True))
    assert verbs == ["hosting ended", "hosting begun"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"host": ""}, "host", "Choose the HSCP that acts."),
        ({"served": "S37000005"}, "served", "cannot act for itself"),
        ({"service": ""}, "service", "Say in a few words"),
        ({"service": "For 0101701233"}, "service", "patient"),
        ({"starts_on": "x"}, "starts_on", "Type the day"),
        ({"starts_on": "2040-01-01"}, "starts_on", "within the next two years"),
        ({"last_day": "2001-01-01"}, "last_day", "before the first day"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(world, as_person, changes, field, words):
    page = as_person(world.priya).post(BEGIN, form(world, **changes))
    assert words in str(page.context["form"].errors[field])
    assert not Hosting.objects.exists()


def test_not_twice_at_a_time_but_again_later(world):
    begin(world, ends_on=world.today + 10 * DAY)
    with pytest.raises(ValidationError, match="already"):
        begin(world, starts_on=world.today + 9 * DAY)
    begin(world, starts_on=world.today + 10 * DAY)
    assert Hosting.objects.count() == 2


def test_an_end_never_moves_later_nor_before_the_beginning(world):
    hosting = begin(world, ends_on=world.today + 10 * DAY)
    with pytest.raises(ValidationError, match="ends earlier"):
        end_hosting(hosting=hosting, last_day=world.today + 20 * DAY, by=world.priya)
    with pytest.raises(ValidationError, match="It begins on"):
        end_hosting(hosting=hosting, last_day=world.today - DAY, by=world.priya)


def test_only_what_has_not_begun_is_taken_back(world, as_person):
    now = begin(world)
    with pytest.raises(ValidationError, match="End it instead"):
        withdraw_hosting(hosting=now, by=world.priya)
    end_hosting(hosting=now, last_day=world.today, by=world.priya)
    later = begin(world, starts_on=world.today + 5 * DAY)
    sent = as_person(world.priya).post(reverse("clusters:hosting_withdraw", args=[later.pk]), follow=True)
    assert "taken back" in sent.content.decode()
    assert list(Hosting.objects.all()) == [now]
    assert AuditEvent.objects.filter(verb="hosting taken back", by=world.priya).exists()


def test_isla_sees_what_touches_her_hscp_and_changes_nothing(world, as_person):
    far = type(world.strath).objects.exclude(pk__in=[world.strath.pk, world.neighbour.pk]).first()
    begin(world, host=world.neighbour, served=far)
    begin(world, host=far, served=world.strath, service="Out-of-hours care")
    page = as_person(world.isla).get(LIST).content.decode()
    assert "Out-of-hours care" in page
    assert "Primary care" not in page
    assert BEGIN not in page
    assert as_person(world.isla).post(BEGIN, form(world)).status_code == 403


# --- A permission changes: before, while it holds, after -------------------------------------------

PAGES = ("/clusters/birch/", "/clusters/birch/who-sees-what/", "/practices/{gean}/", "/clusters/birch/plan/")


def opened(world, as_person, who="heather"):
    client = as_person(getattr(world, who))
    codes = {client.get(path.format(gean=world.gean.code)).status_code for path in PAGES}
    listed = {"Birch" in client.get(path).content.decode() for path in ("/tracker/", "/clusters/")}
    people = "Nell Croft" in client.get("/people/").content.decode()
    return codes, listed, people


def test_before_while_and_after(world, as_person):
    nothing, everything = ({404}, {False}, False), ({200}, {True}, True)
    assert opened(world, as_person) == nothing
    hosting = begin(world, starts_on=world.today + DAY)
    assert opened(world, as_person) == nothing
    withdraw_hosting(hosting=hosting, by=world.priya)
    hosting = begin(world, starts_on=world.today - 9 * DAY)
    assert opened(world, as_person) == everything
    end_hosting(hosting=hosting, last_day=world.today, by=world.priya)
    assert opened(world, as_person) == everything
    end_hosting(hosting=hosting, last_day=world.today - DAY, by=world.priya)
    assert opened(world, as_person) == nothing


def test_it_opens_nothing_the_other_way_round(world, as_person):
    begin(world)
    for who in ("nell", "una", "callum"):
        assert as_person(getattr(world, who)).get("/registry/hosting/").status_code == 404
    assert as_person(world.nell).get("/clusters/rowan/").status_code == 404
    assert as_person(world.callum).get("/clusters/birch/").status_code == 404
    assert as_person(world.rhona).get("/clusters/birch/").status_code == 404


def test_the_people_of_the_served_hscp_find_those_who_act_for_it(world, as_person):
    assert "Heather Lind" not in as_person(world.nell).get("/people/").content.decode()
    begin(world)
    assert "Heather Lind" in as_person(world.nell).get("/people/").content.decode()
    assert "Rhona Fyfe" not in as_person(world.nell).get("/people/").content.decode()


def test_who_sees_what_names_them_and_says_why(world, as_person):
    begin(world)
    page = " ".join(as_person(world.nell).get("/clusters/birch/who-sees-what/").content.decode().split())
    assert f"Heather Lind (because {world.strath} acts for {world.neighbour}: Primary care)" in page
    own = as_person(world.callum).get("/clusters/rowan/who-sees-what/").content.decode()
    assert "because" not in own


def test_a_role_at_the_host_holds_the_rungs_of_the_served_hscp(world):
    from clusters.selectors import reach_of

    rung = Forum.objects.create(kind="HSCP_GOV", name="Neighbour governance", slug="n-gov", hscp=world.neighbour)
    for hosted in (False, True):
        if hosted:
            begin(world)
        reach = reach_of(world.heather, on=world.today)
        assert holds_forum(reach, rung) is hosted
        holders = holders_by_forum([rung, world.governance], on=world.today)
        assert (world.heather in holders[rung.pk]) is hosted
        assert world.heather in holders[world.governance.pk]
        assert (world.heather in possible_leads(world.neighbour, on=world.today)) is hosted
        assert (world.heather in who_may_read(world.birch, on=world.today)) is hosted
        assert (world.heather.pk in held_above_only(world.birch, on=world.today)) is hosted


def test_the_administrator_of_the_host_keeps_the_served_part_too(world, as_person):
    path = reverse("clusters:cluster_rename", args=["birch"])
    assert as_person(world.isla).get(path).status_code == 404
    assert world.isla not in keepers_of(world.neighbour, on=world.today)
    begin(world)
    assert as_person(world.isla).get(path).status_code == 200
    assert world.isla in keepers_of(world.neighbour, on=world.today)


def test_an_analyst_of_the_host_reads_and_a_lead_of_one_cluster_does_not(world, as_person):
    begin(world)
    assert as_person(world.lewis).get("/clusters/birch/").status_code == 200
    assert as_person(world.morag).get("/clusters/birch/").status_code == 404


def test_home_names_what_a_person_reaches_through_it(world, as_person):
    begin(world)
    RoleAssignment.objects.filter(person=world.nell).update(ends_on=world.today)
    assert RoleAssignment.objects.on(world.today).filter(role=Role.CQL, cluster=world.birch).count() == 0
    summary = as_person(world.heather).get("/").context["home"].summary
    assert summary.no_cql == 1


def test_one_hosting_and_twenty_take_the_same_queries(world, as_person):
    priya = as_person(world.priya)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            priya.get(LIST)
        return len(seen)

    begin(world, ends_on=world.today + DAY)
    queries()
    few = queries()
    for n in range(1, 21):
        begin(world, starts_on=world.today + n * DAY, ends_on=world.today + (n + 1) * DAY)
    assert queries() == few
