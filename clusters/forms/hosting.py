"""Asks which HSCP acts for which, and until when."""

from datetime import timedelta
from typing import Any

from django import forms

from clusters.models import Hosting
from practices.models import HSCP
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

_SERVICE: Words = Hosting._meta.get_field("service")  # type: ignore[assignment]
A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}


def _hscp(label: str, help_text: str, required: str) -> Any:
    return forms.ModelChoiceField(
        label=label,
        queryset=HSCP.objects.all(),
        to_field_name="code",
        empty_label="Choose an HSCP",
        help_text=help_text,
        error_messages={"required": required, "invalid_choice": "Choose an HSCP from the list."},
    )


class BeginHostingForm(PortalForm):
    """Feeds `services.hosting.begin_hosting`."""

    host = _hscp(
        "HSCP that acts", "Everybody with a role at this HSCP reaches the other one too.", "Choose the HSCP that acts."
    )
    served = _hscp(
        "HSCP that it acts for",
        "Its clusters, practices and questions come into their sight.",
        "Choose the HSCP that it acts for.",
    )
    service = _SERVICE.formfield(
        label="What it does for the other",
        help_text="Such as “primary care”. No patient should be recognisable.",
        error_messages={"required": "Say in a few words what it does for the other."},
    )
    starts_on = forms.DateField(label="First day", widget=DayInput, error_messages=A_DAY)
    last_day = forms.DateField(
        label="Last day",
        required=False,
        widget=DayInput,
        help_text="Leave empty while no end is set.",
        error_messages=A_DAY,
    )

    def facts(self) -> dict[str, Any]:
        """What the service is handed."""
        last = self.cleaned_data["last_day"]
        ends_on = last + timedelta(days=1) if last else None
        return {**self.values("host", "served", "service", "starts_on"), "ends_on": ends_on}

    def clean_starts_on(self) -> Any:
        return _not_too_far(self.cleaned_data["starts_on"])

    def clean_last_day(self) -> Any:
        return _not_too_far(self.cleaned_data["last_day"])


class EndHostingForm(PortalForm):
    """Feeds `services.hosting.end_hosting`."""

    last_day = forms.DateField(
        label="Last day",
        widget=DayInput,
        help_text="From midnight on their roles no longer reach the other HSCP. Yesterday ends it at once.",
        error_messages=A_DAY,
    )

    def clean_last_day(self) -> Any:
        return _not_too_far(self.cleaned_data["last_day"])


def _not_too_far(day: Any) -> Any:
    if day and not 2000 <= day.year <= today().year + 20:
        raise forms.ValidationError("Check the year.")
    return day
