"""Asks a practice how its figures are shown."""

from typing import Any

from django import forms

from measures.models import Consent
from measures.rules import CAREFUL
from shared.forms import PortalForm

Level = Consent.Level
CHOOSE = {"required": "Choose one.", "invalid_choice": "Choose one of the four."}


class ConsentForm(PortalForm):
    """Feeds `say_consent`."""

    inside = forms.ChoiceField(
        label="To the other practices of the cluster",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    above = forms.ChoiceField(
        label="To those above the cluster: the HSCP, the health board, their analysts",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        inside, above = cleaned.get("inside"), cleaned.get("above")
        if inside and above and CAREFUL.index(above) > CAREFUL.index(inside):
            self.add_error("above", "Those above the cluster can’t see more than the cluster itself.")
        return cleaned
