"""Minutes by e-mail: each reader's own actions on top, and nothing that is withheld from them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from clusters.models import RoleAssignment
from meetings.emails import send_minutes
from meetings.models import Attendance, Meeting
from office.models import Letter
from tests.meetings.minutes import entry, logged, published
from tests.meetings.test_circulation import circulated


def letters() -> dict[str, Letter]:
    """The letters about minutes by the first name of who gets them."""
    return {a.person.full_name.split()[0].lower(): a for a in Letter.objects.filter(reason__startswith="minutes:")}


def mailed(w, **chosen) -> Meeting:
    meeting = published(w, **chosen)
    send_minutes(meeting=meeting, by=w.callum, at=timezone.now())
    return meeting


def test_circulating_writes_to_every_member_and_to_nobody_else(world):
    circulated(world)
    assert set(letters()) == {"asha", "callum", "morag", "pam", "tom"}


def test_own_actions_stand_before_the_decisions_and_the_link(world):
    meeting = circulated(world)
    body = letters()["asha"].body
    order = [
        "YOURS TO DO",
        "Share text template, by",
        "DECIDED",
        "Diabetes recall: All practices send texts",
        f"/meetings/{meeting.pk}/",
    ]
    assert [body.find(part) for part in order] == sorted(body.find(part) for part in order)
    assert -1 not in [body.find(part) for part in order]
    assert "Nothing in these minutes" in letters()["tom"].body


def test_what_is_kept_in_the_cluster_is_not_told_by_e_mail(world):
    circulated(world)
    for name, letter in letters().items():
        assert "Private decision" not in letter.body
        assert "Private talk" not in letter.body
        assert "1 item kept in the cluster is not told" in letter.body
        assert ("Private action" in letter.body) == (name == "callum")  # his own


def test_publishing_sends_only_where_that_was_ticked(world, as_person):
    for ticked, number in (("", 0), ("on", 5)):
        meeting = logged(world, held_on=world.today - timedelta(days=number))
        path = reverse("meetings:meeting_share", args=[meeting.pk])
        data = {"do": "publish", "share_level": "CLUSTER", "version": meeting.version, "is_mailed": ticked}
        assert as_person(world.callum).post(path, data).status_code == 302
        assert len(letters()) == number
    assert 'name="is_mailed"' not in as_person(world.callum).get(path).content.decode()


def test_one_state_makes_one_letter_each(world):
    meeting = mailed(world)
    send_minutes(meeting=meeting, by=world.callum, at=timezone.now())
    assert Letter.objects.filter(reason__startswith="minutes:").count() == 5
    assert letters()["tom"].reason == f"minutes:{meeting.pk}:PUBL:{world.tom.pk}"


@pytest.mark.parametrize(("level", "is_told"), [("CLUSTER", False), ("HSCP", True)])
def test_who_was_there_from_above_is_told_what_they_may_read(world, level, is_told):
    meeting = published(world, share_level=level)
    Attendance.objects.create(meeting=meeting, person=world.heather, presence="GUEST", name="Heather Lind")
    send_minutes(meeting=meeting, by=world.callum, at=timezone.now())
    assert ("heather" in letters()) is is_told
    if is_told:
        assert "Fund the texts" in letters()["heather"].body
        assert "kept in the cluster" not in letters()["heather"].body


def test_circulated_minutes_go_to_nobody_above_who_was_there(world):
    meeting = logged(world)
    Attendance.objects.create(meeting=meeting, person=world.heather, presence="GUEST", name="Heather Lind")
    Meeting.objects.filter(pk=meeting.pk).update(state="CIRC", share_level="BOARD")
    meeting.refresh_from_db()
    send_minutes(meeting=meeting, by=world.callum, at=timezone.now())
    assert "heather" not in letters()
    assert "tom" in letters()


def test_who_was_away_and_left_since_gets_none(world):
    meeting = published(world)
    there = Attendance.objects.get(meeting=meeting, practice=world.alder)
    assert there.person == world.asha
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today)
    send_minutes(meeting=meeting, by=world.callum, at=timezone.now())
    assert "asha" not in letters()


def test_typed_text_breaks_no_line_and_a_letter_stays_a_letter(world):
    items = entry(world).items
    long = replace(items[0], title="One\nline", decision="https://example.org " + "x" * 3900)
    circulated(world, items=(long, *[replace(items[0], actions=(), asks=(), title=f"T{n}") for n in range(200)]))
    letter = letters()["callum"]
    assert len(letter.body) < 10_000
    assert "more in the minutes" in letter.body
    assert "One line: https" in letter.body


@pytest.mark.parametrize("more", [0, 20])
def test_as_many_queries_for_few_as_for_many(world, more, django_assert_num_queries):
    meeting = published(world)
    for n in range(more):
        person = User.objects.create_user(f"n{n}@example.org", f"N{n} Name", "gentle-rowan-berries")
        RoleAssignment.objects.create(person=person, role=Role.PQL, practice=world.elm, starts_on=world.since)
    with django_assert_num_queries(14):
        send_minutes(meeting=meeting, by=world.callum, at=timezone.now())
    assert len(letters()) == 5 + more
