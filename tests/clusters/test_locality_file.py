"""Localities from a file of data zones: uploaded, shown, confirmed; a second time nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Right
from clusters.selectors import reach_of
from clusters.services import change_locality
from practices.models import Locality, Practice

UPLOAD, CONFIRM = reverse("clusters:locality_upload"), reverse("clusters:locality_confirm")
LIST = reverse("clusters:locality_list")


@pytest.fixture
def zoned(world):
    """Every practice in a data zone of its own; those of Strath are in East Strath, as in the cast."""
    for number, practice in enumerate(Practice.objects.order_by("code")):
        Practice.objects.filter(pk=practice.pk).update(data_zone=f"S01{900001 + number}")
    return world


def zone(practice):
    return Practice.objects.get(pk=practice.pk).data_zone


def a_file(w, **to):
    """A file that puts the named practices where it says, and all others of Strath into East Strath."""
    rows = {zone(p): "East Strath" for p in Practice.objects.filter(hscp=w.strath)}
    rows |= {zone(getattr(w, name)): place for name, place in to.items()}
    return "DataZone,Locality\n" + "".join(f"{code},{place}\n" for code, place in rows.items())


def upload(client, w, text, *, name="zones.csv", hscp=None):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(UPLOAD, {"hscp": (hscp or w.strath).code, "file": SimpleUploadedFile(name, data)}, follow=True)


def confirm(client, page, *clusters):
    said = {name: page.context["form"].initial[name] for name in ("said", "fingerprint")}
    return client.post(CONFIRM, {**said, "clusters": [c.pk for c in clusters]}, follow=True)


def text(page):
    return " ".join(page.content.decode().split())


NORTH = {"pine": "North Strath", "spruce": "North Strath"}


def test_the_preview_says_what_confirming_does(zoned, as_person):
    priya = as_person(zoned.priya)
    page = upload(priya, zoned, a_file(zoned, **NORTH) + "S01999999,East Strath\n")
    shown = text(page)
    for words in (
        "11 data zones, 1 of them without a practice",
        "Localities that begin (1)",
        "Practices that get a locality, or another one (2)",
        "Pine Medical Practice</a>: East Strath → <strong>North Strath</strong>",
        "8 practices lie where the file says already",
        "Larch to North Strath (2 of 3 practices lie there, now in East Strath)",
    ):
        assert words in shown
    assert not Locality.objects.filter(name="North Strath").exists()
    assert not AuditEvent.objects.exists()

    done = confirm(priya, page, zoned.larch)
    assert "2 practices of" in text(done)
    north = Locality.objects.get(name="North Strath")
    zoned.larch.refresh_from_db()
    assert zoned.larch.locality == north
    assert {p.name.split()[0] for p in north.practices.all()} == {"Pine", "Spruce"}
    told = AuditEvent.objects.get(verb="localities read from data zones")
    assert told.by == zoned.priya
    assert told.changes["file"] == "zones.csv"
    assert (told.changes["localities"], told.changes["practices"], told.changes["clusters"]) == (1, 2, 1)
    assert len(told.changes["hash"]) == 64
    assert AuditEvent.objects.filter(verb="locality set").count() == 3


def test_a_second_time_changes_nothing(zoned, as_person):
    priya = as_person(zoned.priya)
    confirm(priya, upload(priya, zoned, a_file(zoned, **NORTH)), zoned.larch)
    events = AuditEvent.objects.count()
    page = upload(priya, zoned, a_file(zoned, **NORTH))
    assert "This file changes nothing" in text(page)
    assert AuditEvent.objects.count() == events


def test_a_cluster_follows_only_when_it_is_ticked(zoned, as_person):
    priya = as_person(zoned.priya)
    page = upload(priya, zoned, a_file(zoned, **NORTH))
    assert page.context["form"].fields["clusters"].initial == []
    confirm(priya, page, zoned.birch)
    zoned.larch.refresh_from_db()
    zoned.birch.refresh_from_db()
    assert (zoned.larch.locality, zoned.birch.locality) == (zoned.east, None)


def test_a_cluster_without_a_locality_is_ticked_already(zoned, as_person):
    zoned.larch.locality = None
    zoned.larch.save()
    page = upload(as_person(zoned.priya), zoned, a_file(zoned))
    assert page.context["form"].fields["clusters"].initial == [zoned.larch.pk]


def test_it_changes_who_reaches_what(zoned, as_person):
    assert zoned.rowan.pk in reach_of(zoned.rhona, on=zoned.today).clusters(Right.OVERSEE)
    priya = as_person(zoned.priya)
    names = {
        p.name.split()[0].lower(): "West Strath" for p in Practice.objects.filter(memberships__cluster=zoned.rowan)
    }
    confirm(priya, upload(priya, zoned, a_file(zoned, **names)), zoned.rowan)
    assert reach_of(zoned.rhona, on=zoned.today).clusters(Right.OVERSEE) == {zoned.larch.pk}


def test_what_the_file_does_not_say_stays(zoned, as_person):
    Practice.objects.filter(pk=zoned.yew.pk).update(data_zone="")
    page = upload(as_person(zoned.priya), zoned, f"DataZone,Locality\n{zone(zoned.alder)},West Strath\n")
    plan = page.context["plan"]
    assert [p.pk for p in plan.without_zone] == [zoned.yew.pk]
    assert len(plan.not_in_file) == 8
    confirm(as_person(zoned.priya), page)
    zoned.beech.refresh_from_db()
    assert zoned.beech.locality == zoned.east


def test_closed_practices_and_those_of_others_are_let_alone(zoned, as_person):
    Practice.objects.filter(pk=zoned.alder.pk).update(closed_on=zoned.today - timedelta(days=1))
    priya = as_person(zoned.priya)
    names = {"alder": "West Strath", "gean": "West Strath", "beech": "West Strath"}
    confirm(priya, upload(priya, zoned, a_file(zoned, **names)))
    places = [Practice.objects.get(pk=getattr(zoned, name).pk).locality for name in names]
    assert places == [zoned.east, None, zoned.west]


def test_the_second_of_two_is_told(zoned, as_person):
    priya, isla = as_person(zoned.priya), as_person(zoned.isla)
    mine, hers = (upload(client, zoned, a_file(zoned, **NORTH)) for client in (priya, isla))
    confirm(isla, hers, zoned.larch)
    events = AuditEvent.objects.count()
    page = confirm(priya, mine, zoned.larch)
    assert "The registry has changed since this was shown. Nothing was done" in text(page)
    assert AuditEvent.objects.count() == events


def test_somebody_who_set_one_by_hand_meanwhile_is_not_overruled_unseen(zoned, as_person):
    priya = as_person(zoned.priya)
    page = upload(priya, zoned, a_file(zoned, **NORTH))
    change_locality(locality=zoned.west, name="West Strath", practices=[zoned.pine], clusters=[], by=zoned.isla)
    again = confirm(priya, page)
    assert "West Strath → <strong>North Strath</strong>" in text(again)
    confirm(priya, again)
    assert Practice.objects.get(pk=zoned.pine.pk).locality.name == "North Strath"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"DataZone,Locality\nx,\n", "zones.csv", "2 problems, named below"),
        (b"", "zones.csv", "The file is empty"),
        (b"PK\x03\x04", "zones.csv", "an Excel workbook"),
        (b"a" * (5 * 1024 * 1024 + 1), "zones.csv", "larger than 5 MB"),
        (b"DataZone,Locality\nS01900001,East\n", "0101701233.csv", "patient"),
    ],
)
def test_what_cannot_be_taken_is_said(zoned, as_person, data, name, words):
    page = upload(as_person(zoned.priya), zoned, data, name=name)
    assert words in str(page.context["form"].errors["file"])
    assert "<title>Error:" in text(page)
    assert not AuditEvent.objects.exists()


def test_problems_are_named_by_line_and_column(zoned, as_person):
    page = upload(as_person(zoned.priya), zoned, b"DataZone,Locality\nx,East\n")
    assert "<td>2</td><td>DataZone</td>" in text(page)


def test_what_the_preview_sends_is_for_its_reader_alone_and_not_to_be_forged(zoned, as_person):
    page = upload(as_person(zoned.priya), zoned, a_file(zoned, **NORTH))
    said = page.context["form"].initial
    for client, sent in (
        (as_person(zoned.isla), dict(said)),
        (as_person(zoned.priya), {**said, "said": said["said"][:-2]}),
        (as_person(zoned.priya), {"fingerprint": "x"}),
    ):
        answer = client.post(CONFIRM, sent, follow=True)
        assert "Choose the file again" in text(answer)
    assert not AuditEvent.objects.exists()


def test_isla_only_for_her_hscp(zoned, as_person):
    isla = as_person(zoned.isla)
    page = upload(isla, zoned, a_file(zoned), hscp=zoned.neighbour)
    assert "Choose an HSCP from the list" in str(page.context["form"].errors["hscp"])
    assert isla.get(UPLOAD).context["form"].fields["hscp"].initial == zoned.strath


def test_strangers_are_turned_away(zoned, as_person):
    for who in ("nell", "heather", "rhona", "una"):
        assert as_person(getattr(zoned, who)).get(UPLOAD).status_code == 404
        assert as_person(getattr(zoned, who)).post(CONFIRM).status_code == 404
    assert as_person(zoned.olive).post(CONFIRM).status_code == 403


def test_one_practice_and_many_take_the_same_queries(zoned, as_person):
    priya = as_person(zoned.priya)

    def queries(**to):
        page = upload(priya, zoned, a_file(zoned, **to))
        with CaptureQueriesContext(connection) as seen:
            confirm(priya, page)
        return len(seen)

    queries(ash="West Strath")
    few = queries(ash="East Strath", beech="West Strath")
    many = queries(**dict.fromkeys(("ash", "elm", "hazel", "holly", "willow", "pine"), "West Strath"))
    assert many == few
