"""Asks people what they declare."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from directory.models import Interest
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}
_WHAT: Words = Interest._meta.get_field("what")  # type: ignore[assignment]


class InterestForm(PortalForm):
    """Feeds `declare_interest`."""

    kind = forms.ChoiceField(
        label="What kind",
        choices=Interest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind it is.", "invalid_choice": "Choose one from the list."},
    )
    what = _WHAT.formfield(
        label="What it is",
        required=False,
        help_text="In a line, such as “Secretary of the LMC”. Not needed when there is nothing to declare.",
    )
    starts_on = forms.DateField(label="Since", widget=DayInput, initial=today, error_messages=A_DAY)

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day.year < 1950:
            raise ValidationError("Check the year.")
        return day


class EndInterestForm(PortalForm):
    """Feeds `end_interest`."""

    last_day = forms.DateField(label="Last day", widget=DayInput, initial=today, error_messages=A_DAY)
