"""Doors, forms, one call, an answer."""

from meetings.views.actions import action_close, action_list, action_new, cluster_actions
from meetings.views.asks import ask, ask_new, ask_withdraw
from meetings.views.logging import action_proposal, meeting_edit, meeting_log
from meetings.views.reading import meeting, meeting_list, meeting_share

__all__ = [
    "action_close",
    "action_list",
    "action_new",
    "action_proposal",
    "ask",
    "ask_new",
    "ask_withdraw",
    "cluster_actions",
    "meeting",
    "meeting_edit",
    "meeting_list",
    "meeting_log",
    "meeting_share",
]
