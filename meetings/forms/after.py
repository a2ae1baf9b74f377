"""Forms after a meeting: how it was, and the time that somebody gave."""

from typing import Any

from django import forms

from clusters.models import Forum
from meetings.forms.fields import day_field
from meetings.models import Hours
from meetings.selectors.pulse import ASPECTS
from shared.forms import PortalForm

ANSWERS = [(4, "Yes"), (3, "Rather yes"), (2, "Rather no"), (1, "No")]


class PulseForm(PortalForm):
    """For `give_pulse`: four taps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in ASPECTS:
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=ANSWERS,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Say whether it was {label.lower()}.",
                    "invalid_choice": "Choose one of the four answers.",
                },
            )


class HoursForm(PortalForm):
    """For `note_hours`: time given to a forum outside its meetings, or to preparing for them."""

    forum = forms.TypedChoiceField(
        label="For",
        coerce=int,
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"required": "Choose what it was for.", "invalid_choice": "Choose from the list."},
    )
    kind = forms.ChoiceField(
        label="What it was",
        choices=Hours.Kind.choices,
        initial=Hours.Kind.OTHER,
        widget=forms.Select(attrs={"class": "ds_select"}),
    )
    on = day_field("Day")
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=24 * 60,
        error_messages={
            "required": "Say how many minutes.",
            "invalid": "Write a number of minutes, such as 45.",
            "min_value": "Give a time from one minute to 24 hours.",
            "max_value": "Give a time from one minute to 24 hours.",
        },
    )

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, forums: list[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [(f.pk, f.name) for f in forums]  # type: ignore[attr-defined]
        self.fields["on"].error_messages["required"] = "Give the day."
