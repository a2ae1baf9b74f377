"""Meetings and their rhythm, agendas, minutes, what follows them, actions, and questions to the HSCP."""

from meetings.models.after import Amendment, Correction, Hours, LookBack, Pulse, PulseGiven, SignificantEvent
from meetings.models.agenda import LeftOut, StandingItem, Topic, TopicStep
from meetings.models.meetings import Attendance, Audience, Item, Meeting, ShareLevel
from meetings.models.series import Series
from meetings.models.work import Action, ActionStep, Ask, Gap, Live, PracticeReturn

__all__ = [
    "Action",
    "ActionStep",
    "Amendment",
    "Ask",
    "Attendance",
    "Audience",
    "Correction",
    "Gap",
    "Hours",
    "Item",
    "LeftOut",
    "Live",
    "LookBack",
    "Meeting",
    "PracticeReturn",
    "Pulse",
    "PulseGiven",
    "Series",
    "ShareLevel",
    "SignificantEvent",
    "StandingItem",
    "Topic",
    "TopicStep",
]
