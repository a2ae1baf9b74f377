"""Everything that changes meetings, actions and questions."""

from meetings.selectors.entries import ActionEntry, AskEntry, AttendanceEntry, GuestEntry, ItemEntry, MinuteEntry
from meetings.services.actions import ClosedMeanwhile, add_action, close_action
from meetings.services.asks import SettledMeanwhile, ask_hscp, reply_to_ask, withdraw_ask
from meetings.services.minutes import NOBODY_ASKS, EditedMeanwhile, save_minute
from meetings.services.sharing import change_sharing, publish_meeting

__all__ = [
    "NOBODY_ASKS",
    "ActionEntry",
    "AskEntry",
    "AttendanceEntry",
    "ClosedMeanwhile",
    "EditedMeanwhile",
    "GuestEntry",
    "ItemEntry",
    "MinuteEntry",
    "SettledMeanwhile",
    "add_action",
    "ask_hscp",
    "change_sharing",
    "close_action",
    "publish_meeting",
    "reply_to_ask",
    "save_minute",
    "withdraw_ask",
]
