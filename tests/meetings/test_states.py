"""The states of minutes: each state × step × role, posted straight at its address; and their picture in the docs."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from meetings import rules
from meetings.models import Amendment, Correction, Meeting
from meetings.services import agree_meeting, circulate_meeting
from tests.meetings.minutes import log_fields, logged, publish
from tests.meetings.test_circulation import correction

State = Meeting.State
ROLES = ("callum", "morag", "asha", "heather", "bruce", "nell", "priya", "fergus")
WRITERS = ("callum", "morag")
READERS = {State.DRAFT: (), State.CIRCULATED: ("asha",), State.AGREED: ("asha",), State.PUBLISHED: ("asha",)}
# Who may take each step in each state; nobody where a state is not named.
MAY = {
    "edit": {State.DRAFT: WRITERS},
    "circulate": {State.DRAFT: WRITERS},
    "publish": {State.DRAFT: WRITERS, State.AGREED: WRITERS},
    "propose": {State.CIRCULATED: (*WRITERS, "asha")},
    "answer": {State.CIRCULATED: WRITERS},
    "put right": {State.CIRCULATED: WRITERS},
    "who was there": {State.CIRCULATED: WRITERS},
    "agree": {State.CIRCULATED: WRITERS},
    "amend": {State.AGREED: WRITERS, State.PUBLISHED: WRITERS},
    "share with the board": dict.fromkeys((State.DRAFT, State.AGREED, State.PUBLISHED), ("callum",)),
}


def in_state(w, state) -> Meeting:
    """Minutes brought to a state by the steps that lead there."""
    meeting = logged(w)
    if state == State.PUBLISHED:
        return publish(w, meeting)
    if state != State.DRAFT:
        until = w.today + timedelta(days=7)
        common = {"by": w.callum, "at": timezone.now()}
        meeting = circulate_meeting(**common, meeting=meeting, version=meeting.version, until=until)
        correction(w, meeting)
        if state == State.AGREED:
            Correction.objects.update(state="TAKEN", answered_at=timezone.now(), answered_by=w.callum)
            meeting = agree_meeting(**common, meeting=meeting, version=meeting.version)
    return meeting


def posted(w, step: str, meeting: Meeting) -> tuple[str, dict]:
    """Where a step is posted, and what a browser would send with it, seen as it stands now."""
    seen, item = {"version": str(meeting.version)}, meeting.items.first()
    share = reverse("meetings:meeting_share", args=[meeting.pk])
    until = {"until": str(w.today + timedelta(days=7))}
    if step == "answer":
        proposed = meeting.corrections.first() or Correction(pk=0)
        return reverse("meetings:correction_answer", args=[proposed.pk]), {"state": "TAKEN", "answer": "Yes"}
    by_step = {
        "edit": (reverse("meetings:meeting_edit", args=[meeting.pk]), {**log_fields(w), **seen}),
        "circulate": (share, {"do": "circulate", "share_level": "CLUSTER", **until, **seen}),
        "publish": (share, {"do": "publish", "share_level": "CLUSTER", **seen}),
        "share with the board": (share, {"do": "publish", "share_level": "BOARD", **seen}),
        "propose": (reverse("meetings:correction_new", args=[meeting.pk]), {"text": "It was 71 %", "nonce": uuid4()}),
        "put right": (reverse("meetings:item_correct", args=[item.pk]), {"title": "Recall rates", **seen}),
        "who was there": (
            reverse("meetings:meeting_correct", args=[meeting.pk]),
            {**{k: v for k, v in log_fields(w).items() if k.startswith("practice-")}, "mode": "BOTH", **seen},
        ),
        "agree": (reverse("meetings:meeting_agree", args=[meeting.pk]), seen),
        "amend": (reverse("meetings:amendment_new", args=[meeting.pk]), {"text": "Since then", "nonce": uuid4()}),
    }
    return by_step[step]


def snapshot(meeting: Meeting) -> tuple:
    """Everything that a step could change."""
    now = Meeting.objects.get(pk=meeting.pk)
    return (
        now.state,
        now.share_level,
        now.version,
        list(now.items.values_list("pk", "title")),
        list(now.attendances.order_by("pk").values_list("practice", "presence")),
        list(Correction.objects.values_list("state", "answer")),
        list(Amendment.objects.values_list("text", flat=True)),
    )


@pytest.mark.parametrize("state", READERS)
@pytest.mark.parametrize("step", MAY)
def test_each_step_in_each_state_for_each_role(world, as_person, state, step):
    """Whoever may not leaves no trace: 404 where the minutes are out of reach, else 403 or the reason in words."""
    may, meeting = MAY[step].get(state, ()), in_state(world, state)
    if (step, state) == ("agree", State.CIRCULATED):
        Correction.objects.update(state="TAKEN", answered_at=timezone.now(), answered_by=world.callum)
    before = snapshot(meeting)
    path, data = posted(world, step, meeting)
    for name in [name for name in ROLES if name not in may]:
        answer = as_person(getattr(world, name)).post(path, data)
        is_repeat = (step, state, name) == ("publish", State.PUBLISHED, "callum")
        in_words = answer.status_code == 200 and "<title>Error: " in answer.content.decode()
        assert is_repeat or in_words or answer.status_code in (403, 404), (name, answer.status_code)
        if name in ("heather", "bruce", "nell", "priya"):
            assert answer.status_code == 404, name
        assert snapshot(meeting) == before, name
    for name in may[:1]:
        assert as_person(getattr(world, name)).post(path, data).status_code == 302, name
        assert snapshot(meeting) != before


@pytest.mark.parametrize(
    "step", ["circulate", "publish", "put right", "who was there", "agree", "share with the board"]
)
def test_the_page_of_yesterday_posted_again_takes_no_step(world, as_person, step):
    """Replay: the version is that of a page which somebody has written over since."""
    state = next(iter(MAY[step]))
    meeting = in_state(world, state)
    Correction.objects.update(state="TAKEN", answered_at=timezone.now(), answered_by=world.callum)
    path, data = posted(world, step, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1, saved_at=timezone.now())
    Meeting.objects.filter(pk=meeting.pk).update(saved_by=world.morag)
    before = snapshot(meeting)
    assert as_person(world.callum).post(path, data).status_code == 409
    assert snapshot(meeting) == before


def test_a_repeated_press_is_no_second_step(world, as_person):
    meeting = in_state(world, State.DRAFT)
    path, data = posted(world, "circulate", meeting)
    first = as_person(world.callum).post(path, data)
    again = as_person(world.callum).post(path, data)
    assert first.status_code == 302
    assert again.status_code == 403  # circulated minutes have no such page any more
    assert Meeting.objects.get().version == meeting.version + 1


def test_the_picture_in_the_docs_is_the_table_of_moves():
    text = (Path(__file__).parents[2] / "docs" / "minutes.md").read_text()
    drawn = dict(re.findall(r"^\| ([A-Z].*?) \| (.*?) \|", text, re.MULTILINE))
    told = {state.label: ", ".join(m.label for m in State if m in rules.MOVES[state]) or "nothing" for state in State}
    assert {label: drawn.get(label) for label in told} == told


@pytest.mark.parametrize("state", READERS)
def test_the_page_says_the_next_step_once(world, as_person, state):
    meeting = in_state(world, state)
    path = reverse("meetings:meeting", args=[meeting.pk])
    page = as_person(world.callum).get(path).content.decode()
    assert len(re.findall(r'class="ds_button"', page)) <= 1
    steps = {
        State.DRAFT: "Go on writing",
        State.CIRCULATED: "Answer 1 correction",
        State.AGREED: "Publish",
        State.PUBLISHED: "Change who may read it",
    }
    assert steps[state] in page
    if state == State.CIRCULATED:
        reader = as_person(world.asha).get(path).content.decode()
        assert 'class="ds_button" href="' + reverse("meetings:correction_new", args=[meeting.pk]) in reader
