"""Asks for support areas and for who is named for them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.reach import Reach
from directory.models import NamedLink, SupportArea
from directory.selectors.support import person_addressed
from directory.services.support import LinkEntry
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

A_DAY = {"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."}
_HELPS: Words = SupportArea._meta.get_field("helps_with")  # type: ignore[assignment]
_NAME: Words = NamedLink._meta.get_field("name")  # type: ignore[assignment]
_ORGANISATION: Words = NamedLink._meta.get_field("organisation")  # type: ignore[assignment]
_THEY_HELP: Words = NamedLink._meta.get_field("helps_with")  # type: ignore[assignment]


class AreaForm(PortalForm):
    """Feeds `add_support_area` and `change_support_area`."""

    name = forms.CharField(label="Name of the area", max_length=80, error_messages={"required": "Type the name."})
    helps_with = _HELPS.formfield(
        label="What it helps with",
        required=False,
        help_text="In a line. People find the area by these words too.",
    )


class MoveAreaForm(forms.Form):
    """Which way an area moves in the list."""

    way = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])


class LinkForm(PortalForm):
    """Feeds `name_link` and `change_link`. Somebody here is known by their e-mail address."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="Of somebody who holds a role here it is enough. Their name is then taken from their account.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Type an address like a.rahman@nhs.scot."},
    )
    name = _NAME.formfield(label="Name", required=False, help_text="Only for somebody who holds no role here.")
    organisation = _ORGANISATION.formfield(
        label="Organisation or team", required=False, help_text="Such as Public Health Scotland."
    )
    phone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    helps_with = _THEY_HELP.formfield(
        label="What they help with", required=False, help_text="In a line, where it is more than the area says."
    )
    starts_on = forms.DateField(label="Named from", widget=DayInput, initial=today, error_messages=A_DAY)
    last_day = forms.DateField(
        label="Last day",
        widget=DayInput,
        required=False,
        help_text="Nobody is named any more from the day after, unless you name somebody else.",
        error_messages=A_DAY,
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach

    @classmethod
    def of(cls, link: NamedLink) -> dict[str, Any]:
        """What the form starts with for a link that is there."""
        kept = ("name", "organisation", "phone", "helps_with", "starts_on", "last_day")
        return {"email": link.address, **{name: getattr(link, name) for name in kept}}

    def clean_starts_on(self) -> Any:
        return _not_too_far(self.cleaned_data["starts_on"])

    def clean_last_day(self) -> Any:
        return _not_too_far(self.cleaned_data["last_day"])

    def entry(self) -> LinkEntry:
        """What the service is handed."""
        cleaned = self.cleaned_data
        last = cleaned["last_day"]
        return LinkEntry(
            person=person_addressed(cleaned["email"], self.reach) if cleaned["email"] else None,
            ends_on=last + timedelta(days=1) if last else None,
            **self.values("name", "organisation", "email", "phone", "helps_with", "starts_on"),
        )


def _not_too_far(day: Any) -> Any:
    if day and not 2000 <= day.year <= today().year + 20:
        raise ValidationError("Check the year.")
    return day
