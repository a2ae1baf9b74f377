"""The counts that pages of other apps gather."""

from datetime import timedelta

from django.utils import timezone

from clusters.selectors import reach_of
from meetings.selectors import (
    last_and_next_meeting,
    last_logged_on,
    open_actions_count,
    represented,
    waiting_asks,
    waiting_asks_within,
    what_needs,
)
from meetings.services import close_action
from tests.meetings.minutes import an_action, an_ask, logged, published


def test_last_and_next(world, django_assert_num_queries):
    soon, forums = world.today + timedelta(days=20), [world.rowan.forum, world.larch.forum]
    published(world, held_on=world.today - timedelta(days=40))
    newest = published(world, held_on=world.today - timedelta(days=2), next_on=soon)
    logged(world)
    with django_assert_num_queries(2):
        found = last_and_next_meeting(forums, on=world.today)
    dates = found[world.rowan.forum.pk]
    assert (dates.last_on, dates.last_meeting, dates.next_on) == (newest.held_on, newest.pk, soon)
    assert world.larch.forum.pk not in found


def test_counts(world):
    meeting = published(world)
    an_action(world)
    assert open_actions_count([world.rowan.forum]) == {world.rowan.forum.pk: 4}
    close_action(by=world.callum, action=an_action(world), evidence="Done", at=timezone.now())
    logged(world)
    assert open_actions_count([world.rowan.forum.pk]) == {world.rowan.forum.pk: 4}
    assert (represented([meeting])[meeting.pk].there, represented([meeting])[meeting.pk].of) == (6, 7)
    assert last_logged_on([world.rowan.forum]) == {world.rowan.forum.pk: world.today}


def test_waiting_questions(world):
    mine = an_ask(world)
    assert list(waiting_asks([world.rowan.forum, world.birch.forum])) == [mine]
    for who, found in (("heather", [mine]), ("rhona", [mine]), ("lewis", []), ("callum", []), ("nell", [])):
        assert list(waiting_asks_within(reach_of(getattr(world, who), on=world.today))) == found, who


def test_what_needs_a_person(world, django_assert_num_queries):
    late = an_action(world, due_in=-2)
    soon = an_action(world, due_in=2)
    an_action(world, due_in=30)
    ask, draft = an_ask(world), logged(world)
    reach = reach_of(world.callum, on=world.today)
    with django_assert_num_queries(4):
        needs = what_needs(reach, soon=world.today + timedelta(days=7))
    assert needs.late == (late,)
    assert needs.due_soon == (soon,)
    assert needs.waiting == (ask,)
    assert needs.drafts == (draft,)
    assert what_needs(reach_of(world.heather, on=world.today), soon=world.today).to_answer == (ask,)
    assert what_needs(reach_of(world.nell, on=world.today), soon=world.today).drafts == ()
