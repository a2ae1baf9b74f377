"""/clusters/<slug>/about/: the record of a cluster, and what its leads note."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clusters import rules
from clusters.models import Cluster, Development, FreedTime
from clusters.rules import SizeBand, size_notes, year_of
from clusters.selectors import summary_of
from clusters.selectors.sizes import size_band
from clusters.services import create_cluster
from clusters.services.records import note_development, note_freed_time
from tests.clusters.test_memberships import refused


def path(name="about", slug="rowan"):
    return reverse(f"clusters:cluster_{name}", args=[slug])


def text(client, name="about", slug="rowan"):
    return client.get(path(name, slug)).content.decode()


def test_it_says_everything_that_the_registry_knows(world, as_person):
    Cluster.objects.filter(pk=world.rowan.pk).update(
        code="ST-01", make_up="MDT", mission="Fewer falls", meets_when="second Thursday, 12:30"
    )
    type(world.rowan.forum).objects.filter(pk=world.rowan.forum_id).update(meets_every_weeks=6)
    page = text(as_person(world.asha))
    for said in ("Open", "ST-01", str(world.strath), "East Strath", "Multidisciplinary", "35,000", "Callum Reid"):
        assert said in page
    for said in ("every 6 weeks, second Thursday, 12:30", "Fewer falls", "Alder Medical Practice", "4 to 8 practices"):
        assert said in page


def test_each_reader_is_offered_what_they_may_change(world, as_person):
    links = ("describe/", "about/terms/", "support/", "freed-time/", "/rename/", "/merge/", "/close/")
    offered = {
        "callum": ("describe/", "about/terms/", "freed-time/"),
        "asha": (),
        "heather": ("support/", "freed-time/"),
        "lewis": (),
        "isla": ("about/terms/", "support/", "/rename/", "/merge/", "/close/"),
        "olive": (),
    }
    for name, wanted in offered.items():
        page = text(as_person(getattr(world, name)))
        assert tuple(link for link in links if link in page) == wanted, name


def test_a_lead_of_an_hscp_that_merely_has_a_practice_there_sets_no_support(world):
    from clusters.selectors import reach_of

    world.elm.hscp = world.neighbour
    world.elm.save()
    assert rules.can_set_support(reach_of(world.heather, on=world.today), world.rowan)
    Cluster.objects.filter(pk=world.rowan.pk).update(lead_hscp=world.neighbour)
    world.rowan.refresh_from_db()
    assert not rules.can_set_support(reach_of(world.heather, on=world.today), world.rowan)


def test_a_cql_says_what_it_is_for_and_when_it_meets(world, as_person):
    sent = as_person(world.callum).post(
        path("describe"), {"mission": "Fewer falls", "meets_every_weeks": "6", "meets_when": "Thursdays"}
    )
    assert sent.url == path()
    world.rowan.refresh_from_db()
    assert (world.rowan.mission, world.rowan.meets_when) == ("Fewer falls", "Thursdays")
    assert world.rowan.forum.meets_every_weeks == 6
    assert set(AuditEvent.objects.values_list("verb", "by")) == {("cluster described", world.callum.pk)}
    assert "Fewer falls" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


# --- Stage and support -----------------------------------------------------------------------------


def note(world, by, **changes):
    said = {"stage": "FORMING", "support": "INTENS", "note": "New leads", "starts_on": world.today, **changes}
    return note_development(cluster=world.rowan, by=by, **said)


def test_stage_and_support_are_a_dated_history(world, as_person):
    note(world, world.priya, starts_on=world.today - timedelta(days=90))
    sent = as_person(world.heather).post(
        path("support"), {"stage": "ESTABL", "support": "LIGHT", "note": "Meets by itself", "starts_on": world.today}
    )
    assert sent.status_code == 302
    page = text(as_person(world.asha))
    assert "Established, light support" in page
    assert page.index("Established, light support") < page.index("Forming, intensive support")
    assert Development.objects.count() == 2
    assert not any(word in page.casefold() for word in ("ranking", "points", "score"))


def test_the_same_note_twice_is_kept_once(world):
    assert note(world, world.heather) == note(world, world.heather)
    assert Development.objects.count() == AuditEvent.objects.count() == 1


@pytest.mark.parametrize(("days", "words"), [(1, "still to come"), (-500, "began on")])
def test_a_day_that_cannot_be_is_refused(world, days, words):
    day = world.today + timedelta(days=days)
    assert words in refused(lambda: note(world, world.heather, starts_on=day))["starts_on"][0]


# --- Time freed ------------------------------------------------------------------------------------


def test_time_freed_is_noted_by_year_and_earlier_notes_stay(world, as_person):
    year = year_of(world.today)
    note_freed_time(cluster=world.rowan, year=year, sessions=Decimal("30"), note="", by=world.heather)
    callum = as_person(world.callum)
    sent = callum.post(path("freed_time"), {"year": year, "sessions": "42.5", "note": "Pharmacists"})
    assert sent.status_code == 302
    page = text(callum)
    assert "42.5" in page
    assert "before that 30, by Heather Lind" in page
    assert FreedTime.objects.count() == 2
    note_freed_time(cluster=world.rowan, year=year, sessions=Decimal("42.5"), note="Pharmacists", by=world.callum)
    assert FreedTime.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"year": "1999"}, "year"), ({"sessions": "-1"}, "sessions"), ({"sessions": "x"}, "sessions")],
)
def test_what_cannot_be_is_said_beside_the_box_and_typed_words_stay(world, as_person, changes, field):
    data = {"year": year_of(world.today), "sessions": "4", "note": "Pharmacists", **changes}
    page = as_person(world.callum).post(path("freed_time"), data)
    assert page.context["form"].errors[field]
    assert 'value="Pharmacists"' in page.content.decode()
    assert not FreedTime.objects.exists()


def test_a_year_in_which_the_cluster_was_not_there_is_refused(world):
    words = refused(
        lambda: note_freed_time(cluster=world.rowan, year=1999, sessions=Decimal(1), note="", by=world.priya)
    )
    assert "in which the cluster was there" in words["year"][0]


# --- Sizes -----------------------------------------------------------------------------------------


def test_the_usual_sizes_come_from_the_settings(world, settings, as_person):
    settings.CLUSTER_PRACTICES, settings.CLUSTER_PATIENTS = "5-6", "1000-2000"
    assert size_band() == SizeBand((5, 6), (1000, 2000), 12)
    assert summary_of(world.rowan, on=world.today).size_notes == [
        "7 practices: more than the usual 5 to 6",
        "35,000 patients: more than the usual 1,000 to 2,000",
    ]
    assert "5 to 6 practices and 1,000 to 2,000 patients" in text(as_person(world.callum))
    assert "5 to 6 practices" in as_person(world.priya).get(reverse("clusters:cluster_list")).content.decode()


@pytest.mark.parametrize("wrong", ["4", "8-4", "few-many", ""])
def test_a_band_that_is_not_one_stops_the_portal_from_guessing(settings, wrong):
    settings.CLUSTER_PRACTICES = wrong
    with pytest.raises(ImproperlyConfigured, match="CLUSTER_PRACTICES"):
        size_band()


def test_from_twelve_practices_on_the_note_is_stronger():
    assert "engagement" in size_notes(practices=12, patients=30_000)[0]
    assert "engagement" not in size_notes(practices=11, patients=30_000)[0]
    assert size_notes(practices=8, patients=30_000) == []


def test_out_of_hours_is_one_answer_for_make_up_and_kind(world):
    night = create_cluster(name="Night", lead_hscp=world.strath, starts_on=world.since, make_up="OOH", by=world.priya)
    assert (night.kind, night.make_up) == ("OOH", "OOH")


def test_the_page_costs_the_same_with_more_in_it(world, as_person, django_assert_num_queries):
    callum = as_person(world.callum)
    note(world, world.heather)
    note_freed_time(cluster=world.rowan, year=year_of(world.today), sessions=Decimal(1), note="", by=world.callum)
    callum.get(path())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        callum.get(path())
    for n in range(20):
        stamp = {"noted_at": timezone.now(), "noted_by": world.heather}
        day = world.today - timedelta(days=n)
        Development.objects.create(
            cluster=world.rowan, stage="FORMING", support="LIGHT", note=f"Note {n}", starts_on=day, **stamp
        )
        FreedTime.objects.create(cluster=world.rowan, year=2020 - n, sessions=n, **stamp)
    with django_assert_num_queries(len(one)):
        callum.get(path())


TERMS = {
    "responsibilities": "The quality work of seven practices",
    "structure": "Callum chairs",
    "outputs": "Minutes within a week",
    "terms": "Reviewed every year",
    "terms_link": "https://example.org/terms",
    "adopted_on": "2025-11-12",
}


def test_its_lead_sets_down_the_terms_and_everybody_reads_them(world, as_person):
    yesterday = world.today - timedelta(days=1)
    sent = {**TERMS, "adopted_on": str(yesterday - timedelta(days=9)), "review_on": str(yesterday), "version": 1}
    answer = as_person(world.callum).post(path("terms"), sent)
    assert answer.url == path()
    page = text(as_person(world.asha))
    for said in ("The quality work of seven practices", "Callum chairs", "Minutes within a week"):
        assert said in page
    for said in ("Reviewed every year", 'href="https://example.org/terms"', "They were to be reviewed by"):
        assert said in page
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.actor) == ("forum described", "Callum Reid")


def test_terms_saved_by_somebody_else_meanwhile_are_not_lost(world, as_person):
    as_person(world.callum).post(path("terms"), {**TERMS, "version": 1})
    answer = as_person(world.isla).post(path("terms"), {"structure": "Isla chairs", "version": 1})
    assert answer.status_code == 409
    assert "Callum chairs" in answer.content.decode()
    assert "Callum chairs" in text(as_person(world.asha))


def test_a_review_before_the_adoption_is_refused(world, as_person):
    sent = {"adopted_on": str(world.today), "review_on": str(world.today), "version": 1}
    page = as_person(world.callum).post(path("terms"), sent).content.decode()
    assert "The review comes after the terms were adopted" in page
    assert "Nobody has written down its terms yet." in text(as_person(world.asha))
