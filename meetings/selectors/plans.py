"""What is planned: one meeting, or a series, as frozen values that a form asks for and a service writes."""

from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from meetings.analysis import Rhythm
from meetings.models import Meeting, Series

Sort, Mode = Meeting.Sort, Meeting.Mode
SUNDAY, ODD_HOUR = 6, 1  # the clocks change at one o'clock on a Sunday night


@dataclass(frozen=True)
class MeetingPlan:
    """When, where and how a forum will meet; `funding` is that of the cover for protected learning time."""

    held_on: date
    starts_at: time | None
    minutes_long: int = 90
    mode: str = Mode.VIDEO
    place: str = ""
    joining_link: str = ""
    sort: str = Sort.ORDINARY
    funding: str = ""

    def columns(self) -> dict[str, Any]:
        """The columns of `Meeting` that hold it."""
        return {column.name: getattr(self, column.name) for column in fields(self)}

    # What stands in people's calendars. Who pays for the cover does not.
    IN_CALENDARS = ("held_on", "starts_at", "minutes_long", "mode", "place", "joining_link", "sort")


def plan_of(meeting: Meeting) -> MeetingPlan:
    """What is planned for a meeting."""
    return MeetingPlan(**{column.name: getattr(meeting, column.name) for column in fields(MeetingPlan)})


@dataclass(frozen=True)
class SeriesPlan:
    """How often a forum will meet, and what its meetings are like."""

    rhythm: Rhythm
    starts_at: time
    minutes_long: int = 90
    mode: str = Mode.VIDEO
    place: str = ""
    joining_link: str = ""
    sort: str = Sort.ORDINARY
    grace_days: int = 14

    def meeting_on(self, day: date) -> MeetingPlan:
        """The meeting of one of its days."""
        return MeetingPlan(
            day, self.starts_at, self.minutes_long, self.mode, self.place, self.joining_link, sort=self.sort
        )

    def why_not(self, today: date) -> dict[str, str]:
        """What stands in its way, beside the name of the box: a first day that has passed, and a time of night at which
        clocks change (F28).
        """
        said = {}
        if self.rhythm.first_on < today:
            said["first_on"] = "This day has passed. Give the day of the next meeting."
        if self.rhythm.weekday == SUNDAY and self.starts_at.hour == ODD_HOUR:
            said["starts_at"] = (
                "The clocks change at this time on two Sundays a year. Choose before 01:00 or from 02:00."
            )
        return said

    def columns(self) -> dict[str, Any]:
        """The columns of `Series` that hold it."""
        rhythm = self.rhythm
        kind = Series.Rhythm.WEEKS if rhythm.nth is None else Series.Rhythm.MONTHS
        own = {column.name: getattr(self, column.name) for column in fields(self) if column.name != "rhythm"}
        when = {"every": rhythm.every, "weekday": rhythm.weekday, "nth": rhythm.nth, "first_on": rhythm.first_on}
        return {**own, **when, "rhythm": kind}


def series_plan_of(series: Series) -> SeriesPlan:
    """What a series stands for."""
    own = {f.name: getattr(series, f.name) for f in fields(SeriesPlan) if f.name != "rhythm"}
    return SeriesPlan(rhythm=rhythm_of(series), **own)


def rhythm_of(series: Series) -> Rhythm:
    """How often a series meets."""
    return Rhythm(series.every, series.weekday, series.first_on, series.nth)
