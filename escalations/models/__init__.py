"""The route upward and the answer back: the ladder, what was raised, and every step with its date."""

from escalations.models.escalations import Escalation, ReferenceYear
from escalations.models.ladders import Rung, SafetyContacts
from escalations.models.steps import Step, StepQuerySet, Viewer

__all__ = ["Escalation", "ReferenceYear", "Rung", "SafetyContacts", "Step", "StepQuerySet", "Viewer"]
