"""Runs the jobs of a day, each once, whichever host asks first; what failed is tried again by the next run."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection, transaction
from django.utils import timezone

from office.models import JobRun
from office.rules import clock_problem
from office.selectors import database_clock, last_run_at
from shared.plugs import plugged

# Whoever has not finished after so long was killed.
KILLED_AFTER = timedelta(hours=1)


class ClockDoubted(Exception):
    """The clock of this machine can't be right: nothing was done. The message says why, and what to do."""


class Came(StrEnum):
    """What came of one job."""

    DONE = "done"
    ALREADY = "done already today"
    ELSEWHERE = "being done by another run"
    FAILED = "failed"


@dataclass(frozen=True)
class Ran:
    """One job of a run. `said` are its own words on what it did, or the kind of error."""

    job: str
    came: Came
    said: str = ""


def run_daily(*, at: datetime, is_forced: bool = False) -> list[Ran]:
    """Run every job of `DAILY_JOBS` that this day still needs, in their order, and tell what came of each (F22, F23).

    A job is a function that takes `at` and gives a sentence; its row has the name of the function. One that fails
    stops no other. Raises ClockDoubted where the clock has gone back or is far ahead (F30), unless `is_forced`: then
    runs that lie ahead of `at` are forgotten.
    """
    if is_forced:
        JobRun.objects.filter(started_at__gt=at).delete()
    elif problem := clock_problem(at, last=last_run_at(), database=database_clock()):
        raise ClockDoubted(problem)
    return [run_job(job, at=at) for job in plugged("DAILY_JOBS")]


def run_job(job: Callable[..., str], *, at: datetime) -> Ran:
    """Run one job, if its day still needs it and nobody else is at it."""
    name = job.__name__
    run = _claimed(name, at)
    if isinstance(run, Came):
        return Ran(name, run)
    try:
        said = job(at=at)
    except Exception as failure:  # whatever one job does, the others are due all the same
        logging.getLogger(__name__).exception("The daily job %s failed", name)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        JobRun.objects.filter(pk=run.pk).update(outcome={"failed": type(failure).__name__})
        return Ran(name, Came.FAILED, type(failure).__name__)
    JobRun.objects.filter(pk=run.pk).update(finished_at=max(timezone.now(), at), outcome={"said": said})
    return Ran(name, Came.DONE, said)


def _claimed(name: str, at: datetime) -> JobRun | Came:
    """The row of this job and day, ours alone; or why it is not ours: done, or somebody is at it."""
    run, is_new = JobRun.objects.get_or_create(job=name, slot=timezone.localdate(at), defaults={"started_at": at})
    if is_new:
        return run
    with transaction.atomic():
        run = JobRun.objects.select_for_update().get(pk=run.pk)
        if run.finished_at:
            return Came.ALREADY
        if not run.outcome and run.started_at > at - KILLED_AFTER:
            return Came.ELSEWHERE
        run.started_at, run.outcome = at, {}
        run.save(update_fields=["started_at", "outcome"])
    return run
