"""Practice lists by page: upload, preview, apply or lay aside, and what became of earlier ones."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Membership, PracticeList, RoleAssignment
from clusters.services import import_practice_file, upload_practice_list
from practices.models import ListSize, Practice
from tests.cast import person
from tests.practices.lists import as_file, changed, practice, renamed, small, without

APRIL, OCTOBER = date(2024, 4, 1), date(2024, 10, 1)
UPLOAD = reverse("clusters:import_upload")
LISTS = reverse("clusters:import_list")


@pytest.fixture
def loaded(world):
    """The registry with one list applied, beside the cast."""
    apply_now(world, small(), APRIL)
    return world


def apply_now(world, rows, as_of):
    import_practice_file(data=as_file([*cast_rows(), *rows]), file_name="first.csv", as_of=as_of, by=world.priya)


def cast_rows():
    """The practices of the cast, as they are: a list that says nothing new about them."""
    return [
        practice(
            int(p.code),
            p.memberships.get(ends_on=None).cluster.forum.name,
            size=5000,
            GPPracticeName=p.name,
            HSCP=p.hscp.code,
            HB=p.hscp.board.code,
        )
        for p in Practice.objects.filter(code__startswith="9").select_related("hscp__board")
    ]


def upload(client, rows, *, name="practices_oct2024.csv", as_of="", follow=True):
    data = rows if isinstance(rows, bytes) else as_file([*cast_rows(), *rows])
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data), "as_of": as_of}, follow=follow)


def october(rows):
    """Rename a cluster, move a practice, drop one, add one."""
    rows = without(renamed(rows, "Alpha", "Omega"), 10022)
    return [*changed(rows, 10012, GPCluster="Omega"), practice(10099, "Gamma/Delta", "S37000032", 900)]


# What nothing in `october` explains is left for later.
LATER = {"missing-10022": "later"}


def decide(client, name, waiting, **data):
    return client.post(reverse(f"clusters:{name}", args=[waiting.pk]), data, follow=True)


def fingerprint_on(page):
    return page.context["shown"].fingerprint


def text(page):
    return " ".join(page.content.decode().split())


def test_preview_shows_exactly_what_applying_does(loaded, as_person):
    priya = as_person(loaded.priya)
    page = upload(priya, october(small()))
    shown = text(page)
    assert "Alpha → <strong>Omega</strong>" in shown
    assert "10012 Practice 10012</a>: Beta Cluster → <strong>Omega</strong>" in shown
    assert "10022 Practice 10022" in shown
    assert "10099 Practice 10099" in shown
    assert "Check what will be done" in shown
    assert not Practice.objects.filter(code="10099").exists()
    preview = page.context["shown"]

    waiting = PracticeList.objects.get(state="PREVIEW")
    page = decide(priya, "import_apply", waiting, fingerprint=preview.fingerprint, **LATER)
    assert "The practice list of 1 October 2024 is applied." in text(page)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by, waiting.rows) == ("APPLIED", loaded.priya, {})
    assert waiting.outcome["details"] == preview.details
    assert waiting.outcome["report"] == {**preview.report, "dry_run": False}
    assert Membership.objects.get(practice__code="10012", ends_on=None).cluster.forum.name == "Omega"
    event = AuditEvent.objects.get(verb="practice list applied", by=loaded.priya, subject_id=waiting.pk)
    assert event.changes["moves"] == 1


def test_the_day_comes_from_the_name_or_the_box(loaded, as_person):
    priya = as_person(loaded.priya)
    upload(priya, october(small()))
    upload(priya, october(small()), name="any.csv", as_of="2025-01-01")
    assert set(PracticeList.objects.filter(state="PREVIEW").values_list("as_of", flat=True)) == {
        OCTOBER,
        date(2025, 1, 1),
    }


def test_a_name_without_a_day_asks_for_it(loaded, as_person):
    page = upload(as_person(loaded.priya), october(small()), name="practices.csv")
    assert page.status_code == 200
    assert page.context["form"].errors["as_of"] == [
        "The name of the file does not say from which day the list is. Choose the day."
    ]
    assert "<title>Error: Upload a practice list" in text(page)
    assert not PracticeList.objects.filter(state="PREVIEW").exists()


@pytest.mark.parametrize(
    ("name", "as_of", "field", "says"),
    [
        ("practices_oct2023.csv", "", "as_of", "applied already"),
        ("x.csv", "2024-03-31", "as_of", "applied already"),
        ("x.csv", "2999-01-01", "as_of", "day to come"),
        ("x.csv", "31/31/2024", "as_of", "Type the day"),
        ("practices 0101701233.csv", "2024-10-01", "file", "patient’s CHI number"),
    ],
)
def test_a_wrong_day_or_name_is_said_beside_its_box(loaded, as_person, name, as_of, field, says):
    page = upload(as_person(loaded.priya), october(small()), name=name, as_of=as_of)
    assert says in page.context["form"].errors[field][0]
    assert PracticeList.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 a workbook", "an Excel workbook"),
        (b"\x89PNG\r\n", "a picture"),
        (b"", "The file is empty"),
        (b"   ", "The file is empty"),
        (b"<html></html>", "a web page"),
        (b"a" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(loaded, as_person, data, says):
    page = upload(as_person(loaded.priya), data)
    error = page.context["form"].errors["file"][0]
    assert says in error
    assert PracticeList.objects.count() == 1


def test_every_problem_is_listed_and_nothing_kept(loaded, as_person):
    rows = changed(changed(small(), 10002, PracticeListSize="many"), 10013, HSCP="<b>S37</b>")
    page = upload(as_person(loaded.priya), rows)
    assert [(wrong.field, wrong.value) for wrong in page.context["problems"]] == [
        ("PracticeListSize", "many"),
        ("HSCP", "<b>S37</b>"),
    ]
    assert "&lt;b&gt;S37&lt;/b&gt;" in text(page)
    assert "This list has 2 problems" in text(page)
    assert PracticeList.objects.count() == 1


def test_a_patient_number_is_refused_before_anything_is_kept(loaded, as_person):
    events = AuditEvent.objects.count()
    page = upload(as_person(loaded.priya), changed(small(), 10002, AddressLine2="0101701233"))
    assert "This cell holds a patient’s CHI number" in text(page)
    assert "0101701233" not in text(page)
    assert (PracticeList.objects.count(), AuditEvent.objects.count()) == (1, events)


def test_the_same_list_again_changes_nothing(loaded, as_person):
    page = upload(as_person(loaded.priya), small(), as_of="2024-04-01")
    assert "This list changes nothing (0 changes)" in text(page)
    assert "was applied by Priya Nair" in text(page)
    assert not PracticeList.objects.filter(state="PREVIEW").exists()


def test_a_double_click_lands_on_the_same_list(loaded, as_person):
    first = upload(as_person(loaded.priya), october(small()))
    second = upload(as_person(loaded.priya), october(small()))
    assert first.redirect_chain == second.redirect_chain
    assert PracticeList.objects.filter(state="PREVIEW").count() == 1


def test_the_second_administrator_is_told(loaded, as_person):
    other = person(loaded, "Quinn Other")
    RoleAssignment.objects.create(person=other, role=Role.REGISTRY_ADMIN, starts_on=loaded.since)
    page = upload(as_person(loaded.priya), october(small()))
    waiting = page.context["list"]
    decide(as_person(loaded.priya), "import_apply", waiting, fingerprint=fingerprint_on(page), **LATER)
    sizes = ListSize.objects.count()
    page = decide(as_person(other), "import_apply", waiting, fingerprint=fingerprint_on(page))
    assert "The practice list of 1 October 2024 was applied by Priya Nair on" in text(page)
    page = decide(as_person(other), "import_lay_aside", waiting)
    assert "was applied by Priya Nair on" in text(page)
    waiting.refresh_from_db()
    assert (waiting.state, ListSize.objects.count()) == ("APPLIED", sizes)


def test_a_registry_that_changed_meanwhile_shows_the_preview_again(loaded, as_person):
    priya = as_person(loaded.priya)
    page = upload(priya, october(small()))
    waiting = page.context["list"]
    Practice.objects.filter(code="10099").delete()
    Practice.objects.filter(code="10013").update(phone="01632 960 777")
    again = decide(priya, "import_apply", waiting, fingerprint=fingerprint_on(page))
    assert "The registry has changed since this preview was made. Nothing was applied" in text(again)
    assert "01632 960 777 → <strong>01632 960 001</strong>" in text(again)
    waiting.refresh_from_db()
    assert waiting.state == "PREVIEW"
    decide(priya, "import_apply", waiting, fingerprint=fingerprint_on(again), **LATER)
    waiting.refresh_from_db()
    assert waiting.state == "APPLIED"


def test_a_newer_list_applied_meanwhile_bars_the_older(loaded, as_person):
    priya = as_person(loaded.priya)
    page = upload(priya, october(small()))
    waiting = page.context["list"]
    apply_now(loaded, small(), date(2025, 1, 1))
    again = decide(priya, "import_apply", waiting, fingerprint=fingerprint_on(page))
    assert "applied already" in text(again)
    assert "Apply as the list" not in text(again)
    waiting.refresh_from_db()
    assert waiting.state == "PREVIEW"


def test_a_list_laid_aside_lets_go_of_what_it_said(loaded, as_person):
    priya = as_person(loaded.priya)
    waiting = upload(priya, october(small())).context["list"]
    page = decide(priya, "import_lay_aside", waiting)
    assert "is laid aside. Nothing was applied." in text(page)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows, waiting.decided_by) == ("ASIDE", {}, loaded.priya)
    assert AuditEvent.objects.filter(verb="practice list laid aside", by=loaded.priya).count() == 1
    page = priya.get(reverse("clusters:import_preview", args=[waiting.pk]))
    assert "Nothing of this list was applied" in text(page)
    again = decide(priya, "import_apply", waiting, fingerprint="x")
    assert "was laid aside by Priya Nair" in text(again)


def test_a_list_that_leaves_out_many_is_questioned(loaded, as_person):
    page = upload(as_person(loaded.priya), as_file(small()))
    assert "Is this the whole list?" in text(page)


def test_an_auditor_reads_but_changes_nothing(loaded, as_person):
    waiting = upload(as_person(loaded.priya), october(small())).context["list"]
    olive = as_person(loaded.olive)
    page = olive.get(reverse("clusters:import_preview", args=[waiting.pk]))
    assert "Alpha → <strong>Omega</strong>" in text(page)
    assert "Apply as the list" not in text(page)
    assert "Upload a practice list" not in text(olive.get(LISTS))
    for name in ("import_apply", "import_lay_aside"):
        assert olive.post(reverse(f"clusters:{name}", args=[waiting.pk])).status_code == 403
    assert upload(olive, october(small())).status_code == 403


def test_strangers_find_nothing(loaded, as_person):
    waiting = upload(as_person(loaded.priya), october(small())).context["list"]
    for who in (loaded.nell, loaded.callum, loaded.heather):
        client = as_person(who)
        for path in (LISTS, UPLOAD, reverse("clusters:import_preview", args=[waiting.pk])):
            assert client.get(path).status_code == 404
        assert decide(client, "import_apply", waiting).status_code == 404
    assert as_person(loaded.priya).get(reverse("clusters:import_preview", args=[waiting.pk + 1])).status_code == 404


def test_the_list_of_lists_says_what_became_of_each(loaded, as_person):
    waiting = upload(as_person(loaded.priya), october(small())).context["list"]
    shown = text(as_person(loaded.olive).get(LISTS))
    assert "Waiting for a decision" in shown
    assert "Applied on" in shown
    assert "13 added" in shown
    assert reverse("clusters:import_preview", args=[waiting.pk]) in shown


def test_an_empty_list_of_lists_says_so(world, as_person):
    assert "No practice list has been brought yet" in text(as_person(world.priya).get(LISTS))


def test_the_list_of_lists_takes_the_same_queries_for_one_and_twenty(loaded, as_person):
    priya = as_person(loaded.priya)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert priya.get(LISTS).status_code == 200
        return len(captured)

    one = queries()
    for n in range(19):
        day = OCTOBER + timedelta(days=n)
        upload_practice_list(data=as_file(october(small())), file_name="x.csv", as_of=day, by=loaded.priya)
    assert queries() == one
