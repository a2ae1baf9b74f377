"""One action, two people, one moment: one of them is done, the other is told, and the trail keeps both (F06)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from meetings.models import Action
from meetings.selectors import OwnerEntry
from meetings.services import ChangedMeanwhile, ClosedMeanwhile, action_steps, close_action
from meetings.services.meanwhile import Pen
from tests.meetings.minutes import an_action

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of several simultaneous calls gave: its result or its exception."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait()
            return act()
        except Exception as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def both(world, action):
    to, pen = OwnerEntry(person=world.asha.pk), Pen(world.callum, timezone.now(), action.version)
    return at_once(
        lambda: close_action(by=world.tom, action=action, at=timezone.now(), evidence="Sent"),
        lambda: action_steps.hand_over_action(pen, action, to=to, reason="Leave"),
    )


def test_closed_by_one_and_handed_over_by_another(world):
    action = an_action(world, owner=world.tom)
    closed, handed = both(world, action)
    action.refresh_from_db()
    if isinstance(handed, ClosedMeanwhile):
        assert (action.state, action.owner) == ("DONE", world.tom)
        late = world.callum
    else:  # then Tom holds it no longer, and is told so
        assert isinstance(closed, Exception)
        assert (action.state, action.owner) == ("OPEN", world.asha)
        late = None
    trail = AuditEvent.objects.filter(subject_type="meetings.action", verb="action.came_too_late")
    assert [event.by for event in trail] == ([late] if late else [])


def test_of_two_who_hand_it_over_one_does(world):
    action = an_action(world, owner=world.tom)

    def to(by, person):
        pen = Pen(by, timezone.now(), action.version)
        return lambda: action_steps.hand_over_action(pen, action, to=OwnerEntry(person=person.pk), reason="")

    given = at_once(to(world.callum, world.asha), to(world.morag, world.pam))
    assert sorted(type(one) for one in given if not isinstance(one, Action)) == [ChangedMeanwhile]
    action.refresh_from_db()
    assert action.version == 2
    verbs = AuditEvent.objects.filter(subject_type="meetings.action").values_list("verb", "by")
    assert {verb for verb, _ in verbs} == {"action.added", "action.handed_over", "action.came_too_late"}
    assert {by for verb, by in verbs if verb != "action.added"} == {world.callum.pk, world.morag.pk}


def test_without_the_versions_the_second_would_overwrite_the_first(world, monkeypatch):
    """Negative control: the version, and nothing else, tells them."""
    monkeypatch.setattr(action_steps, "_refuse_changed", lambda pen, action: None)
    action = an_action(world, owner=world.tom)
    for by, person in ((world.callum, world.asha), (world.morag, world.pam)):
        action_steps.hand_over_action(Pen(by, timezone.now(), 1), action, to=OwnerEntry(person=person.pk), reason="")
    action.refresh_from_db()
    assert action.owner == world.pam
    assert not AuditEvent.objects.filter(verb="action.came_too_late").exists()
