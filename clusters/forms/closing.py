"""Asks what a practice that is missing from the list means."""

from typing import Any

from django import forms

from clusters.models import Membership
from shared.fields import Words
from shared.forms import DayInput, PortalForm

KEPT, CLOSED = "kept", "closed"
_REASON: Words = Membership._meta.get_field("end_reason")  # type: ignore[assignment]


class DecideForm(PortalForm):
    """Feeds `services.close_practice` or `services.keep_practice`."""

    decision = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[(KEPT, "It is still there: keep it as it is"), (CLOSED, "It closed, or merged into another practice")],
        error_messages={"required": "Choose what happened.", "invalid_choice": "Choose one of the two."},
    )
    closed_on = forms.DateField(
        label="If it closed: the first day without it",
        widget=DayInput,
        required=False,
        help_text="It leaves its cluster on that day, and roles held at it end.",
        error_messages={"invalid": "Type the day as in 12/11/2026."},
    )
    reason = _REASON.formfield(
        label="If it closed: how",
        required=False,
        help_text="Such as “merged into Beech”. Shown in its history. No patient should be recognisable.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") == CLOSED:
            if not cleaned.get("closed_on") and "closed_on" not in self.errors:
                self.add_error("closed_on", "Say from which day it was closed.")
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", "Say in a few words how it closed.")
        return cleaned
