"""Asks what a cluster is for and when it meets, where it stands, and how much time was freed."""

from datetime import date
from typing import Any

from django import forms

from clusters.models import Cluster, Development, FreedTime
from clusters.rules import year_of
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

_MISSION: Words = Cluster._meta.get_field("mission")  # type: ignore[assignment]
_MEETS_WHEN: Words = Cluster._meta.get_field("meets_when")  # type: ignore[assignment]
_STAGE_NOTE: Words = Development._meta.get_field("note")  # type: ignore[assignment]
_FREED_NOTE: Words = FreedTime._meta.get_field("note")  # type: ignore[assignment]


class DescribeForm(PortalForm):
    """Feeds `services.describe_cluster`."""

    mission = _MISSION.formfield(
        label="What the cluster is for",
        required=False,
        help_text="Shown on its page. No patient should be recognisable.",
    )
    meets_every_weeks = forms.IntegerField(
        label="Meets every … weeks",
        required=False,
        min_value=1,
        max_value=52,
        help_text="Such as 6. The tracker asks after a meeting when more weeks have gone by.",
        error_messages={
            "invalid": "Type a whole number of weeks, such as 6.",
            "min_value": "Type at least 1.",
            "max_value": "Type at most 52.",
        },
    )
    meets_when = _MEETS_WHEN.formfield(
        label="On which day and at what time", required=False, help_text="Such as “second Thursday, 12:30, on Teams”."
    )


class DevelopmentForm(PortalForm):
    """Feeds `services.records.note_development`."""

    stage = forms.ChoiceField(
        label="Stage of development",
        choices=Development.Stage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a stage.", "invalid_choice": "Choose a stage from the list."},
    )
    support = forms.ChoiceField(
        label="Level of support",
        choices=Development.Support.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level.", "invalid_choice": "Choose a level from the list."},
    )
    note = _STAGE_NOTE.formfield(
        label="What you go by, in one line",
        help_text="The cluster reads this. No points and no ranking: it is to match help to need.",
        error_messages={"required": "Say in one line what you go by."},
    )
    starts_on = forms.DateField(
        label="Since",
        widget=DayInput,
        initial=today,
        error_messages={"required": "Say since when.", "invalid": "Type the day as in 12/11/2026."},
    )


class FreedTimeForm(PortalForm):
    """Feeds `services.records.note_freed_time`."""

    year = forms.TypedChoiceField(
        label="Year, April to March",
        coerce=int,
        error_messages={"required": "Choose a year.", "invalid_choice": "Choose a year from the list."},
    )
    sessions = forms.DecimalField(
        label="Sessions freed in that year",
        min_value=0,
        max_value=99_999,
        max_digits=6,
        decimal_places=1,
        help_text="All practices of the cluster together; a session is 4 hours.",
        error_messages={"required": "Type a number.", "invalid": "Type a number, such as 120 or 42.5."},
    )
    note = _FREED_NOTE.formfield(
        label="How it was freed", required=False, help_text="Such as “pharmacotherapy takes acute prescriptions”."
    )

    def __init__(self, *args: Any, cluster: Cluster, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = year_of(min(on, cluster.closed_on or on))
        years = range(last, year_of(cluster.starts_on) - 1, -1)
        self.fields["year"].choices = [(y, f"{y}/{(y + 1) % 100:02}") for y in years]  # type: ignore[attr-defined]
