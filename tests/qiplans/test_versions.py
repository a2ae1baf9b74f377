"""Versions of a plan are kept, read, compared and signed; the plan is a file; and its day comes onto the agenda."""

import re
from datetime import timedelta
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from docx import Document
from pypdf import PdfReader

from qiplans import services
from qiplans.models import PlanVersion, SignOff, VersionLine
from qiplans.selectors.agenda import plan_lines
from qiplans.services import versions
from shared.dates import in_words
from tests.qiplans.conftest import a_meeting
from tests.qiplans.studios import AT
from tests.qiplans.test_votes import body

PLAN = "/clusters/rowan/plan/"


def agreed(world, work):
    """Version 1, agreed by a meeting."""
    work.plan.refresh_from_db()
    services.agree_plan(by=world.callum, plan=work.plan, meeting=a_meeting(world), version=work.plan.version)
    return PlanVersion.objects.order_by("-number").first()


def test_each_agreed_version_is_kept_and_compared(world, as_person, work):
    first = agreed(world, work)
    services.change_priority(
        by=world.callum,
        priority=work.priority,
        version=1,
        title="Recall of everybody",
        purpose="Nobody is lost.",
        orientation="EXTR",
    )
    callum, path = as_person(world.callum), f"/plans/{work.plan.pk}/versions/"
    page = body(callum.get(f"{path}1/"))
    assert "<h2>Diabetes recall</h2>" in page
    assert "What changed since" in page
    assert "Recall of everybody" in page
    above = body(as_person(world.heather).get(f"{path}1/"))
    assert "Diabetes recall" in above
    assert "Recall of everybody" not in above
    services.add_priority(by=world.callum, plan=work.plan, title="Frailty", purpose="Fewer falls.")
    second = agreed(world, work)
    assert (first.number, second.number, second.lines.count()) == (1, 2, 2)
    assert first.lines.get().title == "Diabetes recall"
    page = body(callum.get(f"{path}2/"))
    assert "Recall of everybody: changed" in page
    assert "Frailty: added" in page
    assert "Intrinsic: among our own practices" in page
    assert callum.get(f"{path}3/").status_code == 404
    assert as_person(world.nell).get(f"{path}1/").status_code == 404


def test_leads_sign_for_what_is_theirs_and_nobody_is_nagged(world, as_person, work):
    sign = f"/plans/{work.plan.pk}/sign/"
    early = as_person(world.callum).post(sign, follow=True)
    assert "there is nothing to sign" in body(early)
    version = agreed(world, work)
    for _ in range(2):
        as_person(world.callum).post(sign, {"version": 1})
        as_person(world.asha).post(sign, {"version": 1})
    assert as_person(world.pam).post(sign).status_code == 403
    rows = {(row.practice, row.signed_by) for row in SignOff.objects.all()}
    assert rows == {(None, world.callum), (world.alder, world.asha)}
    page = body(as_person(world.asha).get(PLAN))
    assert "Signed by 2" in page
    assert "Asha Rahman for Alder Medical Practice" in page
    assert "nobody is reminded: Ash Medical Practice" in page
    assert "Sign version" not in page
    assert "Sign version 1" in body(as_person(world.tom).get(PLAN))
    assert "Signed by" not in body(as_person(world.heather).get(PLAN))
    with pytest.raises(PermissionDenied):
        versions.sign_plan(by=world.pam, version=version, practices=[], for_cluster=False, at=AT)


def test_the_day_to_look_again_comes_onto_the_agenda(world, as_person, work):
    agreed(world, work)
    assert plan_lines(world.rowan.forum, on=world.today, reach=None) == []
    url = f"/plans/{work.plan.pk}/review/"
    assert "Write a date" in body(as_person(world.callum).post(url, {"review_on": "soon"}))
    as_person(world.callum).post(url, {"review_on": str(world.today)})
    assert "Looked at again on" in body(as_person(world.asha).get(PLAN))
    assert plan_lines(world.rowan.forum, on=world.today - timedelta(days=1), reach=None) == []
    (line,) = plan_lines(world.rowan.forum, on=world.today, reach=None)
    assert line.detail == "to be looked at again"
    late = as_person(world.morag).post(url, {"review_on": str(world.today + timedelta(days=7)), "version": ""})
    assert late.status_code == 409
    assert f"<td>{in_words(world.today)}</td><td>{in_words(world.today + timedelta(days=7))}</td>" in body(late)
    seen = re.search(r'name="version" value="(\d+)"', body(as_person(world.callum).get(url))).group(1)
    assert f'value="{seen}"' in body(late)
    as_person(world.callum).post(url, {"review_on": "", "version": seen})
    work.plan.refresh_from_db()
    assert work.plan.review_on is None


def test_who_read_another_version_does_not_sign_the_new_one(world, as_person, work):
    agreed(world, work)
    page = body(as_person(world.tom).get(PLAN))
    assert '<input type="hidden" name="version" value="1">' in page
    work.plan.refresh_from_db()
    services.add_priority(by=world.callum, plan=work.plan, title="Frailty", purpose="Fewer falls")
    agreed(world, work)
    said = body(as_person(world.tom).post(f"/plans/{work.plan.pk}/sign/", {"version": 1}, follow=True))
    assert "A newer version was agreed, version 2. Read it, then sign." in said
    assert not SignOff.objects.exists()


def test_plans_agreed_before_versions_were_kept_get_their_first(world, work):
    VersionLine.objects.filter(version=agreed(world, work)).delete()
    PlanVersion.objects.all().delete()
    import_module("qiplans.migrations.0010_versions").keep_what_was_agreed(apps, None)
    version = PlanVersion.objects.get()
    assert (version.number, version.plan, version.agreed_by) == (1, work.plan, world.callum)
    assert [(line.title, line.priority) for line in version.lines.all()] == [("Diabetes recall", work.priority)]


def words_of(answer):
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_plan_is_a_file_with_no_more_in_it_than_its_reader_may_read(world, as_person, work):
    agreed(world, work)
    pdf = as_person(world.callum).get(f"{PLAN}file.pdf")
    assert len(PdfReader(BytesIO(pdf.content)).pages) == 1
    inside = words_of(as_person(world.callum).get(f"{PLAN}file.docx"))
    assert "Diabetes recall" in inside
    assert "Texts for recall" in inside
    above = words_of(as_person(world.heather).get(f"{PLAN}file.docx"))
    assert "Diabetes recall" in above
    assert "Texts for recall" not in above
    assert as_person(world.callum).get(f"{PLAN}file.odt").status_code == 404
    assert as_person(world.callum).get(f"{PLAN}file.pdf?year=2020").status_code == 404
    assert as_person(world.nell).get(f"{PLAN}file.pdf").status_code == 404
