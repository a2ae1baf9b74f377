"""Plans meetings: one, or a series of them, and keeps series planned ahead."""

from meetings.services.planning.ahead import plan_ahead
from meetings.services.planning.series import SeriesMeanwhile, begin_series, change_series, end_series
from meetings.services.planning.single import call_off_meeting, change_meeting, plan_meeting

__all__ = [
    "SeriesMeanwhile",
    "begin_series",
    "call_off_meeting",
    "change_meeting",
    "change_series",
    "end_series",
    "plan_ahead",
    "plan_meeting",
]
