"""Asks when a plan is looked at again."""

from django import forms

from shared.forms import DayInput, PortalForm, VersionedFormMixin


class ReviewForm(VersionedFormMixin, PortalForm):
    """Feeds `set_review`. Its version is the day that was shown (`review_seen`)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    review_on = forms.DateField(
        label="When do you look at the plan again?",
        required=False,
        widget=DayInput(),
        help_text="On that day it comes onto the agenda by itself. Empty: no day is set.",
        error_messages={"invalid": "Write a date, such as 3/12/2026."},
    )
