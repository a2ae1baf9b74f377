"""This morning's reminders, how often people want them, and an address that no longer takes any."""

from django.utils import timezone

from office.models import Letter, ReminderChoice
from office.services.daily import run_job
from office.services.reminders import choose_rhythm
from portal.demo.stage import Stage
from portal.jobs import reminders

WANTED = {"asha": ReminderChoice.Rhythm.WEEKLY, "bruce": ReminderChoice.Rhythm.NONE}
GONE = "tom"  # whose address the mail server refused


def remind_people(stage: Stage) -> None:
    """Choices first, then the daily job that writes the reminders. They leave after the commit."""
    now = timezone.now()
    for key, rhythm in WANTED.items():
        if key in stage.people:
            choose_rhythm(rhythm=rhythm, by=stage.people[key], at=now)
    run_job(reminders, at=now)
    if GONE in stage.people:
        theirs = Letter.objects.filter(person=stage.people[GONE], state=Letter.State.QUEUED)
        theirs.update(state=Letter.State.REFUSED, answer="550 5.1.1 The mailbox is closed.", tries=1)
