"""Minutes, agendas and action logs as files: what each reader may read, and nothing else."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings.models import Attendance, Item, LeftOut, Meeting
from meetings.plugs import Group, Suggested
from meetings.services import AttendanceEntry, GuestEntry, ItemEntry, add_amendment, close_action
from practices.models import Practice
from shared.documents import NotMade
from tests.meetings.files import pdf_of, tight, words_of
from tests.meetings.minutes import an_action, entry, logged, published
from tests.meetings.test_circulation import circulated

FORMS = ("pdf", "docx")
both = pytest.mark.parametrize("form", FORMS)


def minutes(client, meeting, form):
    return client.get(reverse("meetings:minutes_file", args=[meeting.pk, form]))


def agenda(client, meeting, form):
    return client.get(reverse("meetings:agenda_file", args=[meeting.pk, form]))


def log(client, forum, form):
    return client.get(reverse("meetings:action_log_file", args=[forum, form]))


@both
def test_members_read_all_of_it(world, as_person, form):
    said = words_of(minutes(as_person(world.tom), published(world, share_level="HSCP"), form).content)
    for part in (
        "Minutes of Rowan",
        "6 of 7 practices, 1 guest",
        "Alder Medical Practice",
        "Ann Lee",
        "Gordon Visitor",
        "Diabetes recall",
        "Recall rate is up",
        "All practices send texts",
        "Texts help",
        "Share text template → Alder Medical Practice",
        "Who pays for the texts?",
        "Private decision",
        "kept in the cluster",
        "Printed for Tom Kerr on",
        "For the members of Rowan only.",
    ):
        assert part in said


@both
@pytest.mark.parametrize(
    ("who", "level"), [("heather", "HSCP"), ("rhona", "HSCP"), ("lewis", "BOARD"), ("bruce", "BOARD")]
)
def test_above_the_cluster_what_is_withheld_is_not_in_the_file(world, as_person, form, who, level):
    meeting = published(world, share_level=level)
    add_amendment(
        by=world.callum,
        meeting=meeting,
        item=None,
        text="Zzkept note",
        nonce=meeting.nonce,
        is_kept=True,
        at=timezone.now(),
    )
    answer = minutes(as_person(getattr(world, who)), meeting, form)
    said = words_of(answer.content)
    assert "Diabetes recall" in said
    assert "6 of 7 practices" in said
    for withheld in ("Private", "copes", "Elm", "Ann Lee", "Gordon", "Share text template", "Zzkept"):
        assert withheld not in said
        assert withheld.encode() not in answer.content
    assert "This is what Rowan shares with its HSCP" in said


@both
def test_the_board_reads_nothing_that_only_the_hscp_was_given(world, as_person, form):
    assert minutes(as_person(world.bruce), published(world, share_level="HSCP"), form).status_code == 404


@both
def test_drafts_and_circulated_minutes_say_so_on_every_page(world, as_person, form):
    items = tuple(ItemEntry(title=f"Item {n}", discussion="Talk " * 300) for n in range(8))
    for made, mark in ((logged, "Draft"), (circulated, "For correction")):
        content = minutes(as_person(world.callum), made(world, items=items), form).content
        assert mark in words_of(content)
        if form == "pdf":
            pages = pdf_of(content).pages
            assert len(pages) > 2
            assert all(mark in page.extract_text() for page in pages)


@both
def test_a_file_is_named_kept_nowhere_and_for_saving(world, as_person, form):
    meeting = published(world)
    answer = minutes(as_person(world.callum), meeting, form)
    assert answer["Content-Disposition"] == f'attachment; filename="Rowan minutes {meeting.held_on}.{form}"'
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_pages_lead_to_the_files_that_their_reader_may_have(world, as_person):
    meeting = published(world, share_level="HSCP")
    page = reverse("meetings:meeting", args=[meeting.pk])
    inside = as_person(world.tom).get(page).content.decode()
    above = as_person(world.heather).get(page).content.decode()
    for form in FORMS:
        assert f"{page}minutes.{form}" in inside
        assert f"{page}agenda.{form}" in inside
        assert f"{page}minutes.{form}" in above
        assert f"{page}agenda.{form}" not in above
        listed = reverse("meetings:cluster_actions", args=["rowan"])
        assert f"{listed}log.{form}" in as_person(world.tom).get(listed).content.decode()


@both
def test_a_meeting_that_was_not_held_has_an_agenda_and_no_minutes(world, as_person, form):
    meeting = planned(world)
    assert minutes(as_person(world.callum), meeting, form).status_code == 404
    assert agenda(as_person(world.callum), meeting, form).status_code == 200


def planned(w, **changes) -> Meeting:
    """A meeting to come with two items: the first with its length, a paper and who proposed it."""
    told = {
        "forum": w.rowan.forum,
        "held_on": w.today + timedelta(days=9),
        "starts_at": time(12, 30),
        "minutes_long": 90,
        "state": "PLAN",
        "place": "Alder, room 2",
        "joining_link": "https://example.org/join",
        "planned_at": timezone.now(),
        "planned_by": w.callum,
        "nonce": "6f1e1f0e-6f0b-4a51-9a51-0e7f1f3f0c11",
    }
    meeting = Meeting.objects.create(**{**told, **changes})
    common = {"meeting": meeting, "kind": "DISC"}
    Item.objects.create(
        position=1,
        title="Diabetes recall",
        minutes_allowed=20,
        proposer=w.tom,
        paper_title="Recall audit",
        paper_link="https://example.org/audit",
        **common,
    )
    Item.objects.create(position=2, title="Peer talk", source="topic:5", **common)
    return meeting


@both
def test_the_agenda_has_times_papers_and_actions(world, as_person, form):
    an_action(world, what="Audit recall list", due_in=-3)
    meeting = planned(world)
    an_action(world, what="Share the template", due_in=(meeting.held_on - world.today).days)
    said = words_of(agenda(as_person(world.asha), meeting, form).content)
    page = as_person(world.asha).get(reverse("meetings:agenda", args=[meeting.pk])).content.decode()
    for group in ("Actions due before the meeting", "Open actions"):
        assert group in page
        assert group in said
    assert "Late actions" not in said
    for part in (
        "12:30 to 14:00",
        "Alder, room 2",
        "https://example.org/join",
        "1. Diabetes recall",
        "Proposed by Tom Kerr",
        "20 min",
        "12:50",
        "2. Peer talk",
        "Recall audit",
        "Late by 3 days",
        "Share the template",
    ):
        assert part in said
    assert tight(said).index("Auditrecalllist") < tight(said).index("Sharethetemplate")


def lines_of(*keys):
    return [Suggested(key, Group.TOPICS, f"Suggested {key}", "/") for key in keys]


@both
def test_what_waits_stands_on_it_unless_it_is_settled(world, as_person, form, monkeypatch):
    meeting = planned(world)
    LeftOut.objects.create(meeting=meeting, key="topic:6", at=timezone.now(), by=world.callum)
    monkeypatch.setattr(
        "meetings.documents.agenda.suggestions_for", lambda forum, on: lines_of("topic:5", "topic:6", "topic:7")
    )
    said = words_of(agenda(as_person(world.asha), meeting, form).content)
    assert "Topics that members proposed" in said
    assert [key for key in (5, 6, 7) if f"Suggested topic:{key}" in said] == [7]


@both
def test_the_log_tells_what_is_open_and_how_the_rest_ended(world, as_person, form):
    late = an_action(world, what="Audit recall list", due_in=-3)
    done = an_action(world, what="Send the letters")
    close_action(by=world.callum, action=done, at=timezone.now(), evidence="All seven sent them")
    logged(world)
    said = words_of(log(as_person(world.tom), world.rowan.forum, form).content)
    for part in ("1, 1 of them late", late.what, "Late by 3 days", done.what, "All seven sent them", "Callum Reid"):
        assert part in said
    assert "Share text template" not in said  # it stands in a draft
    assert log(as_person(world.heather), world.rowan.forum, form).status_code == 403
    assert log(as_person(world.nell), world.rowan.forum, form).status_code == 404


@both
def test_a_forum_that_is_no_cluster_has_its_log(world, as_person, form):
    assert "Actions of East Strath quality group" in words_of(
        log(as_person(world.callum), world.east_quality, form).content
    )


@both
def test_the_largest_meeting(world, as_person, form):
    """Fifteen practices, sixty guests and thirty items of the longest texts."""
    attendances = list(entry(world).attendances)
    for n in range(8):
        code = f"99{n:03}"
        extra = Practice.objects.create(
            code=code, name=f"{'Very ' * 10}Long Practice {n}", contract="17J", postcode="ZZ1 1AA", hscp=world.strath
        )
        world.rowan.memberships.create(practice=extra, starts_on=world.since)
        attendances.append(AttendanceEntry(extra.pk, "PRESENT"))
    guests = tuple(GuestEntry(f"Guest {n} {'w' * 80}", "Team") for n in range(60))
    text = "Recall rate is up, texts help. " * 125
    first = entry(world).items[0]
    items = tuple(replace(first, title=f"Item {n}", discussion=text, decision=text, asks=()) for n in range(30))
    meeting = published(world, attendances=tuple(attendances), guests=guests, items=items)
    said = words_of(minutes(as_person(world.tom), meeting, form).content)
    assert said.count("Recall rate is up, texts help.") > 7_000
    assert "Guest 59" in said
    assert "14 of 15 practices" in said


@pytest.mark.parametrize("more", [0, 20])
@pytest.mark.parametrize(("what", "queries"), [("minutes", 20), ("agenda", 23), ("log", 20)])
def test_as_many_queries_for_one_as_for_twenty(world, as_person, what, queries, more, django_assert_max_num_queries):
    first = entry(world).items[0]
    meeting = published(world, items=tuple(replace(first, title=f"Item {n}", asks=()) for n in range(1 + more)))
    Attendance.objects.filter(meeting=meeting).first()
    path = {
        "minutes": reverse("meetings:minutes_file", args=[meeting.pk, "docx"]),
        "agenda": reverse("meetings:agenda_file", args=[meeting.pk, "docx"]),
        "log": reverse("meetings:action_log_file", args=[world.rowan.forum, "docx"]),
    }[what]
    client = as_person(world.tom)
    with django_assert_max_num_queries(queries):
        assert client.get(path).status_code == 200


@both
@pytest.mark.parametrize("what", ["minutes", "agenda", "log"])
def test_a_file_that_cannot_be_made_leads_to_the_page(world, as_person, monkeypatch, caplog, form, what):
    def fail(document):
        raise NotMade("PanicException")

    meeting = published(world)
    monkeypatch.setitem(__import__("shared.documents.answers", fromlist=["x"]).WRITERS, form, (fail, "x/y"))
    client = as_person(world.tom)
    made = {
        "minutes": lambda: minutes(client, meeting, form),
        "agenda": lambda: agenda(client, meeting, form),
        "log": lambda: log(client, world.rowan.forum, form),
    }
    answer = made[what]()
    said = answer.content.decode()
    assert answer.status_code == 503
    assert "This file could not be made" in said
    page = "/clusters/rowan/actions/" if what == "log" else f"/meetings/{meeting.pk}/"
    assert f'href="{page}"' in said
    assert "PanicException" in caplog.text
    assert "Diabetes" not in caplog.text


def test_an_unforeseen_fault_is_not_hidden_behind_that_page(world, as_person, monkeypatch):
    """Negative control: only a document that the tools could not set leads to the page."""
    monkeypatch.setattr("meetings.views.files.minutes_document", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        minutes(as_person(world.tom), published(world), "pdf")


@both
def test_a_parked_item_takes_no_time_in_the_file_either(world, as_person, form):
    planned = {"planned_at": timezone.now(), "planned_by": world.callum, "nonce": uuid4(), "state": "PLAN"}
    day = world.today + timedelta(days=7)
    meeting = Meeting.objects.create(forum=world.rowan.forum, held_on=day, starts_at=time(12, 30), **planned)
    for position, is_parked in ((1, True), (2, False)):
        Item.objects.create(
            meeting=meeting, position=position, title=f"Item {position}", minutes_allowed=20, is_parked=is_parked
        )
    said = words_of(agenda(as_person(world.callum), meeting, form).content)
    assert "Parked" in said
    assert "12:50" not in said
