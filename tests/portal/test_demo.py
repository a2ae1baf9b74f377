"""The command: where it may run, what it refuses, on which days and files it builds."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from clusters.models import Cluster, RoleAssignment
from clusters.selectors import members_of
from escalations.models import Escalation
from meetings.models import Ask, Meeting
from portal.demo import people, places
from portal.demo.building.places import code_of, practice_list
from portal.management.commands.demo import FLAG
from practices.models import HSCP, ListSize, Locality, Practice
from shared.dates import today, working_days_between
from tests.portal.demo_runs import REAL, counts, events_to_come, run

# --- Whether it may be built -----------------------------------------------------------------------


def test_refuses_without_debug_or_flag(db):
    with pytest.raises(CommandError, match=FLAG):
        call_command("demo", skip_checks=True)
    assert not Practice.objects.exists()
    assert not User.objects.exists()


def test_refuses_a_database_with_practices_of_others(world):
    before = counts()
    with pytest.raises(CommandError, match="did not make"):
        call_command("demo", is_allowed=True, skip_checks=True)
    assert counts() == before


def test_refuses_when_somebody_has_an_address_of_the_cast(db):
    User.objects.create_user("callum@example.org", "Somebody Else")
    with pytest.raises(CommandError, match=r"callum@example\.org"):
        call_command("demo", is_allowed=True, skip_checks=True)
    assert not Practice.objects.exists()


def test_sign_in_page_names_the_cast_in_a_demo_only(db, client, settings):
    assert people.PASSWORD not in client.get("/accounts/login/").content.decode()
    settings.DEMO = True
    page = client.get("/accounts/login/").content.decode()
    assert people.PASSWORD in page
    assert set(re.findall(r"<dt>(\w+)@example\.org</dt>", page)) == {key for key, _, _, _ in people.CAST}


def test_codes_and_names_are_nobodys(practice_data):
    with (practice_data / REAL).open(encoding="utf-8-sig") as file:
        real = list(csv.DictReader(file))
    codes = {code_of(place.key) for grouping in places.CLUSTERS for place in grouping.practices}
    names = {place.name.casefold() for grouping in places.CLUSTERS for place in grouping.practices}
    codes |= {code_of(former.place.key) for former in places.FORMERS}
    names |= {former.place.name.casefold() for former in places.FORMERS}
    assert len(codes) == sum(len(grouping.practices) for grouping in places.CLUSTERS) + len(places.FORMERS)
    assert not codes & {row["PracticeCode"] for row in real}
    assert not names & {row["GPPracticeName"].casefold() for row in real}
    assert not {g.name.casefold() for g in places.CLUSTERS} & {row["GPCluster"].casefold() for row in real}


@pytest.mark.once
@pytest.mark.parametrize("day", ["2027-01-02", "2028-02-29"])
def test_it_never_grows_old(db, day):
    """A Saturday among holidays, and a leap day."""
    with time_machine.travel(f"{day} 08:00", tick=False):
        call_command("demo", is_allowed=True, skip_checks=True)
        assert Meeting.objects.filter(state=Meeting.State.DRAFT).count() == 1
        planned = Meeting.objects.filter(state=Meeting.State.PLANNED)
        assert min(planned.values_list("held_on", flat=True)) > today()
        held = Meeting.objects.exclude(state__in=[Meeting.State.PLANNED, Meeting.State.CANCELLED])
        assert max(held.values_list("held_on", flat=True)) <= today()
        assert Escalation.objects.count() == 10
        waiting = Ask.objects.live().filter(state=Ask.State.WAITING).order_by("asked_at")[0]
        assert working_days_between(timezone.localdate(waiting.asked_at), today()) == 9
        assert events_to_come() == []


# --- On a practice file ----------------------------------------------------------------------------


@pytest.fixture
def young_file(tmp_path) -> Path:
    """A practice list of today, in the form of the real ones."""
    lead, neighbour = (HSCP.objects.get(code=code) for code in (places.LEAD_HSCP, places.NEIGHBOUR_HSCP))
    file = tmp_path / "practices.csv"
    file.write_bytes(practice_list(3, of=9, lead=lead, neighbour=neighbour))
    return file


def test_on_a_file_of_today(db, young_file, capsys):
    shown = run(capsys, practices=young_file, as_of=today())
    assert "callum@example.org" in shown
    assert set(ListSize.objects.values_list("counted_on", flat=True)) == {today()}
    assert Meeting.objects.count() > 25
    assert Escalation.objects.count() >= 8
    before = counts()
    assert "here already" in run(capsys, practices=young_file, as_of=today())
    assert counts() == before


def test_on_a_file_without_a_day(db, young_file):
    with pytest.raises(CommandError, match="--as-of"):
        call_command("demo", is_allowed=True, practices=young_file, skip_checks=True)
    assert not Practice.objects.exists()


def test_on_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("demo", is_allowed=True, practices=tmp_path / "none.csv", as_of=today(), skip_checks=True)


def test_on_a_wrong_file(db, young_file):
    before = counts()
    young_file.write_text(young_file.read_text().replace("PracticeListSize", "Size"))
    with pytest.raises(CommandError, match=r"line 1, PracticeListSize: This column is missing"):
        call_command("demo", is_allowed=True, practices=young_file, as_of=today(), skip_checks=True)
    assert counts() == before


def test_on_a_file_of_one_hscp(db, young_file):
    lines = young_file.read_text().splitlines(keepends=True)
    young_file.write_text("".join(line for line in lines if places.NEIGHBOUR_HSCP not in line))
    with pytest.raises(CommandError, match="two HSCPs"):
        call_command("demo", is_allowed=True, practices=young_file, as_of=today(), skip_checks=True)
    assert not Practice.objects.exists()


def test_on_the_real_file(db, practice_data, capsys):
    shown = run(capsys, practices=practice_data / REAL)
    assert Practice.objects.count() == 891
    assert Cluster.objects.count() == 149
    assert set(ListSize.objects.values_list("counted_on", flat=True)) == {date(2024, 4, 1)}
    callums = RoleAssignment.objects.get(person__email="callum@example.org", role=Role.CQL).cluster
    assert members_of(callums, on=today()).count() == 7
    assert callums.forum.name in shown
    assert Locality.objects.filter(name__startswith="Demo ").count() == 3
    assert Meeting.objects.count() > 25
    assert Escalation.objects.exists()
    nells = RoleAssignment.objects.get(person__email="nell@example.org").cluster
    assert nells.lead_hscp_id != callums.lead_hscp_id
    assert nells.lead_hscp.board_id == callums.lead_hscp.board_id
    gregors = RoleAssignment.objects.get(person__full_name="Gregor Munro").cluster
    assert len({p.hscp_id for p in members_of(gregors, on=today())}) == 2
