"""Forms for the action plan of a locality."""

from typing import Any

from django import forms

from meetings.forms.fields import lines
from meetings.forms.single import NewActionForm
from shared.forms import PortalForm


class GapForm(NewActionForm):
    """For `add_gap`: the gap first, then the action that closes it, typed as in the log."""

    gap = lines("What is the gap?")
    resource_needed = lines("What does closing it need, if anything?")
    field_order = ("gap", "what", "owner", "due_on", "resource_needed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gap"].required = True
        self.fields["gap"].error_messages["required"] = "Say what the gap is."


class DecisionForm(PortalForm):
    """For `decide_gap`."""

    decision = lines("What was decided?")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].required = True
        self.fields["decision"].error_messages["required"] = "Say what was decided."
