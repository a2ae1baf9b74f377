"""Whose turn it is to be reminded, and how the daily jobs went."""

from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from accounts.selectors import people_with_a_way_in
from office.models import JobRun, Letter, ReminderChoice
from office.rules import week_of

DIGEST = "digest:"  # how the reasons of reminders begin
REMINDERS = "reminders"  # the daily job that writes them


def last_run_at() -> datetime | None:
    """When a daily job was last begun, on whatever host; None before the first run."""
    found: datetime | None = JobRun.objects.aggregate(last=Max("started_at"))["last"]
    return found


def last_reminders() -> JobRun | None:
    """The latest run that wrote reminders to the end."""
    return JobRun.objects.filter(job=REMINDERS, finished_at__isnull=False).order_by("-slot").first()


def database_clock() -> datetime | None:
    """What the clock of the database server says; None where the database is a file on this machine."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        said: datetime = cursor.fetchone()[0]
    return said


def rhythm_of(person: User) -> str:
    """How often somebody wants to be reminded; daily unless they chose."""
    return choice_of(person).rhythm


def choice_of(person: User) -> ReminderChoice:
    """What somebody chose; not stored where they did not."""
    return ReminderChoice.objects.filter(person=person).first() or ReminderChoice(person=person)


def people_to_remind(*, on: date) -> QuerySet[User]:
    """People with a way in whose turn it is on a day, each with `told_at`, when their last reminder was written.

    On Mondays also those who chose the week; on another day where this week's run was missed. A reminder that never
    left has told nobody anything.
    """
    theirs = Letter.objects.filter(person=OuterRef("pk"), reason__startswith=DIGEST)
    left = theirs.exclude(state__in=[Letter.State.REFUSED, Letter.State.GIVEN_UP]).order_by("-queued_at")
    this_week = JobRun.objects.filter(job=REMINDERS, slot__gte=week_of(on), slot__lt=on, finished_at__isnull=False)
    daily = Q(reminder_choice=None) | Q(reminder_choice__rhythm=ReminderChoice.Rhythm.DAILY)
    weekly = Q(reminder_choice__rhythm=ReminderChoice.Rhythm.WEEKLY) & ~Exists(this_week)
    people = people_with_a_way_in().filter(daily | weekly).select_related("reminder_choice").order_by("pk")
    return people.annotate(told_at=Subquery(left.values("queued_at")[:1]))
