"""Asks who holds a role, where and from when to when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.roles import HELD_AT, Place, Role
from clusters import selectors
from shared.dates import today
from shared.forms import DayInput, PortalForm

A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}
MIDNIGHT = "They can still work in the portal on this day, and no longer from midnight on."


class ChooseRoleForm(forms.Form):
    """The first of two steps: which role. Read from the address, so that the second step can be shared."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((role.value, role.label) for role in Role)],
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AssignRoleForm(PortalForm):
    """Feeds `services.appoint`. `place` becomes the practice, cluster, locality, HSCP or health board."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Type the person’s e-mail address.",
            "invalid": "Type an address like a.rahman@nhs.scot.",
        },
    )
    full_name = forms.CharField(
        label="Name",
        max_length=120,
        required=False,
        help_text="Only for somebody new. Who is here already keeps their name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = forms.DateField(label="First day", widget=DayInput, initial=today, error_messages=A_DAY)
    last_day = forms.DateField(
        label="Last day", widget=DayInput, required=False, help_text=MIDNIGHT, error_messages=A_DAY
    )
    sessions_a_month = forms.DecimalField(
        label="Sessions a month",
        required=False,
        min_value=0,
        max_digits=4,
        decimal_places=1,
        help_text="Paid time for the role; a session is 4 hours.",
        error_messages={"invalid": "Type a number, such as 4 or 2.5."},
    )
    field_order = ["email", "full_name", "place", "starts_on", "last_day", "sessions_a_month"]

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_practice = Place.PRACTICE in HELD_AT[role]
        if self.at_practice:
            self.fields["place"] = _typed_practice()
        elif Place.EVERYWHERE not in HELD_AT[role]:
            self.fields["place"] = _chosen_place(role)
        self.order_fields(self.field_order)

    def practice_options(self) -> list[str]:
        """What the browser offers while a practice is typed."""
        return selectors.practice_options(on=today()) if self.at_practice else []

    def clean_place(self) -> object:
        typed = self.cleaned_data["place"]
        found = selectors.practice_typed(typed, on=today()) if self.at_practice else selectors.place_named(typed)
        if found is None:
            raise ValidationError("No open practice fits. Type its five-digit code, or pick it from the list.")
        return found

    def clean_sessions_a_month(self) -> Any:
        value = self.cleaned_data["sessions_a_month"]
        if value is not None and not value.is_finite():
            raise ValidationError("Type a number, such as 4 or 2.5.")
        return value

    def clean_last_day(self) -> Any:
        return _not_too_far(self.cleaned_data["last_day"])

    def clean_starts_on(self) -> Any:
        return _not_too_far(self.cleaned_data["starts_on"])

    def facts(self) -> dict[str, Any]:
        """What `services.appoint` is handed."""
        cleaned = self.cleaned_data
        last = cleaned["last_day"]
        return {
            "email": cleaned["email"],
            "full_name": cleaned["full_name"],
            "at": cleaned.get("place"),
            "starts_on": cleaned["starts_on"],
            "ends_on": last + timedelta(days=1) if last else None,
            "sessions_a_month": cleaned["sessions_a_month"],
        }


def _typed_practice() -> forms.CharField:
    return forms.CharField(
        label="Practice",
        max_length=140,
        help_text="Type its code, or part of its name and pick it from the list.",
        widget=forms.TextInput(attrs={"list": "practices", "autocomplete": "off"}),
        error_messages={"required": "Say at which practice."},
    )


def _chosen_place(role: Role) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Where",
        choices=[("", "Choose a place"), *selectors.place_choices(role, on=today())],
        error_messages={"required": "Say where the role is held.", "invalid_choice": "Choose a place from the list."},
    )


def _not_too_far(day: Any) -> Any:
    if day and not 2000 <= day.year <= today().year + 20:
        raise ValidationError("Check the year.")
    return day


class EndRoleForm(PortalForm):
    """Feeds `services.end_role`."""

    last_day = forms.DateField(
        label="Last day",
        widget=DayInput,
        help_text=f"{MIDNIGHT} With yesterday as the last day their access ends at once.",
        error_messages=A_DAY,
    )

    def clean_last_day(self) -> Any:
        return _not_too_far(self.cleaned_data["last_day"])


class ConfirmForm(PortalForm):
    """Asks nothing but "really?"; shows why not."""


class SignInForm(PortalForm):
    """What the page offered travels hidden, so that a second press changes nothing back."""

    allowed = forms.TypedChoiceField(
        choices=[("True", "allow"), ("False", "stop")],
        coerce=lambda value: value == "True",
        widget=forms.HiddenInput,
        error_messages={"required": "Load the page again.", "invalid_choice": "Load the page again."},
    )
