"""Everything that changes escalations and ladders. One module a subject."""

from escalations.services.answering import (
    accept_answer,
    acknowledge,
    ask_information,
    ask_review,
    decline,
    give_information,
    refer_up,
    resolve,
    take_step,
    withdraw,
)
from escalations.services.ladders import RungEntry, set_ladder, set_safety_contacts
from escalations.services.raising import EscalationEntry, raise_escalation
from escalations.services.viewers import add_viewer, remove_viewer

__all__ = [
    "EscalationEntry",
    "RungEntry",
    "accept_answer",
    "acknowledge",
    "add_viewer",
    "ask_information",
    "ask_review",
    "decline",
    "give_information",
    "raise_escalation",
    "refer_up",
    "remove_viewer",
    "resolve",
    "set_ladder",
    "set_safety_contacts",
    "take_step",
    "withdraw",
]
