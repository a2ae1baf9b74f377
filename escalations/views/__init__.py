"""Pages: the lists, raising, one escalation with its steps and readers, and the ladders in the registry."""

from escalations.views.escalation import escalation, escalation_readers
from escalations.views.ladders import ladder, ladder_list, safety_contacts
from escalations.views.lists import escalation_list
from escalations.views.raising import escalation_raise
from escalations.views.tagging import escalation_tag

__all__ = [
    "escalation",
    "escalation_list",
    "escalation_raise",
    "escalation_readers",
    "escalation_tag",
    "ladder",
    "ladder_list",
    "safety_contacts",
]
