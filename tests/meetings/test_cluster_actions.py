"""Lists of actions: narrowed, printed, taken away as files, and what they cost (P05)."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from meetings.models import Action
from meetings.services import close_action
from tests.house.test_exports import NASTY
from tests.meetings.minutes import an_action

MINE, ROWAN = "/actions/", "/clusters/rowan/actions/"


def body(response) -> str:
    return response.content.decode()


def rows_of(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.fixture
def every_sort(world):
    """One action of each state, kind and holder that a choice can tell apart."""
    an_action(world, what="Late one", due_in=-4, owner=world.tom)
    an_action(world, what="Soon one", due_in=3, owner_practice=world.alder)
    waits = an_action(world, what="Waiting one", due_in=40)
    asked = an_action(world, what="Asked one", due_in=50)
    dropped = an_action(world, what="Dropped one", due_in=60)
    every = an_action(world, what="Shared one", due_in=70)
    role = an_action(world, what="Role one", due_in=80)
    done = an_action(world, what="Done one", due_in=90)
    changed = {
        waits: {"waiting_on": "the lab", "waiting_since": world.today - timedelta(days=9), "waits_for_hscp": True},
        asked: {"kind": "REQUEST", "issuer": "Locality management team"},
        dropped: {"state": "DROPPED", "closed_at": timezone.now(), "closed_by": world.callum},
        every: {"owner": None, "is_for_every_practice": True},
        role: {"owner": None, "owner_role": "SUPPORT"},
    }
    for action, columns in changed.items():
        Action.objects.filter(pk=action.pk).update(**columns)
    close_action(by=world.callum, action=done, evidence="Sent round", at=timezone.now())


ALL = {"Late", "Soon", "Waiting", "Asked", "Dropped", "Shared", "Role", "Done"}
CHOICES = {
    "": ALL - {"Dropped", "Done"},
    "show=done": {"Done"},
    "show=dropped": {"Dropped"},
    "show=all": ALL,
    "due=late": {"Late"},
    "due=soon": {"Soon"},
    "due=waits": {"Waiting"},
    "due=hscp": {"Waiting"},
    "kind=REQUEST": {"Asked"},
    "whose=practice": {"Soon"},
    "whose=every": {"Shared"},
    "whose=role": {"Role"},
    "whose=person": {"Late", "Waiting", "Asked"},
    "whose=mine": {"Waiting", "Asked"},
    "q=SHARED": {"Shared"},
    "q=one&due=late&whose=person": {"Late"},
}


@pytest.mark.parametrize(("query", "names"), CHOICES.items(), ids=list(CHOICES))
def test_a_choice_shows_what_fits_it_on_the_page_and_in_the_file(world, as_person, every_sort, query, names):
    client = as_person(world.callum)
    page = body(client.get(f"{ROWAN}?{query}"))
    assert {name for name in ALL if f"{name} one" in page} == names
    in_file = rows_of(client.get(f"{ROWAN}export.csv?{query}"))
    assert {row["Action"].removesuffix(" one") for row in in_file} == names


def test_what_is_chosen_stays_in_every_address(world, as_person, every_sort):
    page = body(as_person(world.callum).get(f"{ROWAN}?due=late&q=one"))
    assert "export.csv?due=late&amp;q=one" in page
    assert "due=late&amp;q=one&amp;view=print" in page
    assert '<option value="late" selected>' in page


def test_nothing_fits_and_nothing_there_are_told_apart(world, as_person):
    client = as_person(world.callum)
    assert "No action is open" in body(client.get(ROWAN))
    assert "No action fits what you chose" in body(client.get(f"{ROWAN}?q=zebra"))
    assert "cannot be chosen" in body(client.get(f"{ROWAN}?kind=NONE"))


def test_mine_by_where_it_comes_from(world, as_person):
    an_action(world, what="Of Rowan", owner=world.callum)
    page = body(as_person(world.callum).get(f"{MINE}?forum=rowan"))
    assert "Of Rowan" in page
    assert '<option value="rowan" selected>' in page
    assert "Larch" not in page  # a forum in which nothing is mine is not offered
    assert "You do not reach" not in page
    assert "cannot be chosen" in body(as_person(world.callum).get(f"{MINE}?forum=larch"))


def test_the_print_view_shows_all_pages_at_once(world, as_person):
    for n in range(27):
        an_action(world, what=f"Thing {n:02}", due_in=n)
    client = as_person(world.callum)
    assert "Thing 26" not in body(client.get(ROWAN))
    whole = body(client.get(f"{ROWAN}?view=print"))
    assert all(f"Thing {n:02}" in whole for n in range(27))


def test_the_file_says_it_in_full(world, as_person, every_sort):
    row = next(r for r in rows_of(as_person(world.tom).get(f"{ROWAN}export.csv")) if r["Action"] == "Waiting one")
    assert (row["Waits for"], row["HSCP owes it"], row["Who"]) == ("the lab", "Yes", "Callum Reid")
    assert row["Due"] == str(world.today + timedelta(days=40))
    done = rows_of(as_person(world.tom).get(f"{ROWAN}export.csv?show=done"))[0]
    assert (done["How it was done"], done["Closed by"]) == ("Sent round", "Callum Reid")


def test_excel_never_runs_what_was_typed(world, as_person):
    nasty = [text for text in NASTY if "\n" not in text and "\r" not in text]
    for text in nasty:
        Action.objects.filter(pk=an_action(world).pk).update(what=text)
    answer = as_person(world.callum).get(f"{ROWAN}export.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    header, *rows = list(sheet.iter_rows())
    assert [header[n].value for n in (0, 4, 7, -1)] == ["Action", "Who", "Due", "Because"]
    assert len(rows) == len(nasty)
    assert all(row[0].data_type == "s" for row in rows)
    assert all(row[7].is_date for row in rows)


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


@pytest.mark.parametrize("path", [MINE, ROWAN])
def test_a_list_costs_six_queries_and_its_last_page_no_more(world, as_person, path):
    client = as_person(world.callum)
    frame = queries(client, "/account/reminders/")
    an_action(world, due_in=3)
    one = queries(client, f"{path}?due=soon&q=audit")
    for n in range(60):
        an_action(world, due_in=n % 7)
    many, last = (queries(client, f"{path}?due=soon&q=audit&page={page}") for page in (1, 3))
    assert one == many == last
    assert one - frame <= 6, (one, frame)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_costs_as_much_for_one_row_as_for_twenty(world, as_person, kind):
    client = as_person(world.callum)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"{ROWAN}export.{kind}")
            b"".join(answer.streaming_content if answer.streaming else [answer.content])
        return len(seen)

    an_action(world)
    cost()
    one = cost()
    for n in range(19):
        an_action(world, due_in=n)
    assert cost() == one
