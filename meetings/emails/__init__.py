"""Letters about meetings and actions, put into the outbox in the transaction of what they tell."""

from meetings.emails.actions import remind_of
from meetings.emails.minutes import send_minutes

__all__ = ["remind_of", "send_minutes"]
