"""Fifteen practices and sixty guests: as many queries as a small meeting takes, and a form that stays under the limits.

What is over the limits anyway is answered in words, and what was kept before stays (F17).
"""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Membership
from meetings.models import Attendance, Meeting
from meetings.services import ActionEntry, GuestEntry
from office.models import Draft
from office.services import keep_draft, keep_token
from practices.models import Practice
from tests.meetings.minutes import entry, log_fields, logged

PATH = "/clusters/rowan/meetings/log/"
KEEP = "/drafts/"
LONG = dict.fromkeys("discussion decision decision_reason options dissent".split(), 4000)
LONG |= dict.fromkeys("title what question name organisation".split(), 300)


def fifteen_practices(w) -> list[Practice]:
    """Rowan with eight more practices; all of them."""
    for n in range(8):
        practice = Practice.objects.create(
            code=f"{95000 + n}", name=f"Oak{n} Medical Practice", contract="17J", postcode="ZZ1 1AA", hscp=w.strath
        )
        Membership.objects.create(practice=practice, cluster=w.rowan, starts_on=w.since)
    return [m.practice for m in Membership.objects.filter(cluster=w.rowan)]


def fields_of(w, practices, guests: int, **more) -> dict[str, str]:
    fields = log_fields(w, guests=str(guests), **more)
    fields |= {f"practice-{p.pk}-presence": "PRESENT" for p in practices}
    return fields | {f"guest-{n}-name": f"Guest Number{n}" for n in range(guests)}


def opened_and_saved(client, w, practices, guests: int) -> list[int]:
    """The number of queries of the empty form, autosave, a new log, the form of what is stored, and a rewrite of it."""
    fields, counts = fields_of(w, practices, guests), []

    def counted(act):
        with CaptureQueriesContext(connection) as seen:
            answer = act()
        counts.append(len(seen))
        return answer

    assert counted(lambda: client.get(PATH)).status_code == 200
    key = f"meeting:new:{w.rowan.forum.pk}"
    answer = counted(lambda: client.post(KEEP, {**fields, "keep": keep_token(w.callum, key)}))
    assert answer.status_code == 200
    assert counted(lambda: client.post(PATH, fields)).status_code == 302
    meeting = Meeting.objects.latest("pk")
    assert meeting.attendances.count() == len(practices) + guests
    path = f"/meetings/{meeting.pk}/log/"
    assert counted(lambda: client.get(path)).status_code == 200
    changed = {**fields, "item-0-discussion": "Put right", f"practice-{practices[0].pk}-presence": "APOLOGY"}
    assert counted(lambda: client.post(path, changed)).status_code == 302
    assert Attendance.objects.get(meeting=meeting, practice=practices[0]).presence == "APOLOGY"
    return counts


def test_as_many_queries_for_many_as_for_few(world, as_person):
    client = as_person(world.callum)
    client.get(PATH)  # what is looked up once in a process is looked up
    few = opened_and_saved(client, world, [m.practice for m in Membership.objects.filter(cluster=world.rowan)], 1)
    many = opened_and_saved(client, world, fifteen_practices(world), 60)
    assert few == many


# --- The limits --------------------------------------------------------------------------------------


def boxes(page: str) -> list[str]:
    """The names of everything that a browser could send of this page's largest form."""
    form = page[page.index("data-minute") : page.index("<template")]
    return re.findall(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"', form)


def test_the_largest_page_stays_under_the_limits(world, as_person):
    """Every box of the largest minute there can be, ticked and full of accented letters."""
    practices = fifteen_practices(world)
    first = entry(world).items[0]
    actions = tuple(ActionEntry(f"Do {n}", world.today, owner=world.callum.pk) for n in range(8))
    meeting = logged(
        world,
        attendances=tuple(replace(entry(world).attendances[1], practice=p.pk) for p in practices),
        guests=tuple(GuestEntry(f"Guest Number{n}", "Diabetes team") for n in range(60)),
        items=tuple(replace(first, title=f"Item {n}", actions=actions) for n in range(30)),
    )
    page = as_person(world.callum).get(f"/meetings/{meeting.pk}/log/").content.decode()
    names = boxes(page)
    assert sum(name.startswith("guest-") for name in names) == 180
    assert len(names) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    typed = [(name, "à" * LONG.get(name.rpartition("-")[2], 16)) for name in names]
    assert len(urlencode(typed)) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def too_many(w) -> dict[str, str]:
    return {**log_fields(w), **{f"more-{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)}}


def too_long(w) -> dict[str, str]:
    return {**log_fields(w), "item-0-discussion": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}


@pytest.mark.parametrize("much", [too_many, too_long])
def test_more_than_that_is_answered_in_words(world, as_person, much):
    key = f"meeting:new:{world.rowan.forum.pk}"
    keep_draft(owner=world.callum, key=key, fields={"item-0-discussion": "Kept a moment before"})
    client, form = as_person(world.callum), much(world)
    for sent in (form, urlencode(form)):
        more = {"content_type": "application/x-www-form-urlencoded"} if isinstance(sent, str) else {}
        answer = client.post(PATH, sent, **more)
        assert answer.status_code == 413
        page = answer.content.decode()
        assert "<h1>That is more than one form can hold</h1>" in page
        assert "Callum" in page
    answer = client.post(KEEP, {**form, "keep": keep_token(world.callum, key)})
    assert answer.status_code == 413
    assert "Make it shorter" in answer.json()["problem"]
    assert Draft.objects.get().fields == {"item-0-discussion": "Kept a moment before"}
    assert not Meeting.objects.exists()
    assert "Kept a moment before" in client.get(PATH).content.decode()


def test_an_address_with_too_many_names_is_answered_too(world, as_person):
    query = urlencode([(f"n{n}", "x") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)])
    assert as_person(world.callum).get(f"/actions/?{query}").status_code == 413


def test_another_host_is_answered_in_the_same_look(client):
    answer = client.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, "GP Cluster Portal" in answer.content.decode()) == (400, True)


def test_negative_control_without_our_answer_it_is_a_bare_page(world, as_person, monkeypatch):
    monkeypatch.delattr("portal.urls.handler400")
    answer = as_person(world.callum).post(PATH, too_many(world))
    assert answer.status_code == 400
    assert "more than one form can hold" not in answer.content.decode()
