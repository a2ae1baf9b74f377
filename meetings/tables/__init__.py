"""Lists of meetings, actions and questions."""

from meetings.tables.actions import ActionTable, AskTable
from meetings.tables.meetings import MeetingTable

__all__ = ["ActionTable", "AskTable", "MeetingTable"]
