"""What the tests of reminders share: moments, and the reminders that a run wrote."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from meetings.models import Meeting
from office.models import Letter
from portal.jobs import reminders


def morning(day, hour=6, minute=0):
    """That day at six by the clock in Scotland."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))


def written(at=None) -> dict[str, str]:
    """Write reminders at a moment (now, where none is given); the body of each letter by the first name it went to."""
    before = set(Letter.objects.values_list("pk", flat=True))
    reminders(at=at or timezone.now())
    new = Letter.objects.exclude(pk__in=before).filter(reason__startswith="digest:").select_related("person")
    assert len({letter.person_id for letter in new}) == len(new), "somebody got two"
    return {letter.person.get_short_name().lower(): letter.body for letter in new}


def next_monday(day):
    return day + timedelta(days=7 - day.weekday())


def planned(world, *, days=3, at=None, forum=None):
    return Meeting.objects.create(
        forum=forum or world.rowan.forum,
        held_on=world.today + timedelta(days=days),
        starts_at=at,
        state=Meeting.State.PLANNED,
        planned_at=timezone.now(),
        planned_by=world.morag,
        nonce=uuid4(),
    )
