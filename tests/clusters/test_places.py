"""Clusters begin and are renamed; localities are named and filled."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Right
from clusters import services
from clusters.models import Cluster, FormerName
from clusters.selectors import name_of, reach_of
from practices.models import Locality

NEW = reverse("clusters:cluster_new")
LOCALITIES = reverse("clusters:locality_list")


def rename(client, slug, name, **described):
    return client.post(reverse("clusters:cluster_rename", args=[slug]), {"name": name, "make_up": "GP", **described})


# --- A cluster begins ------------------------------------------------------------------------------


def test_a_cluster_begins(world, as_person):
    sent = as_person(world.priya).post(
        NEW,
        {
            "name": "Juniper",
            "code": "ST-9",
            "make_up": "MDT",
            "lead_hscp": world.strath.code,
            "locality": world.east.pk,
            "starts_on": str(world.today),
        },
    )
    assert sent.url == "/clusters/juniper/about/"
    juniper = Cluster.objects.get(forum__slug="juniper")
    assert (juniper.lead_hscp, juniper.forum.hscp, juniper.kind) == (world.strath, world.strath, "IN")
    assert (juniper.code, juniper.make_up, juniper.locality) == ("ST-9", "MDT", world.east)
    assert AuditEvent.objects.filter(verb="cluster added", by=world.priya).exists()
    assert juniper.pk in reach_of(world.heather, on=world.today).clusters(Right.OVERSEE)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "Type the name."),
        ({"name": "rowan"}, "name", "leads a cluster of this name already"),
        ({"lead_hscp": ""}, "lead_hscp", "Choose the HSCP."),
        ({"lead_hscp": "x"}, "lead_hscp", "Choose an HSCP from the list."),
        ({"starts_on": "x"}, "starts_on", "Type the day"),
    ],
)
def test_what_is_wrong_with_a_new_cluster(world, as_person, changes, field, words):
    data = {
        "name": "Juniper",
        "make_up": "GP",
        "lead_hscp": world.strath.code,
        "starts_on": str(world.today),
        **changes,
    }
    page = as_person(world.priya).post(NEW, data)
    assert words in str(page.context["form"].errors[field])
    assert Cluster.objects.count() == 3


def test_the_same_name_in_another_hscp_gets_an_address_of_its_own(world):
    twin = services.create_cluster(name="Rowan", lead_hscp=world.neighbour, starts_on=world.today, by=None)
    assert twin.forum.slug == "rowan-2"


# --- and is renamed --------------------------------------------------------------------------------


def test_a_rename_keeps_the_old_name_and_the_old_address_leads_on(world, as_person):
    assert rename(as_person(world.priya), "rowan", "Mountain ash").url == "/clusters/mountain-ash/"
    former = FormerName.objects.get()
    assert (former.name, former.slug, former.until) == ("Rowan", "rowan", world.today)
    event = AuditEvent.objects.get(verb="cluster renamed")
    assert event.changes == {"name": ["Rowan", "Mountain ash"], "slug": ["rowan", "mountain-ash"]}
    sent = as_person(world.callum).get("/clusters/rowan/?view=all")
    assert (sent.status_code, sent.url) == (307, "/clusters/mountain-ash/?view=all")
    who = as_person(world.callum).get("/clusters/rowan/who-sees-what/")
    assert who.url == "/clusters/mountain-ash/who-sees-what/"


def test_a_stranger_learns_nothing_from_an_old_address(world, as_person):
    rename(as_person(world.priya), "rowan", "Mountain ash")
    sent = as_person(world.nell).get("/clusters/rowan/")
    assert sent.status_code == 404
    assert b"ountain" not in sent.content
    assert as_person(world.una).get("/clusters/rowan/").status_code == 404


def test_a_posted_form_is_carried_to_the_new_address(world, as_person):
    priya = as_person(world.priya)
    rename(priya, "rowan", "Mountain ash")
    sent = rename(priya, "rowan", "Quickbeam")
    assert (sent.status_code, sent.url) == (307, "/registry/clusters/mountain-ash/rename/")


def test_a_cluster_may_take_its_old_name_back(world, as_person):
    priya = as_person(world.priya)
    rename(priya, "rowan", "Mountain ash")
    assert rename(priya, "mountain-ash", "Rowan").url == "/clusters/rowan/"
    assert as_person(world.callum).get("/clusters/rowan/").status_code == 200
    assert as_person(world.callum).get("/clusters/mountain-ash/").url == "/clusters/rowan/"
    assert rename(priya, "rowan", "Mountain ash").url == "/clusters/mountain-ash/"


def test_nobody_else_gets_an_address_that_once_led_here(world):
    services.rename_cluster(cluster=world.rowan, name="Mountain ash", until=world.today, by=world.priya)
    twin = services.create_cluster(name="Rowan", lead_hscp=world.strath, starts_on=world.today, by=world.priya)
    assert twin.forum.slug != "rowan"


@pytest.mark.parametrize(("name", "words"), [("larch", "of this name already"), ("", "Type")])
def test_what_is_wrong_with_a_new_name(world, as_person, name, words):
    page = rename(as_person(world.priya), "rowan", name)
    assert words in str(page.context["form"].errors["name"])
    assert not FormerName.objects.exists()


def test_a_name_that_was_had_twice_is_remembered_twice(world):
    days = [world.today - timedelta(days=n) for n in (30, 20, 10)]
    for name, until in zip(("Mountain ash", "Rowan", "Quickbeam"), days, strict=True):
        services.rename_cluster(cluster=world.rowan, name=name, until=until, by=world.priya)
    former = list(FormerName.objects.filter(slug="rowan").order_by("until").values_list("until", flat=True))
    assert former == [days[0], days[2]]
    names = [name_of(world.rowan.forum, on=day - timedelta(days=1)) for day in (*days, world.today)]
    assert names == ["Rowan", "Mountain ash", "Rowan", "Quickbeam"]
    assert name_of(world.rowan.forum, on=days[0]) == "Mountain ash"


def _described(priya, world):
    said = {"mission": "Fewer falls", "meets_every_weeks": "6", "locality": world.east.pk}
    return rename(priya, "rowan", "Rowan", **said)


def test_what_it_is_for_and_how_often_it_meets_can_be_said_without_a_new_name(world, as_person):
    priya = as_person(world.priya)
    assert _described(priya, world).status_code == 302
    world.rowan.refresh_from_db()
    assert (world.rowan.mission, world.rowan.forum.meets_every_weeks) == ("Fewer falls", 6)
    assert not FormerName.objects.exists()
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"cluster described"}
    assert "Fewer falls" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))
    page = priya.get(reverse("clusters:cluster_rename", args=["rowan"])).content.decode()
    assert "Fewer falls" in page
    assert 'value="6"' in page


@pytest.mark.parametrize("weeks", ["0", "53", "often", "1.5"])
def test_a_rhythm_that_makes_no_sense_is_refused_beside_its_field(world, as_person, weeks):
    page = rename(as_person(world.priya), "rowan", "Rowan", meets_every_weeks=weeks)
    assert page.context["form"].errors["meets_every_weeks"]


def test_the_list_of_clusters_leads_its_keepers_to_the_form(world, as_person):
    link = reverse("clusters:cluster_rename", args=["rowan"])
    assert link in as_person(world.priya).get(reverse("clusters:cluster_list")).content.decode()
    assert link not in as_person(world.heather).get(reverse("clusters:cluster_list")).content.decode()


def test_the_old_name_still_finds_the_cluster(world, as_person):
    rename(as_person(world.priya), "rowan", "Mountain ash")
    page = as_person(world.heather).get(reverse("clusters:cluster_list") + "?q=rowan")
    assert [row.record.cluster for row in page.context["table"].paginated_rows] == [world.rowan]


def test_only_the_registry_names_clusters(world, as_person):
    assert rename(as_person(world.nell), "rowan", "Mine").status_code == 404
    assert rename(as_person(world.callum), "rowan", "Mine").status_code == 404
    assert rename(as_person(world.olive), "rowan", "Mine").status_code == 403


# --- Localities ------------------------------------------------------------------------------------


def test_a_locality_is_added_and_opens_for_filling(world, as_person):
    sent = as_person(world.priya).post(LOCALITIES, {"hscp": world.strath.code, "name": "North Strath"})
    north = Locality.objects.get(name="North Strath")
    assert sent.url == reverse("clusters:locality", args=[north.pk])
    assert AuditEvent.objects.filter(verb="locality added", by=world.priya).exists()


def test_the_list_counts_and_offers_changes_to_keepers_only(world, as_person):
    page = as_person(world.priya).get(LOCALITIES).content.decode()
    assert "2 clusters, 10 practices" in page
    assert "Add a locality" in page
    assert "Add a locality" not in as_person(world.olive).get(LOCALITIES).content.decode()
    assert as_person(world.nell).get(LOCALITIES).status_code == 404


def test_a_locality_of_the_same_name_is_refused(world, as_person):
    page = as_person(world.priya).post(LOCALITIES, {"hscp": world.strath.code, "name": "east strath"})
    assert "of this name already" in str(page.context["form"].errors["name"])
    assert 'value="east strath"' in page.content.decode()


def test_what_lies_in_a_locality_changes_who_reaches_it(world, as_person):
    path = reverse("clusters:locality", args=[world.east.pk])
    page = as_person(world.priya).get(path)
    assert len(page.context["form"]["practices"].initial) == 10
    data = {"name": "Strath Shore", "clusters": [world.larch.pk], "practices": [world.pine.pk, world.spruce.pk]}
    assert as_person(world.priya).post(path, data).status_code == 302
    world.rowan.refresh_from_db()
    world.alder.refresh_from_db()
    assert world.rowan.locality is world.alder.locality is None
    assert reach_of(world.rhona, on=world.today).clusters(Right.OVERSEE) == {world.larch.pk}
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs.count("locality renamed") == 1
    assert verbs.count("locality set") == 9  # one cluster and eight practices went


def test_what_has_closed_stays_where_it_lay(world, as_person):
    for thing in (world.alder, world.larch):
        thing.closed_on = world.today - timedelta(days=10)
        thing.save()
    path = reverse("clusters:locality", args=[world.east.pk])
    form = as_person(world.priya).get(path).context["form"]
    data = {name: [thing.pk for thing in form.initial[name]] for name in ("clusters", "practices")}
    assert world.alder.pk not in data["practices"]
    as_person(world.priya).post(path, {"name": "East Strath", **data})
    world.alder.refresh_from_db()
    world.larch.refresh_from_db()
    assert (world.alder.locality, world.larch.locality) == (world.east, world.east)
    assert not AuditEvent.objects.exists()


def test_a_foreign_practice_is_not_taken_in(world, as_person):
    path = reverse("clusters:locality", args=[world.east.pk])
    page = as_person(world.priya).post(path, {"name": "East Strath", "practices": [world.rose.pk]})
    assert page.context["form"].errors["practices"]
    with pytest.raises(ValidationError, match="only"):
        services.change_locality(
            locality=world.east, name="East Strath", practices=[world.rose], clusters=[], by=world.priya
        )
    world.rose.refresh_from_db()
    assert world.rose.locality is None


def test_only_the_registry_draws_localities(world, as_person):
    path = reverse("clusters:locality", args=[world.east.pk])
    assert as_person(world.rhona).post(path, {"name": "Mine"}).status_code == 404
    assert as_person(world.olive).post(path, {"name": "Mine"}).status_code == 403
