"""Asks what is known about a role beside its dates; each kind of role is asked its own."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.roles import Role
from clusters import rules
from clusters.models import RoleAssignment
from clusters.services.role_facts import RoleFacts
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

_NUMBER = "Type a number, such as 4 or 2.5."


def _words(name: str, **options: Any) -> Any:
    field: Words = RoleAssignment._meta.get_field(name)  # type: ignore[assignment]
    return field.formfield(required=False, **options)


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Not said"), *choices],
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )


def fact_fields(role: Role) -> Iterator[tuple[str, forms.Field]]:
    """The fields for the facts that are kept about a role of this kind, by name."""
    made = {
        "funded_by": lambda: _words("funded_by", label="Who pays for the sessions", help_text="Such as the HSCP."),
        "portfolio": lambda: _words(
            "portfolio",
            label="Portfolio",
            help_text="Which part of the cluster’s work they lead, where several share it.",
        ),
        "review_on": lambda: forms.DateField(
            label="Review on",
            widget=DayInput,
            required=False,
            help_text="When both sides look at whether the role still fits.",
            error_messages={"invalid": "Type the day as in 12/11/2026."},
        ),
        "seat": lambda: _choice("Seat", RoleAssignment.Seat.choices),
        "profession": lambda: _choice("Profession", RoleAssignment.Profession.choices),
    }
    return ((name, made[name]()) for name in rules.facts_asked(role))


def not_too_far(day: Any) -> Any:
    """`day` unless its year is a slip of the finger."""
    if day and not 2000 <= day.year <= today().year + 20:
        raise ValidationError("Check the year.")
    return day


class RoleFactsForm(PortalForm):
    """Feeds `services.role_facts.change_role`; other forms about a role build on it."""

    sessions_a_month = forms.DecimalField(
        label="Sessions a month",
        required=False,
        min_value=0,
        max_digits=4,
        decimal_places=1,
        help_text="Paid time for the role; a session is 4 hours.",
        error_messages={"invalid": _NUMBER},
    )

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        self.fields.update(fact_fields(role))

    def clean_sessions_a_month(self) -> Any:
        value = self.cleaned_data["sessions_a_month"]
        if value is not None and not value.is_finite():
            raise ValidationError(_NUMBER)
        return value

    def clean_review_on(self) -> Any:
        return not_too_far(self.cleaned_data["review_on"])

    @property
    def role_facts(self) -> RoleFacts:
        """The facts as the services take them."""
        return RoleFacts(**{name: self.cleaned_data[name] for name in rules.facts_asked(self.role)})


def initial_facts(held: RoleAssignment) -> dict[str, Any]:
    """What is known about a role now, to start the form with."""
    names = ("sessions_a_month", *rules.facts_asked(Role(held.role)))
    return {name: getattr(held, name) for name in names}
