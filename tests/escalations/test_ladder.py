"""The ladder of an HSCP and its contacts: set in the registry, climbed by its clusters."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent
from clusters.models import Cluster, Forum
from escalations.models import Rung, SafetyContacts
from escalations.selectors import contacts_mark, ladder_mark, ladder_of
from escalations.services import RungEntry, set_ladder, set_safety_contacts
from office.models import Draft
from office.services import keep_draft
from tests.escalations.story import raised, refer_up
from tests.house.rows.escalations import rungs


def names(cluster):
    cluster = Cluster.objects.select_related("forum", "lead_hscp").get(pk=cluster.pk)
    return [rung.forum.name for rung in ladder_of(cluster)]


def test_without_a_ladder_of_its_own_the_national_route_is_taken(world):
    above = ["East Strath quality group", "East Strath management team", "Strath clinical and care governance"]
    assert names(world.rowan) == ["Rowan", *above, "Board clinical governance committee"]
    assert names(world.birch) == ["Birch"] + (
        ["Board clinical governance committee"] if world.neighbour.board_id == world.board.pk else []
    )


def test_a_rung_leads_to_the_forum_of_the_clusters_own_locality(world):
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("LOC_QUAL", decide_within_days=5)])
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    assert names(world.rowan) == ["Rowan", "East Strath quality group"]
    assert names(world.larch) == ["Larch", "West Strath locality quality group"]
    Cluster.objects.filter(pk=world.larch.pk).update(locality=None)
    assert names(world.larch) == ["Larch"]
    Forum.objects.create(kind="LOC_QUAL", name="Strath-wide quality", slug="sw", hscp=world.strath)
    assert names(world.larch) == ["Larch", "Strath-wide quality"]


def test_missing_forums_are_made_with_the_local_name(world):
    set_ladder(
        hscp=world.neighbour,
        by=world.priya,
        rungs=[RungEntry("LOC_QUAL", "Quality circle"), RungEntry("HSCP_GOV"), RungEntry("BOARD")],
    )
    assert names(world.birch)[1:3] == [
        f"{world.neighbour.name} quality circle",
        f"{world.neighbour.name} HSCP clinical and care governance",
    ]


def test_days_and_pinned_groups(world):
    extra = Forum.objects.create(kind="TASK", name="Access group", slug="access", hscp=world.strath)
    entries = [RungEntry("TASK", forum=extra, decide_within_days=3), RungEntry("HSCP_GOV")]
    set_ladder(hscp=world.strath, by=world.priya, rungs=entries)
    assert names(world.rowan) == ["Rowan", "Access group", "Strath clinical and care governance"]
    assert Rung.objects.get(position=1).decide_within_days == 3


def test_one_kind_twice_needs_a_certain_group(world):
    with pytest.raises(ValidationError, match="stands twice"):
        set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("HSCP_GOV"), RungEntry("HSCP_GOV")])


def test_what_stands_on_a_rung_that_goes_climbs_on(world):
    esc = raised(world, skip_cluster=True)
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("HSCP_GOV")])
    assert refer_up(escalation=esc, by=world.rhona, reasons="Up.").forum == world.governance


def test_the_administrator_sets_it_on_the_page(world, as_person):
    priya, path = as_person(world.priya), f"/registry/ladders/{world.strath.code}/"
    assert "East Strath quality group" in priya.get(path).content.decode()
    form = rungs(world)
    form |= {"rung-0-position": "2", "rung-3-position": "1", "rung-3-kind": "HSCP_GOV", "rung-3-name": "Governance"}
    assert priya.post(path, form).status_code == 302
    assert [r.kind for r in Rung.objects.order_by("position")] == ["HSCP_GOV", "LOC_QUAL"]
    assert AuditEvent.objects.filter(verb="set the escalation ladder", by=world.priya).count() == 1
    assert "1 Governance" in priya.get("/registry/ladders/").content.decode()


def test_errors_stand_beside_the_field(world, as_person):
    priya, path = as_person(world.priya), f"/registry/ladders/{world.strath.code}/"
    form = rungs(world)
    for changed, sentence in (
        ({"rung-0-decide_within_days": "0"}, "greater than or equal to 1"),
        ({"rung-0-position": ""}, "Give its place"),
        ({"rung-1-kind": "LOC_QUAL"}, "stands twice"),
        ({"rung-0-forum": str(world.governance.pk)}, "choose that kind"),
        ({"rung-0-kind": "CLUSTER"}, "Select a valid choice"),
    ):
        page = priya.post(path, {**form, **changed}).content.decode()
        assert sentence in page
        assert "Error: Ladder" in page
    assert not Rung.objects.exists()


def test_contacts_are_set_and_shown_on_the_form(world, as_person):
    path = f"/registry/ladders/{world.strath.code}/contacts/"
    form = {
        "safety_incident": "Datix",
        "child_protection": "Child line 01234 567890",
        "first_lead": str(world.heather.pk),
        "second_lead": str(world.rhona.pk),
        "seen": contacts_mark(world.strath),
    }
    assert as_person(world.priya).post(path, form).status_code == 302
    assert "Child line 01234 567890" in as_person(world.asha).get("/clusters/rowan/escalations/new/").content.decode()
    event = AuditEvent.objects.get(verb="set safety contacts")
    assert "Datix" not in str(event.changes)
    assert event.changes["words"] == ["safety_incident", "child_protection"]


def test_the_two_leads_are_two(world, as_person):
    path = f"/registry/ladders/{world.strath.code}/contacts/"
    form = {"safety_incident": "Datix", "first_lead": str(world.heather.pk), "second_lead": str(world.heather.pk)}
    page = as_person(world.priya).post(path, form).content.decode()
    assert "Name two different people" in page
    assert "Datix" in page
    assert not SafetyContacts.objects.exists()
    with pytest.raises(ValidationError):
        set_safety_contacts(hscp=world.strath, by=None, first_lead=world.heather, second_lead=world.heather)


def test_the_registry_is_not_for_strangers(world, as_person):
    for path in ("", f"{world.strath.code}/", f"{world.strath.code}/contacts/"):
        assert as_person(world.nell).get(f"/registry/ladders/{path}").status_code == 404
    assert as_person(world.priya).get("/registry/ladders/S99/").status_code == 404
    assert as_person(world.olive).get("/registry/ladders/").status_code == 200
    assert "Change</th>" not in as_person(world.olive).get("/registry/ladders/").content.decode()


def test_of_two_who_set_the_ladder_the_second_sees_both(world, as_person):
    priya, path = as_person(world.priya), f"/registry/ladders/{world.strath.code}/"
    form = rungs(world)
    set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("HSCP_GOV", "Governance", 7)])
    answer = priya.post(path, {**form, "rung-0-name": "My quality group"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "It is now: 1 Governance (7 working days)" in page
    assert "My quality group" in page
    assert [r.kind for r in Rung.objects.all()] == ["HSCP_GOV"]
    assert priya.post(path, {**form, "seen": ladder_mark(world.strath)}).status_code == 302
    assert [r.kind for r in Rung.objects.all()] == ["LOC_QUAL"]


def test_of_two_who_set_the_contacts_the_second_sees_both(world, as_person):
    priya, path = as_person(world.priya), f"/registry/ladders/{world.strath.code}/contacts/"
    form = {"safety_incident": "Datix", "seen": contacts_mark(world.strath)}
    set_safety_contacts(hscp=world.strath, by=world.priya, safety_incident="InPhase")
    page = priya.post(path, form).content.decode()
    assert "safety incident: InPhase" in page
    assert 'value="Datix"' in page
    assert SafetyContacts.objects.get().safety_incident == "InPhase"
    assert priya.post(path, {**form, "seen": contacts_mark(world.strath)}).status_code == 302
    assert SafetyContacts.objects.get().safety_incident == "Datix"


def test_only_who_keeps_the_registry_sets_them(world):
    for person in (world.olive, world.heather, world.nell):
        with pytest.raises(PermissionDenied):
            set_ladder(hscp=world.strath, by=person, rungs=[])
        with pytest.raises(PermissionDenied):
            set_safety_contacts(hscp=world.strath, by=person)


def test_typed_rungs_and_contacts_are_kept(world, as_person):
    priya, path = as_person(world.priya), f"/registry/ladders/{world.strath.code}/"
    keep_draft(owner=world.priya, key=f"escalations:ladder:{world.strath.pk}",
               fields={**rungs(world), "rung-0-name": "Half a na"})  # fmt: skip
    keep_draft(
        owner=world.priya, key=f"escalations:contacts:{world.strath.pk}", fields={"safety_incident": "Half a sy"}
    )
    for page, words in ((path, "Half a na"), (f"{path}contacts/", "Half a sy")):
        told = priya.get(page).content.decode()
        assert words in told
        assert "We kept what you typed" in told
        assert "There is a problem" not in told
    assert priya.post(path, rungs(world)).status_code == 302
    assert not Draft.objects.filter(key__startswith="escalations:ladder").exists()


def test_no_patient_number_becomes_the_name_of_a_rung(world):
    with pytest.raises(ValidationError):
        set_ladder(hscp=world.strath, by=world.priya, rungs=[RungEntry("BOARD", "CHI 010203 0004")])
