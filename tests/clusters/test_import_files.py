"""Older files load, and whatever is no list is refused in plain words: by page and by command alike."""

import codecs
import json
from contextlib import suppress
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from accounts.models import AuditEvent
from clusters.models import Cluster, Membership, PracticeList
from practices.models import ListSize, Practice
from practices.parsing.text import SIZE_LIMIT
from tests.clusters.test_import_pages import decide, fingerprint_on, text, upload
from tests.practices.lists import FIFE, HEADER, as_file, changed, practice, small

APRIL = date(2024, 4, 1)
GAELIC = "Practice Seòras – Gàidhlig"


@pytest.fixture(params=["page", "command"])
def bring(request, world, as_person, tmp_path):
    """`bring(data)` brings a file of 1 April 2024 by page or by command: the problems, or () once it is applied."""

    def by_page(data):
        priya = as_person(world.priya)
        shown = upload(priya, data, name="practices_apr2024.csv")
        if form := shown.context.get("form"):
            if "list" not in shown.context:
                listed = [(wrong.line, wrong.field, wrong.value, wrong.reason) for wrong in shown.context["problems"]]
                return listed or [(0, "file", "", said) for said in form.errors.get("file", [])]
            answers = {key: "later" for key in form.fields if key.startswith("missing")}
            answers |= {key: "refuse" for key in form.fields if key.startswith(("recode", "merger"))}
            decide(priya, "import_apply", shown.context["list"], fingerprint=fingerprint_on(shown), **answers)
        return []

    def by_command(data):
        file, out = tmp_path / "practices_apr2024.csv", StringIO()
        file.write_bytes(data)
        with suppress(SystemExit):
            call_command("import_practices", str(file), "--as-of", "2024-04-01", "--format", "json", stdout=out)
        rejected = json.loads(out.getvalue())["rejected"]
        return [(wrong["line"], wrong["field"], wrong["value"], wrong["reason"]) for wrong in rejected]

    return by_page if request.param == "page" else by_command


def older(rows):
    """As files were before 2019: no clusters, `Listsize`, an `_id` column from the site's own interface."""
    header = [
        "_id",
        *[{"PracticeListSize": "Listsize"}.get(h, h) for h in HEADER if h not in ("GPCluster", "DataZone")],
    ]
    rows = [{**row, "_id": str(n), "Listsize": row["PracticeListSize"]} for n, row in enumerate(rows)]
    return as_file(rows, header=header)


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_any_encoding_and_line_ending(bring, encoding, ends):
    rows = changed(small(), 10001, GPPracticeName=GAELIC)
    assert bring(as_file(rows, encoding=encoding, ends=ends)) == []
    assert Practice.objects.get(code="10001").name == GAELIC
    assert Membership.objects.filter(practice__code__startswith="10", starts_on=APRIL).count() == 12


def test_archived_codes_of_boards_and_hscps(bring):
    assert bring(as_file(changed(small(), 10021, HB="S08000018", HSCP="S37000014"))) == []
    assert Practice.objects.get(code="10021").hscp.code == FIFE


def test_a_file_from_before_clusters(bring):
    before = Cluster.objects.count()
    assert bring(older(small())) == []
    assert ListSize.objects.get(practice__code="10022", counted_on=APRIL).patients == 5010
    assert Practice.objects.get(code="10022").data_zone == ""
    assert Cluster.objects.count() == before
    assert not Membership.objects.filter(practice__code="10022").exists()


def test_a_file_of_exactly_the_limit(bring):
    data = as_file(small())
    assert bring(data + b"\n" * (SIZE_LIMIT - len(data))) == []
    assert Practice.objects.filter(code="10001").exists()


def workbook():
    book, out = Workbook(), BytesIO()
    book.active.append(HEADER)
    book.save(out)
    return out.getvalue()


def zipped():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("list.csv", as_file(small()))
    return out.getvalue()


def thousands():
    return as_file([practice(10000 + n, "Alpha") for n in range(10_000)])


NO_LISTS = {
    "nothing": (b"", "The file is empty."),
    "one byte": (b"x", "This column is missing."),
    "one byte above the limit": (b"x" * (SIZE_LIMIT + 1), "larger than 5 MB"),
    "a workbook": (workbook(), "an Excel workbook or a zip file"),
    "a zip file": (zipped(), "an Excel workbook or a zip file"),
    "an encrypted workbook": (codecs.decode("d0cf11e0a1b11ae1", "hex") + bytes(600), "an old Excel or Word file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "a picture"),
    "a web page": (b"\n<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
    "entities that explode": (b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]>', "an XML file"),
    "a program": (b"MZ\x90\x00\x03" + bytes(100), "not text"),
    "UTF-16": ("PracticeCode".encode("utf-16"), "text in UTF-16"),
    "UTF-16 without a mark": ("PracticeCode".encode("utf-16-le"), "not text"),
    "column names alone": (",".join(HEADER).encode(), "no practices"),
    "the wrong columns": (b"Date,Code,Name\n1,2,3\n", "The first line must hold the column names."),
    "semicolons": (as_file(small()).replace(b",", b";"), "not parted by commas"),
    "the list sizes by age": (b"Date,PracticeCode,HB,HSCP,Sex,AllAges\n1,2,3,4,5,6\n", "take the one with contact"),
    "ten thousand lines": (thousands(), "10,000 lines. Scotland has about 900 practices"),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_what_is_no_list_is_refused_in_plain_words(bring, name):
    data, says = NO_LISTS[name]
    events, practices = AuditEvent.objects.count(), Practice.objects.count()
    problems = bring(data)
    assert any(says in reason for _, _, _, reason in problems)
    for *_, reason in problems:
        assert reason.endswith(".")
        assert not any(word in reason for word in ("codec", "Error", "invalid", "None"))
    assert (AuditEvent.objects.count(), Practice.objects.count()) == (events, practices)
    assert not PracticeList.objects.exists()


def test_every_problem_is_named_at_once(bring):
    rows = changed(changed(small(), 10002, HB="X", PracticeListSize="1,234"), 10022, PracticeCode="1", PracticeType="9")
    assert [problem[:3] for problem in bring(as_file(rows))] == [
        (3, "PracticeListSize", "1,234"),
        (3, "HB", "X"),
        (11, "PracticeCode", "1"),
        (11, "PracticeType", "9"),
    ]
    assert not PracticeList.objects.exists()


def test_a_workbook_by_another_name_says_what_it_is(world, as_person):
    page = upload(as_person(world.priya), workbook(), name="practices_apr2024.csv")
    assert "This is an Excel workbook or a zip file, not a CSV file. Save it as “CSV UTF-8" in text(page)
