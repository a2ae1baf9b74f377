"""Whoever is given an action is told of it with their next reminder, however old it is."""

from datetime import timedelta

from django.utils import timezone

from clusters.selectors.reach import reaches_of
from meetings.models import Action
from meetings.selectors import OwnerEntry
from meetings.services.action_steps import hand_over_action
from meetings.services.meanwhile import Pen
from office.models import Letter
from office.services.reminders import write_reminders
from tests.meetings.minutes import an_action


def told(person, action) -> bool:
    return any(action.what in letter.body for letter in Letter.objects.filter(person=person))


def test_an_action_that_was_handed_over_is_new_for_who_has_it_now(world):
    action, now = an_action(world, due_in=60), timezone.now()
    Action.objects.update(added_at=now - timedelta(days=40))
    write_reminders(at=now, reaches_of=reaches_of)
    hand_over_action(
        Pen(world.callum, now, action.version), action, to=OwnerEntry(person=world.asha.pk), reason="She leads it"
    )
    assert not told(world.asha, action)
    write_reminders(at=now + timedelta(days=1), reaches_of=reaches_of)
    assert told(world.asha, action)
    assert not told(world.callum, action)
