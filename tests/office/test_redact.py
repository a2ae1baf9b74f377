"""Blacking out: everywhere, at once, by the records officer alone; who, when and why remain."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from escalations.models import Escalation, Step
from meetings.models import Item, Meeting
from office.models import Draft, Redaction
from office.selectors import WAITING, Wanted, places_of
from office.services import keep_draft, redact_words
from office.services.redaction import BLACK
from shared.fields import Words, WordsMap, words_everywhere

PATH = reverse("office:redact")
WHY = "A patient could be recognised"


@pytest.fixture
def told(world):
    """Jean Brodie stands in published minutes, a taken step, a draft, a session; Jeanette in other minutes."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        forum=world.rowan.forum,
        held_on=world.today,
        nonce=uuid.uuid4(),
        logged_at=now,
        logged_by=world.callum,
        state=Meeting.State.PUBLISHED,
        published_at=now,
        published_by=world.callum,
    )
    world.item = Item.objects.create(
        meeting=meeting,
        position=1,
        title="About Jean Brodie",
        discussion="Jean Brodie phoned; JEAN BRODIE phoned again.",
    )
    world.other = Item.objects.create(meeting=meeting, position=2, title="Jeanette", discussion="100% of a_b")
    escalation = Escalation.objects.create(
        reference="ESC-2026-0001",
        cluster=world.rowan,
        title="Bloods",
        situation="x",
        ask_text="y",
        likelihood=2,
        impact=2,
        forum=world.east_quality,
        due_on=world.today,
        nonce=uuid.uuid4(),
        raised_at=now,
        raised_by=world.asha,
    )
    world.step = Step.objects.create(
        escalation=escalation,
        kind="RAISED",
        forum=world.east_quality,
        reasons="Because of jean brodie.",
        taken_at=now,
        taken_by=world.asha,
    )
    keep_draft(owner=world.callum, key="k", fields={"lines": ["Jean Brodie", "x"], "Jean Brodie": "name stays"})
    return world


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def post(client, **more):
    return client.post(PATH, {"words": "Jean Brodie", "why": WHY, "ignore_case": "on", **more})


def test_preview_counts_places_and_shows_no_text_around_them(told, as_person):
    page = post(as_person(told.iona)).content.decode()
    assert "5 places hold the words" in page
    assert "Agenda item: 3" in page
    assert "Meeting of Rowan" in page
    assert "of an escalation" in page
    assert "phoned" not in page
    assert fresh(told.item).title == "About Jean Brodie"
    assert not Redaction.objects.exists()


def test_confirmed_it_is_gone_everywhere(told, as_person):
    answer = post(as_person(told.iona), confirmed="yes")
    assert (answer.status_code, answer["Location"]) == (302, reverse("office:redact_log"))
    assert fresh(told.item).title == f"About {BLACK}"
    assert fresh(told.item).discussion == f"{BLACK} phoned; {BLACK} phoned again."
    assert fresh(told.step).reasons == f"Because of {BLACK}."
    assert Draft.objects.get().fields == {"lines": [BLACK, "x"], "Jean Brodie": "name stays"}
    assert fresh(told.other).title == "Jeanette"


def test_who_when_and_why_remain_and_the_trail_names_fields_only(told, as_person):
    post(as_person(told.iona), confirmed="yes")
    rows = Redaction.objects.all()
    assert {(r.record_type, r.field) for r in rows} == {
        ("meetings.item", "title"),
        ("meetings.item", "discussion"),
        ("escalations.step", "reasons"),
        ("office.draft", "fields"),
    }
    assert {(r.by, r.why) for r in rows} == {(told.iona, WHY)}
    events = AuditEvent.objects.filter(verb="blacked out words in")
    assert {(e.subject_type, tuple(e.changes["words"])) for e in events} == {
        ("meetings.item", ("title", "discussion")),
        ("escalations.step", ("reasons",)),
        ("office.draft", ("fields",)),
    }
    assert "brodie" not in json.dumps([[e.changes, e.subject] for e in events]).lower()


def test_capital_letters_can_count(told):
    redact_words(words="Jean Brodie", why=WHY, ignore_case=False, by=told.iona)
    assert fresh(told.item).discussion == f"{BLACK} phoned; JEAN BRODIE phoned again."
    assert "jean brodie" in fresh(told.step).reasons


@pytest.mark.parametrize("words", ["100%", "a_b", "0% of a_"])
def test_wildcards_are_just_characters(told, words):
    assert places_of(Wanted(words, True)).total == 1
    assert places_of(Wanted("1%0", True)).total == 0
    redact_words(words=words, why=WHY, ignore_case=True, by=told.iona)
    assert words not in fresh(told.other).discussion


def test_letters_beyond_ascii(told):
    Item.objects.filter(pk=told.other.pk).update(discussion="MRS ŁÓDŹ came")
    assert redact_words(words="Mrs Łódź", why=WHY, ignore_case=True, by=told.iona) == 1
    assert fresh(told.other).discussion == f"{BLACK} came"


def waits(told, *, ended=False):
    session = SessionStore()
    form = {"person": told.callum.pk, "key": "k", "fields": {"a": "Jean Brodie"}, "at": timezone.now().isoformat()}
    session[WAITING] = {"1:k": form, "1:other": {**form, "fields": {"b": "Nobody"}}}
    session.save()
    if ended:
        Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    return session


@pytest.mark.parametrize("ended", [False, True])
def test_words_that_wait_in_a_session_even_an_ended_one(told, ended):
    session = waits(told, ended=ended)
    assert dict(places_of(Wanted("Jean Brodie", True)).kinds)["Words waiting for somebody to sign in"] == 1
    assert redact_words(words="Jean Brodie", why=WHY, ignore_case=True, by=told.iona) == 6
    forms = Session.objects.get(pk=session.session_key).get_decoded()[WAITING]
    assert [form["fields"] for form in forms.values()] == [{"a": BLACK}, {"b": "Nobody"}]


def test_words_that_waited_are_noted_under_their_person(told, as_person):
    waits(told)
    redact_words(words="Jean Brodie", why=WHY, ignore_case=True, by=told.iona)
    row = Redaction.objects.get(record_type="accounts.user")
    assert (row.record_id, row.by, row.why) == (told.callum.pk, told.iona, WHY)
    event = AuditEvent.objects.get(verb="blacked out words in", subject_type="accounts.user")
    assert (event.by, event.subject_id) == (told.iona, told.callum.pk)
    assert "Words waiting for sign-in" in as_person(told.iona).get(reverse("office:redact_log")).content.decode()


def test_the_reasons_of_earlier_redactions_are_looked_through(told):
    Redaction.objects.create(
        at=timezone.now(),
        by=told.iona,
        why="Miss Mackay again",
        record_type="meetings.item",
        record_id=1,
        field="title",
    )
    redact_words(words="Miss Mackay", why=WHY, ignore_case=True, by=told.iona)
    assert Redaction.objects.filter(why=f"{BLACK} again").count() == 1


def test_all_or_nothing(told, monkeypatch):
    monkeypatch.setattr("office.services.redaction._redact_waiting", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        redact_words(words="Jean Brodie", why=WHY, ignore_case=True, by=told.iona)
    assert fresh(told.item).title == "About Jean Brodie"
    assert not Redaction.objects.exists()


def test_an_open_form_cannot_bring_the_words_back(told):
    Meeting.objects.update(place="At Jean Brodie’s")
    before = Meeting.objects.get().version
    redact_words(words="Jean Brodie", why=WHY, ignore_case=True, by=told.iona)
    assert Meeting.objects.get().version == before + 1


def test_every_column_of_free_text_is_reached(told):
    """One row in each table that holds words would be a long fixture; the walk itself must name every column."""
    with_words = {(m._meta.db_table, f.column) for m, f in words_everywhere() if isinstance(f, Words | WordsMap)}
    assert ("meetings_item", "discussion") in with_words
    assert ("escalations_step", "reasons") in with_words
    assert ("office_redaction", "why") in with_words
    with connection.cursor() as cursor:
        assert {table for table, _ in with_words} <= set(connection.introspection.table_names(cursor))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"words": "ab"}, "at least 3 characters"),
        ({"words": ""}, "Say which words"),
        ({"why": ""}, "Say why"),
        ({"why": "because jean BRODIE was named"}, "repeats the words"),
    ],
)
def test_what_is_missing_is_said_beside_its_box(told, as_person, change, says):
    answer = as_person(told.iona).post(PATH, {"words": "Jean Brodie", "why": WHY, "confirmed": "yes", **change})
    page = answer.content.decode()
    assert says in page
    assert "<title>Error:" in page
    assert not Redaction.objects.exists()


def test_words_that_stand_nowhere(told, as_person):
    assert "No place holds the words" in post(as_person(told.iona), words="Sandy Stranger").content.decode()


@pytest.mark.parametrize("who", ["callum", "heather", "priya", "olive", "nell"])
@pytest.mark.parametrize("path", [PATH, reverse("office:redact_log")])
def test_nobody_else_sees_that_it_exists(told, as_person, who, path):
    client = as_person(getattr(told, who))
    assert client.get(path).status_code == 404
    if path == PATH:
        assert post(client, confirmed="yes").status_code == 404
        assert fresh(told.item).title == "About Jean Brodie"
