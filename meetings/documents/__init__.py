"""What somebody takes away from a meeting: minutes, the agenda with what belongs to it, the log of actions, and what
goes into a calendar.
"""

from meetings.documents.actions import action_log_document
from meetings.documents.agenda import agenda_document
from meetings.documents.calendar import Method, calendar_of
from meetings.documents.minutes import minutes_document

__all__ = ["Method", "action_log_document", "agenda_document", "calendar_of", "minutes_document"]
