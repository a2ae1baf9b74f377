"""Everything that changes meetings, actions and questions."""

from meetings.selectors.entries import ActionEntry, AskEntry, AttendanceEntry, GuestEntry, ItemEntry, MinuteEntry
from meetings.services import action_steps
from meetings.services.actions import add_action, close_action
from meetings.services.asks import SettledMeanwhile, ask_hscp, reply_to_ask, withdraw_ask
from meetings.services.corrections import (
    add_amendment,
    answer_correction,
    correct_item,
    correct_meeting,
    propose_correction,
)
from meetings.services.meanwhile import ChangedMeanwhile, ClosedMeanwhile
from meetings.services.minutes import EditedMeanwhile, not_written, save_minute
from meetings.services.rows import NOBODY_ASKS
from meetings.services.sharing import agree_meeting, change_sharing, circulate_meeting, publish_meeting

__all__ = [
    "NOBODY_ASKS",
    "ActionEntry",
    "AskEntry",
    "AttendanceEntry",
    "ChangedMeanwhile",
    "ClosedMeanwhile",
    "EditedMeanwhile",
    "GuestEntry",
    "ItemEntry",
    "MinuteEntry",
    "SettledMeanwhile",
    "action_steps",
    "add_action",
    "add_amendment",
    "agree_meeting",
    "answer_correction",
    "ask_hscp",
    "change_sharing",
    "circulate_meeting",
    "close_action",
    "correct_item",
    "correct_meeting",
    "not_written",
    "propose_correction",
    "publish_meeting",
    "reply_to_ask",
    "save_minute",
    "withdraw_ask",
]
