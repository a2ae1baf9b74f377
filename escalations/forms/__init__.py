"""Asks for everything that the services need. One module a subject."""

from escalations.forms.ladders import BaseLadder, ContactsForm, ladder_forms
from escalations.forms.lists import EscalationFilter
from escalations.forms.raising import RaiseForm
from escalations.forms.steps import ReaderForm, StepForm, WithdrawForm

__all__ = [
    "BaseLadder",
    "ContactsForm",
    "EscalationFilter",
    "RaiseForm",
    "ReaderForm",
    "StepForm",
    "WithdrawForm",
    "ladder_forms",
]
