"""Asks where a practice moves, from when and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clusters import selectors
from clusters.models import Cluster, Membership
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

NO_CLUSTER = "none"
_REASON: Words = Membership._meta.get_field("reason")  # type: ignore[assignment]


class MoveForm(PortalForm):
    """Feeds `services.move_practice`. `to` becomes a cluster, or None for no cluster."""

    to = forms.ChoiceField(
        label="Moves to",
        error_messages={
            "required": "Choose a cluster, or “No cluster”.",
            "invalid_choice": "Choose a cluster from the list.",
        },
    )
    starts_on = forms.DateField(
        label="First day in the new cluster",
        widget=DayInput,
        help_text="A past day is fine. The practice belongs to the old cluster up to the day before.",
        error_messages={
            "required": "Say from which day.",
            "invalid": "Type the day as in 12/11/2026.",
        },
    )
    reason = _REASON.formfield(
        label="Why it moves",
        required=True,
        help_text="Shown in the history of the practice. No patient should be recognisable.",
        error_messages={"required": "Say in a few words why it moves."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a cluster"), (NO_CLUSTER, "No cluster"), *selectors.cluster_choices(on=today())]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean_to(self) -> Cluster | None:
        chosen = self.cleaned_data["to"]
        place = None if chosen == NO_CLUSTER else selectors.place_named(f"cluster:{chosen}")
        if chosen != NO_CLUSTER and not isinstance(place, Cluster):
            raise ValidationError("This cluster is gone. Choose another.")
        return place if isinstance(place, Cluster) else None

    def facts(self) -> dict[str, Any]:
        """What `services.preview_move` and `services.move_practice` are handed."""
        return {name: self.cleaned_data[name] for name in ("to", "starts_on", "reason")}


class SeenForm(forms.Form):
    """Which cluster the preview said that the practice leaves; travels hidden from preview to confirmation."""

    leaving = forms.SlugField(required=False, max_length=140)

    def clean_leaving(self) -> Cluster | None:
        slug = self.cleaned_data["leaving"]
        place = selectors.place_named(f"cluster:{slug}") if slug else None
        return place if isinstance(place, Cluster) else None


class PlannedForm(forms.Form):
    """Names a planned move by its day."""

    starts_on = forms.DateField(widget=forms.HiddenInput)
