"""After a meeting: the pulse without names, and hours that only their giver sees unless they share them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.selectors import reach_of
from meetings.models import Hours, Meeting, Pulse, PulseGiven
from meetings.selectors.hours import shared_hours
from meetings.selectors.pulse import pulse_of
from meetings.services.hours import note_hours, remove_hours, share_hours
from meetings.services.pulse import give_pulse
from tests.meetings.minutes import logged, publish, published
from tests.meetings.test_circulation import circulated

YES = {"organised": 4, "friendly": 4, "facilitated": 3, "productive": 2}


def body(response):
    return response.content.decode()


def say(w, meeting, *people, **answers):
    for person in people:
        give_pulse(by=person, meeting=meeting, at=timezone.now(), **{**YES, **answers})


def gave(w, person, *, minutes=45, on=None) -> Hours:
    return note_hours(
        by=person, forum=w.rowan.forum, kind="OTHER", minutes=minutes, on=on or w.today, at=timezone.now()
    )


def test_the_pulse_is_shown_from_four_answers_on(world, as_person):
    meeting = published(world)
    say(world, meeting, world.callum, world.asha, world.tom)
    assert pulse_of(meeting).agreed == ()
    page = reverse("meetings:meeting", args=[meeting.pk])
    assert "3 answers so far" in body(as_person(world.asha).get(page))
    path = reverse("meetings:meeting_pulse", args=[meeting.pk])
    assert as_person(world.pam).post(path, {**YES, "friendly": 1}).status_code == 302
    assert dict(pulse_of(meeting).agreed) == {
        "Well organised": 4,
        "Friendly": 3,
        "Well facilitated": 4,
        "Productive": 0,
    }
    assert "Friendly: 3 of 4 said yes" in body(as_person(world.callum).get(page))


def test_nobody_above_reads_the_pulse(world, as_person):
    meeting = published(world, share_level="HSCP")
    say(world, meeting, world.callum, world.asha, world.tom, world.pam)
    assert "said yes" not in body(as_person(world.heather).get(reverse("meetings:meeting", args=[meeting.pk])))


def test_an_answer_has_no_name_and_no_time(world):
    say(world, published(world), world.asha)
    names = {field.name for field in Pulse._meta.concrete_fields}
    assert names == {"id", "meeting", *YES}
    assert {field.name for field in PulseGiven._meta.concrete_fields} == {"id", "meeting", "person"}
    assert not set(AuditEvent.objects.get(verb="pulse.given").changes) & set(YES)


def test_nobody_answers_twice(world, as_person):
    meeting = published(world)
    say(world, meeting, world.asha, world.asha)
    assert Pulse.objects.count() == 1
    assert "answered already" in body(as_person(world.asha).get(reverse("meetings:meeting_pulse", args=[meeting.pk])))


def test_all_four_are_asked_for(world, as_person):
    path = reverse("meetings:meeting_pulse", args=[published(world).pk])
    answer = body(as_person(world.asha).post(path, {"organised": 4}))
    assert "Say whether it was friendly" in answer
    assert not Pulse.objects.exists()
    with pytest.raises(ValidationError):
        say(world, published(world, held_on=world.today - timedelta(days=9)), world.asha, friendly=5)


@pytest.mark.parametrize("name", ["heather", "nell", "fergus", "priya"])
def test_others_do_not_answer(world, name):
    with pytest.raises(PermissionDenied):
        say(world, published(world), getattr(world, name))


def test_a_draft_has_no_pulse(world):
    with pytest.raises(PermissionDenied):
        say(world, logged(world), world.callum)


@pytest.mark.parametrize("make", [circulated, published])
def test_who_is_written_down_has_given_the_length_of_the_meeting_once(world, make):
    meeting = make(world)
    row = Hours.objects.get(person=world.asha)
    assert (row.minutes, row.kind, row.is_by_hand) == (90, "ATTEND", False)
    assert (row.meeting, row.on, row.is_shared) == (meeting, world.today, False)


def test_the_lead_who_logged_it_was_there_without_a_row(world):
    published(world)
    assert set(Hours.objects.values_list("person__full_name", flat=True)) == {"Asha Rahman", "Callum Reid"}


def test_a_lead_of_a_practice_was_there_only_where_its_row_says_so(world):
    """Negative control, and so it is for an administrator who writes it up."""
    RoleAssignment.objects.create(person=world.callum, role=Role.PQL, practice=world.elm, starts_on=world.since)
    published(world)
    assert not Hours.objects.filter(person=world.callum).exists()


def test_nor_was_an_administrator_who_wrote_it_up(world):
    meeting = logged(world)
    Meeting.objects.filter(pk=meeting.pk).update(logged_by=world.morag)
    publish(world, meeting)
    assert set(Hours.objects.values_list("person__full_name", flat=True)) == {"Asha Rahman"}


def test_preparing_is_one_tap_and_the_last_counts(world, as_person):
    meeting = published(world)
    path = reverse("meetings:meeting_prepared", args=[meeting.pk])
    for minutes in ("30", "60", "60", "61"):
        as_person(world.callum).post(path, {"minutes": minutes})
    assert Hours.objects.get(person=world.callum, kind="PREP").minutes == 60
    assert AuditEvent.objects.filter(verb="hours.changed").count() == 1


def test_hours_are_for_their_giver_alone_until_shared(world, as_person):
    gave(world, world.asha, minutes=130)
    shared = reverse("meetings:hours_shared", args=[world.rowan.forum])
    assert "2 hours 10 minutes" in body(as_person(world.asha).get(reverse("meetings:hours_list")))
    for reader in (world.callum, world.heather):
        assert "Nobody shares their hours" in body(as_person(reader).get(shared))
    share = reverse("meetings:hours_share", args=[world.rowan.forum])
    assert as_person(world.asha).post(share, {"share": "yes"}).status_code == 302
    for reader in (world.callum, world.heather):
        assert "2 hours 10 minutes" in body(as_person(reader).get(shared))
    assert gave(world, world.asha).is_shared  # what comes later follows the choice
    as_person(world.asha).post(share, {"share": "no"})
    assert "Nobody shares their hours" in body(as_person(world.callum).get(shared))
    assert not gave(world, world.asha).is_shared


def test_another_persons_hours_are_not_there(world, as_person):
    hours = gave(world, world.asha)
    assert as_person(world.callum).get(reverse("meetings:hours_remove", args=[hours.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        remove_hours(by=world.callum, hours=hours)
    assert "45 minutes" not in body(as_person(world.callum).get(reverse("meetings:hours_list")))


def test_one_takes_back_ones_own(world, as_person):
    hours = gave(world, world.asha)
    path = reverse("meetings:hours_remove", args=[hours.pk])
    assert "gone for good" in body(as_person(world.asha).get(path))
    assert as_person(world.asha).post(path).status_code == 302
    assert not Hours.objects.exists()


@pytest.mark.parametrize(("minutes", "days"), [(0, 0), (1441, 0), (30, 1)])
def test_time_that_cannot_be_is_refused(world, minutes, days):
    with pytest.raises(ValidationError):
        gave(world, world.asha, minutes=minutes, on=world.today + timedelta(days=days))


def test_hours_are_for_where_one_belongs(world):
    with pytest.raises(PermissionDenied):
        gave(world, world.nell)
    assert share_hours(by=world.nell, forum=world.rowan.forum, is_shared=True) == 0


def test_my_hours_take_as_many_queries_for_one_row_as_for_twenty(world, as_person):
    client, path = as_person(world.asha), reverse("meetings:hours_list")
    gave(world, world.asha)
    client.get(path)
    counts = []
    for more in (0, 19):
        for n in range(more):
            gave(world, world.asha, on=world.today - timedelta(days=n))
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hours_noted_with_one_form_twice_stand_once(world, as_person):
    client, path = as_person(world.asha), reverse("meetings:hours_new")
    nonce = client.get(path).context["form"].initial["nonce"]
    typed = {"forum": world.rowan.forum_id, "kind": "OTHER", "on": str(world.today), "minutes": "45", "nonce": nonce}
    for _ in range(2):
        assert client.post(path, typed).status_code == 302
    assert Hours.objects.count() == 1
    assert client.post(path, {**typed, "minutes": "50"}).status_code == 302
    assert Hours.objects.count() == 2


def test_two_people_of_one_name_share_each_their_own_hours(world, as_person):
    type(world.tom).objects.filter(pk=world.tom.pk).update(full_name=world.asha.full_name)
    for person in (world.asha, world.tom):
        gave(world, person)
        share_hours(by=person, forum=world.rowan.forum, is_shared=True)
    rows = shared_hours(reach_of(world.callum, on=world.today), world.rowan.forum, on=world.today)
    assert [[minutes for _, minutes in row.months] for row in rows] == [[45], [45]]
