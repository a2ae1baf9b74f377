"""Asks who holds a role, where and from when to when."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.roles import HELD_AT, Place, Role
from clusters import selectors
from clusters.forms.role_facts import RoleFactsForm, not_too_far
from clusters.rules import Scope, may_be_given
from shared.dates import today
from shared.forms import DayInput, PortalForm

A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}
EVERYWHERE = "everywhere"
MIDNIGHT = "They can still work in the portal on this day, and no longer from midnight on."


class ChooseRoleForm(forms.Form):
    """The first of two steps: which role. Read from the address, so that the second step can be shared."""

    role = forms.ChoiceField(
        label="Role",
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, role.label) for role in Role if may_be_given(role, scope)]
        self.fields["role"].choices = [("", "Choose a role"), *roles]  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AssignRoleForm(RoleFactsForm):
    """Feeds `services.appoint`. `place` becomes the practice, cluster, locality, HSCP or health board.

    A role that is held at a cluster or at a practice asks for one of the two.
    """

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
        help_text="For somebody new, or whom you do not see yet. Who is here already keeps their name.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = forms.DateField(label="First day", widget=DayInput, initial=today, error_messages=A_DAY)
    last_day = forms.DateField(
        label="Last day", widget=DayInput, required=False, help_text=MIDNIGHT, error_messages=A_DAY
    )
    field_order = ["email", "full_name", "place", "practice", "seat", "profession", "starts_on", "last_day"]

    def __init__(self, *args: Any, role: Role, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, role=role, **kwargs)
        self.scope = scope
        self.at_practice = Place.PRACTICE in HELD_AT[role]
        self.either = self.at_practice and len(HELD_AT[role]) > 1
        if self.either:
            self.fields["practice"] = _typed_practice(required=False, label="Or a practice, as for a practice nurse")
            self.fields["place"] = _chosen_place(role, scope, required=False, label="Cluster")
        elif self.at_practice:
            self.fields["place"] = _typed_practice()
        elif HELD_AT[role] != {Place.EVERYWHERE}:
            self.fields["place"] = _chosen_place(role, scope)
        self.order_fields(self.field_order)

    def practice_options(self) -> list[str]:
        """What the browser offers while a practice is typed."""
        return selectors.practice_options(self.scope, on=today()) if self.at_practice else []

    def clean_place(self) -> object:
        typed = self.cleaned_data["place"]
        if typed == EVERYWHERE or (self.either and not typed):
            return None
        return self._practice(typed) if self.at_practice and not self.either else _there(selectors.place_named(typed))

    def clean_practice(self) -> object:
        typed = self.cleaned_data["practice"]
        return self._practice(typed) if typed else None

    def _practice(self, typed: str) -> object:
        return _there(selectors.practice_typed(typed, self.scope, on=today()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.either and not self.errors.keys() & {"place", "practice"}:
            chosen = [at for at in (cleaned.get("place"), cleaned.get("practice")) if at]
            if len(chosen) != 1:
                self.add_error("place", "Choose a cluster, or type a practice: one of the two.")
            else:
                cleaned["place"] = chosen[0]
        return cleaned

    def clean_last_day(self) -> Any:
        return not_too_far(self.cleaned_data["last_day"])

    def clean_starts_on(self) -> Any:
        return not_too_far(self.cleaned_data["starts_on"])

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
            "facts": self.role_facts,
        }


def _there(found: object) -> object:
    if found is None:
        raise ValidationError("This names no single open practice. Pick it from the list, or type its five-digit code.")
    return found


def _typed_practice(*, label: str = "Practice", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=140,
        help_text="Type its code, or part of its name and pick it from the list.",
        widget=forms.TextInput(attrs={"list": "practices", "autocomplete": "off"}),
        error_messages={"required": "Say at which practice."},
    )


def _chosen_place(role: Role, scope: Scope, *, label: str = "Where", required: bool = True) -> forms.ChoiceField:
    everywhere = [(EVERYWHERE, "All of Scotland")] if Place.EVERYWHERE in HELD_AT[role] else []
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=[("", "Choose a place"), *everywhere, *selectors.place_choices(role, scope, on=today())],
        error_messages={"required": "Say where the role is held.", "invalid_choice": "Choose a place from the list."},
    )


class SignInForm(PortalForm):
    """What the page offered travels hidden, so that a second press changes nothing back."""

    allowed = forms.TypedChoiceField(
        choices=[("True", "allow"), ("False", "stop")],
        coerce=lambda value: value == "True",
        widget=forms.HiddenInput,
        error_messages={"required": "Load the page again.", "invalid_choice": "Load the page again."},
    )
