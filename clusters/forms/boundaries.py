"""Asks what lies across a boundary, and what was decided about it."""

from typing import Any

from django import forms

from clusters.models import BoundaryIssue
from clusters.selectors.boundaries import practices_of
from practices.models import HSCP, Practice
from shared.dates import today
from shared.forms import DayInput, PortalForm

NO_PATIENT = "No patient should be recognisable."


def _words(name: str, **kwargs: Any) -> Any:
    return BoundaryIssue._meta.get_field(name).formfield(**kwargs)  # type: ignore[union-attr]


class NoteBoundaryForm(PortalForm):
    """Feeds `services.boundaries.note_boundary_issue`."""

    practice: Any = forms.ModelChoiceField(
        label="Practice",
        queryset=None,
        to_field_name="code",
        empty_label="Choose a practice",
        error_messages={"required": "Choose the practice.", "invalid_choice": "Choose a practice from the list."},
    )
    straddles = _words(
        "straddles",
        label="What lies across which boundary",
        help_text=f"Such as “a third of its patients live in West Strath”. {NO_PATIENT}",
        error_messages={"required": "Say what lies across which boundary."},
    )
    proposal = _words("proposal", label="How it could be re-aligned", required=False, help_text=NO_PATIENT)

    def __init__(self, *args: Any, hscp: HSCP, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["practice"]
        field.queryset = practices_of(hscp, on=today())
        field.label_from_instance = _with_code


class DecideBoundaryForm(PortalForm):
    """Feeds `services.boundaries.decide_boundary_issue`."""

    decision = _words(
        "decision",
        label="What was decided, and why",
        required=True,
        help_text=f"Such as “stays where it is, because …”. {NO_PATIENT}",
        error_messages={"required": "Say what was decided and why."},
    )
    decided_on = forms.DateField(
        label="On which day",
        widget=DayInput,
        error_messages={"required": "Say on which day.", "invalid": "Type the day as in 12/11/2026."},
    )
    deciders = _words(
        "deciders",
        label="Who decided",
        required=True,
        help_text="A person or a group, such as “Primary Care Programme Board”.",
        error_messages={"required": "Say who decided."},
    )


def _with_code(practice: Practice) -> str:
    return f"{practice.name} ({practice.code})"
