"""Many people from a file: every problem at once, a preview, then all of it in one transaction, once."""

import csv
import re
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, Invitation, User
from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.parsing.people_list import PersonRow, read_people_list
from clusters.selectors.people import NOBODY_SEEN
from clusters.selectors.people_lists import people_plan
from clusters.selectors.reach import reach_of
from clusters.services import assign_role, stop_sign_in
from practices.parsing import Refused
from tests.house.test_exports import NASTY
from tests.office.post import delivered
from tests.shared.test_chi import number

UPLOAD = reverse("clusters:people_upload")
BRING = reverse("clusters:people_bring")
HEADER = "e-mail,name,role,place,first day,last day,sessions"
GOOD = (
    "ruth@example.org,Ruth Mackie,Deputy for the Practice Quality Lead,90001,01/04/2026,,",
    "ruth@example.org,Ruth Mackie,PM,Ash Medical Practice,,31/12/2030,",
    "una@example.org,,CQL,Larch,2026-05-01,,2.5",
    "una@example.org,,locality manager,West Strath,,,",
    "callum@example.org,Somebody Else,CQL,rowan,,,",
)


def as_bytes(*lines, header=HEADER):
    return "\n".join([header, *lines]).encode()


def upload(client, *lines, header=HEADER, name="people.csv", data=None):
    file = SimpleUploadedFile(name, as_bytes(*lines, header=header) if data is None else data)
    return client.post(UPLOAD, {"file": file})


def confirm(client, page):
    text = page.content.decode()
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', text).group(1) for name in ("rows", "fingerprint")}
    return client.post(BRING, found, follow=True)


def problems(answer):
    """Line, column, value and reason of each problem on the page."""
    rows = re.findall(
        r"<tr><td>(\d+)</td><td>(.*?)</td><td[^>]*>(.*?)</td><td>(.*?)</td></tr>", answer.content.decode()
    )
    return [(int(line), *rest) for line, *rest in rows]


def counts():
    return User.objects.count(), RoleAssignment.objects.count(), Invitation.objects.count(), AuditEvent.objects.count()


# --- What it does --------------------------------------------------------------------------------------


def test_shows_first_and_does_it_all_then(world, as_person):
    client, before = as_person(world.priya), counts()
    page = upload(client, *GOOD)
    text = page.content.decode()
    assert "New people: they are added and invited (2)" in text
    assert "People who are here already and get a role (2)" in text
    assert "Nothing to do: they hold this role already (1)" in text
    assert "Somebody Else" not in text
    assert counts() == before
    done = confirm(client, page).content.decode()
    assert "4 roles given; 1 person was added and invited." in done
    ruth = User.objects.get(email="ruth@example.org")
    assert set(ruth.roles_held.values_list("role", "practice__code")) == {("DEPUTY", "90001"), ("PM", "90001")}
    cql = world.una.roles_held.get(role=Role.CQL)
    assert (cql.cluster, str(cql.starts_on), str(cql.sessions_a_month)) == (world.larch, "2026-05-01", "2.5")
    (message,) = delivered()
    assert message.to == ["ruth@example.org"]


def test_the_second_time_it_changes_nothing(world, as_person):
    client = as_person(world.priya)
    confirm(client, upload(client, *GOOD))
    before = counts()
    page = upload(client, *GOOD)
    assert "everybody in it holds these roles already" in page.content.decode()
    assert 'name="rows"' not in page.content.decode()
    assert counts() == before


def test_confirming_twice_does_it_once(world, as_person):
    client = as_person(world.priya)
    page = upload(client, *GOOD)
    confirm(client, page)
    before = counts()
    again = confirm(client, page)
    assert again.status_code == 409
    assert "The registry has changed since this preview was made" in again.content.decode()
    assert counts() == before


def test_of_two_administrators_the_second_is_told(world, as_person):
    priyas, islas = as_person(world.priya), as_person(world.isla)
    lines = GOOD[:2]
    first, second = upload(priyas, *lines), upload(islas, *lines)
    confirm(priyas, first)
    before = counts()
    assert confirm(islas, second).status_code == 409
    assert counts() == before


def test_what_somebody_else_did_between_looking_and_doing_undoes_all(world, as_person, monkeypatch):
    client = as_person(world.priya)
    page = upload(client, *GOOD)
    plan = people_plan(read_people_list(as_bytes(*GOOD)).rows, reach_of(world.priya, on=world.today))
    assign_role(person=world.una, role=Role.CQL, at=world.larch, starts_on=world.today, by=world.priya)
    before = counts()
    # Quicker still than the plan that is worked out once more: it says what it said before.
    monkeypatch.setattr("clusters.services.people_lists.people_plan", lambda *_, **__: plan)
    answer = confirm(client, page)
    assert "Somebody else was quicker" in answer.content.decode()
    assert problems(answer)[0][0] == 4
    assert counts() == before


# --- What it refuses -----------------------------------------------------------------------------------


def test_every_problem_at_once_with_line_column_value_and_reason(world, as_person):
    stop_sign_in(person=world.tom, by=world.priya)
    before = counts()
    answer = upload(
        as_person(world.priya),
        "ruth,Ruth Mackie,Deputy,90001,1.4.2026,x,many",
        "new@example.org,,PQL,90001,,,",
        "tom@example.org,,PQL,90001,,,",
        "una@example.org,,Wizard,90001,,,",
        "una@example.org,,PQL,99999,,30.4.2026,",
        "una@example.org,,PQL,Rowan,,,",
        "una@example.org,,AUDITOR,Rowan,,,",
        "una@example.org,,CQL,Larch,01/05/2026,30/04/2026,",
        "one@example.org,Ann One,PM,90001,,,",
        "one@example.org,Anne One,PM,90002,,,",
    )
    a_day = "Write the day as in 01/04/2026."
    assert problems(answer) == [
        (2, "e-mail", "ruth", "This is no e-mail address. One looks like a.rahman@nhs.scot."),
        (2, "first day", "1.4.2026", a_day),
        (2, "last day", "x", a_day),
        (2, "sessions", "many", "Write the sessions a month as a number, such as 4 or 2.5."),
        (3, "name", "–", f"{NOBODY_SEEN} Write their name."),
        (4, "e-mail", "tom@example.org", "Tom Kerr can no longer sign in. Allow that first."),
        (5, "role", "Wizard", "No role is called so. Take one from the list below."),
        (6, "last day", "30.4.2026", a_day),
        (6, "place", "99999", "No open practice is called so."),
        (7, "place", "Rowan", "No open practice is called so."),
        (8, "place", "Rowan", "This role is held everywhere. Leave the place empty."),
        (9, "last day", "2026-04-30", "The last day lies before the first day."),
        (11, "name", "Anne One", "Line 10 calls the person with this address Ann One."),
    ]
    assert "13 problems" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize("day", ["31/02/2026", "31/2/26", "2026-02-31"])
def test_a_day_that_is_not_in_the_calendar_is_called_so(world, as_person, day):
    answer = upload(as_person(world.priya), f"una@example.org,,PQL,90001,{day},,")
    assert problems(answer) == [(2, "first day", day, "There is no such day.")]


def test_places_and_roles_outside_somebodys_part_are_problems(world, as_person):
    lines = (
        "a@example.org,Ann One,PQL,90010,,,",
        "a@example.org,Ann One,CQL,Birch,,,",
        "a@example.org,Ann One,REGISTRY,,,,",
        "a@example.org,Ann One,BOARD,S08000019,,,",
        "a@example.org,Ann One,HSCP,S37000013,,,",
    )
    client, before = as_person(world.isla), counts()
    answer = upload(client, *lines)
    told = problems(answer)
    assert [line for line, *_ in told] == [2, 3, 4, 5, 6]
    assert "in the part that you look after is called so" in told[0][3]
    assert "Who looks after all of it gives this role" in told[2][3]
    assert counts() == before
    assert "New people" in upload(as_person(world.priya), *lines[:2]).content.decode()


# Nell, Iona and Una hold no role in Strath, and Una can no longer sign in; nobody has the last address.
ELSEWHERE = ("nell", "iona", "una", "zoe")


def test_a_list_tells_of_nobody_whom_its_reader_does_not_see(world, as_person):
    """Else a column of guessed addresses would be answered with names of people all over Scotland."""
    stop_sign_in(person=world.una, by=world.priya)
    client = as_person(world.isla)
    refused = problems(upload(client, *[f"{who}@example.org,,CQL,Larch,,," for who in ELSEWHERE]))
    assert [wrong[1:] for wrong in refused] == [("name", "–", f"{NOBODY_SEEN} Write their name.")] * len(ELSEWHERE)
    page = upload(client, *[f"{who}@example.org,Ann One,CQL,Larch,,," for who in ELSEWHERE]).content.decode()
    assert "People whom you do not see yet: who is new is added and invited (4)" in page
    assert not any(name in page for name in ("Nell Croft", "Iona Muir", "Una Blair", "no longer sign in"))
    seen = upload(client, "asha@example.org,,CQL,Larch,,,", "fergus@example.org,,CQL,Larch,,,").content.decode()
    assert ("Asha Rahman" in seen, "Fergus Mill" in seen) == (True, True)
    assert "Nell Croft" in upload(as_person(world.priya), "nell@example.org,,CQL,Larch,,,").content.decode()


def test_whoever_was_not_seen_keeps_their_name_and_is_seen_then(world, as_person):
    client = as_person(world.isla)
    lines = [f"{who}@example.org,Ann One,CQL,Larch,,," for who in ("nell", "zoe")]
    done = confirm(client, upload(client, *lines)).content.decode()
    assert "2 roles given; who was new was added and invited." in done
    assert set(world.larch.roles.values_list("person__full_name", flat=True)) >= {"Nell Croft", "Ann One"}
    assert "Nell Croft" in upload(client, "nell@example.org,,PQL,Pine Medical Practice,,,").content.decode()


def test_whoever_was_shut_out_elsewhere_is_refused_without_a_name(world, as_person):
    stop_sign_in(person=world.una, by=world.priya)
    client, before = as_person(world.isla), counts()
    answer = confirm(client, upload(client, "una@example.org,Ann One,CQL,Larch,,,"))
    assert problems(answer)[0][3].startswith("This address cannot be given a role.")
    assert "Una Blair" not in answer.content.decode()
    assert counts() == before


def test_what_was_shown_to_one_cannot_be_carried_out_by_another(world, as_person):
    page = upload(as_person(world.priya), "a@example.org,Ann One,CQL,Birch,,,")
    before = counts()
    answer = confirm(as_person(world.isla), page)
    assert "not yours" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize("rows", ["", "x", "a:b:c", "\x00", "²" * 50])
def test_rows_that_we_did_not_make_are_refused(world, as_person, rows):
    before = counts()
    answer = as_person(world.priya).post(BRING, {"rows": rows, "fingerprint": "x"}, follow=True)
    assert "Choose the file again" in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize("name", NASTY)
def test_names_that_look_like_formulas_are_only_names(world, as_person, name):
    out = StringIO()
    csv.writer(out).writerows([HEADER.split(","), ["a@example.org", name, "CQL", "Larch", "", "", ""]])
    client = as_person(world.priya)
    confirm(client, upload(client, data=out.getvalue().encode()))
    person = User.objects.get(email="a@example.org")
    assert person.full_name == " ".join(name.split())


def test_a_patients_number_anywhere_is_refused_and_not_shown(world, as_person):
    chi = number()
    for line in (
        f"a@example.org,Ann {chi},CQL,Larch,,,",
        f"a@example.org,Ann,CQL,Larch,,,{chi}",
        f"a@example.org,{chi[:6]},{chi[6:]},Larch,,,",
    ):
        answer = upload(as_person(world.priya), line)
        assert "holds a patient’s number" in answer.content.decode()
        assert chi not in answer.content.decode()
    assert not User.objects.filter(email="a@example.org").exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (b" ", "The file is empty"),
        (HEADER.encode(), "no people"),
        (b"name,role\nAnn,CQL", "This column is missing"),
        (b"e-mail;name;role;place\nx;y;z;w", "not parted by commas"),
        (b"e-mail,email,name,role,place\na,b,c,d,e", "there twice"),
        (b"PK\x03\x04 people.xlsx", "Excel workbook or a zip file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"MZ\x00\x00", "not text"),
        (b"<html><script>1</script></html>", "a web page"),
        (as_bytes('a@example.org,"Ann,CQL,Larch'), "quotation marks"),
        (as_bytes("a@example.org,Ann,CQL"), "has 3 cells"),
        (b"x" * (500 * 1024 + 1), "larger than 500 kB"),
        (as_bytes(*["a@example.org,Ann,CQL,Larch,,,"] * 501), "at most 500"),
        (as_bytes(*["a@example.org,Ann,CQL,Larch,,,"] * 2), "stand on line 2 already"),
    ],
)
def test_other_files_are_refused_in_words(world, as_person, data, says):
    before = counts()
    answer = upload(as_person(world.priya), data=data)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert counts() == before


def test_the_edge_of_what_is_taken(world, as_person):
    assert len(read_people_list(as_bytes(*[f"a{n}@example.org,Ann,CQL,Larch,,," for n in range(500)])).rows) == 500
    with pytest.raises(Refused):
        read_people_list(as_bytes(*[f"a{n}@example.org,Ann,CQL,Larch,,," for n in range(501)]))
    assert "Choose the file" in as_person(world.priya).post(UPLOAD, {}).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_reads_what_spreadsheets_write(world, encoding):
    text = "E-Mail , Name,ROLE,Place,,\r\nA@Example.org,Zoë  Ó Brien,cluster quality lead,Larch,,\r\n,,,,,\r\n"
    (row,) = read_people_list(text.encode(encoding)).rows
    assert (row.line, row.email, row.name, row.role) == (2, "a@example.org", "Zoë Ó Brien", Role.CQL)
    assert PersonRow.from_plain(row.plain()) == row


def test_the_template_is_a_list_that_can_be_read(world, as_person):
    answer = as_person(world.isla).get(reverse("clusters:people_template"))
    rows = read_people_list(b"".join(answer.streaming_content)).rows
    assert [row.role for row in rows] == [Role.PQL, Role.CQL]
    assert "attachment" in answer["Content-Disposition"]


def test_planning_takes_as_many_queries_for_one_line_as_for_a_hundred(world):
    reach = reach_of(world.isla, on=world.today)

    def queries(count):
        rows = read_people_list(as_bytes(*[f"a{n}@example.org,Ann {n},PQL,90001,,," for n in range(count)])).rows
        with CaptureQueriesContext(connection) as seen:
            people_plan(rows, reach)
        return len(seen)

    assert queries(1) == queries(100)


@pytest.mark.parametrize("who", ["callum", "nell", "olive"])
def test_strangers_are_turned_away(world, as_person, who):
    client = as_person(getattr(world, who))
    status = 403 if who == "olive" else 404
    assert upload(client, *GOOD).status_code == status
    assert client.post(BRING, {}).status_code == status
