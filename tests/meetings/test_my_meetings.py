"""One person's meetings over every forum: what comes, what clashes, how many hours, and what was."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from clusters.models import Forum, ForumMember, RoleAssignment
from meetings.models import Meeting
from meetings.selectors.invited import invited_to
from office.models import Letter
from tests.cast import person
from tests.meetings.minutes import logged
from tests.meetings.test_meeting_plan import LINK, body, planned

PATH = "/meetings/"


@pytest.fixture
def group(world):
    forum = Forum.objects.create(kind="TASK", name="Recall group", slug="recall-group", hscp=world.strath)
    for member in (world.callum, world.rhona):
        ForumMember.objects.create(forum=forum, person=member, starts_on=world.since)
    return forum


def mine(as_person, person):
    return as_person(person).get(PATH).context["mine"]


def test_what_comes_is_listed_over_all_forums_the_next_first(world, as_person, group):
    later = planned(world, days=20)
    sooner = planned(world, forum=group, days=12)
    assert [one.meeting for one in mine(as_person, world.callum).coming] == [sooner, later]
    assert [one.meeting for one in mine(as_person, world.asha).coming] == [later]
    assert [one.meeting for one in mine(as_person, world.rhona).coming] == [sooner]
    assert mine(as_person, world.heather).coming == ()
    assert mine(as_person, world.nell).coming == ()
    page = body(as_person(world.asha).get(PATH))
    assert "12:30" in page
    assert f'href="{LINK}"' in page
    assert "Recall group" not in page


@pytest.fixture
def team(world):
    """Maisie is of the multidisciplinary team at Elm, Owen of the whole of Rowan; Quinn manages Elm."""
    for name, role, place in (
        ("Maisie Torrance", Role.MDT_MEMBER, {"practice": world.elm}),
        ("Owen Hay", Role.MDT_MEMBER, {"cluster": world.rowan}),
        ("Quinn Law", Role.PRACTICE_MANAGER, {"practice": world.elm}),
    ):
        RoleAssignment.objects.create(person=person(world, name), role=role, starts_on=world.since, **place)


ASKED = {"callum", "morag", "asha", "pam", "tom", "maisie", "owen"}


@pytest.mark.parametrize("name", [*sorted(ASKED), "quinn", "heather", "rhona", "nell", "una"])
def test_one_rule_says_who_is_asked(world, as_person, team, name):
    """Letters, the page of the meeting, "My meetings" and the home page know the same people."""
    meeting, someone = planned(world), world.people[name]
    is_asked = name in ASKED
    assert (someone in invited_to(world.rowan.forum, on=world.today)) is is_asked
    assert Letter.objects.filter(person=someone).exists() is is_asked
    assert ([one.meeting for one in mine(as_person, someone).coming] == [meeting]) is is_asked
    assert (f'href="/meetings/{meeting.pk}/"' in body(as_person(someone).get("/"))) is is_asked


def test_home_leads_to_a_forum_in_which_somebody_sits(world, as_person, group):
    planned(world, forum=group, days=12)
    assert 'href="/forums/recall-group/"' in body(as_person(world.rhona).get("/"))
    assert as_person(world.rhona).get("/forums/recall-group/").status_code == 200


def test_what_was_called_off_or_begun_does_not_come(world, as_person):
    meeting = planned(world)
    Meeting.objects.filter(pk=meeting.pk).update(state="DRAFT")
    assert mine(as_person, world.callum).coming == ()


def test_meetings_at_the_same_time_are_said(world, as_person, group):
    one = planned(world, days=20)
    other = planned(world, forum=group, days=20, starts_at=time(13, 59))
    coming = mine(as_person, world.callum).coming
    assert [entry.clashes for entry in coming] == [(other,), (one,)]
    assert "at the same time as Recall group" in body(as_person(world.callum).get(PATH))
    # One that begins when the other ends is none.
    Meeting.objects.filter(pk=other.pk).update(starts_at=time(14, 0))
    assert [entry.clashes for entry in mine(as_person, world.callum).coming] == [(), ()]


def test_hours_a_month(world, as_person, group):
    first = planned(world, days=40)
    planned(world, forum=group, days=40, starts_at=time(9), minutes_long=60)
    (month,) = mine(as_person, world.callum).months
    assert (month.first, month.number, month.hours) == (first.held_on.replace(day=1), 2, 2.5)


def test_what_was_is_what_the_reader_may_open(world, as_person):
    draft = logged(world, held_on=world.today - timedelta(days=9))
    assert mine(as_person, world.callum).past == (draft,)
    assert mine(as_person, world.asha).past == ()
    Meeting.objects.filter(pk=draft.pk).update(held_on=world.today - timedelta(days=500))
    assert mine(as_person, world.callum).past == ()


def test_an_empty_page_says_how_meetings_come_to_be(world, as_person):
    assert "No meeting is planned in any forum that asks you" in body(as_person(world.heather).get(PATH))


def test_home_leads_there(world, as_person):
    assert f'href="{PATH}"' in body(as_person(world.asha).get("/"))


def test_as_many_queries_for_one_meeting_as_for_twenty(world, as_person):
    planned(world)
    client = as_person(world.asha)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for days in range(11, 31):
        planned(world, days=days, is_inviting=False)
        logged(world, held_on=world.today - timedelta(days=days))
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(PATH).context["mine"].coming) == 21
    assert len(many) == len(one)
