"""Everything that changes escalations and ladders. One module a subject."""

from escalations.services.answering import take_step
from escalations.services.ladders import RungEntry, SetSince, set_ladder, set_safety_contacts
from escalations.services.raising import EscalationEntry, SentAlready, raise_escalation
from escalations.services.viewers import add_viewer, remove_viewer

__all__ = [
    "EscalationEntry",
    "RungEntry",
    "SentAlready",
    "SetSince",
    "add_viewer",
    "raise_escalation",
    "remove_viewer",
    "set_ladder",
    "set_safety_contacts",
    "take_step",
]
