"""Asks what a practice is like and which posts stand empty."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from practices.models import PracticeProfile, StaffVacancy
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}
A_NUMBER = {
    "invalid": "Type a number.",
    "min_value": "Type a number from %(limit_value)s on.",
    "max_value": "Type a number up to %(limit_value)s.",
}
_SOURCE: Words = PracticeProfile._meta.get_field("source")  # type: ignore[assignment]


def _a_year(day: Any) -> Any:
    if day and not 2000 <= day.year <= today().year + 2:
        raise ValidationError("Check the year.")
    return day


class ProfileForm(PortalForm):
    """Feeds `practices.services.keep_profile`."""

    as_of = forms.DateField(
        label="On which day this was so",
        widget=DayInput,
        initial=today,
        help_text="Figures of another day are kept beside these; the same day puts them right.",
        error_messages=A_DAY,
    )
    gps = forms.IntegerField(
        label="Number of GPs",
        required=False,
        min_value=0,
        max_value=200,
        help_text="People, not whole-time equivalents; partners and salaried GPs.",
        error_messages=A_NUMBER,
    )
    urban_rural = forms.ChoiceField(
        label="Urban rural class",
        required=False,
        choices=[("", "Not known"), *PracticeProfile.UrbanRural.choices],
        help_text="The six-fold classification of the Scottish Government.",
        error_messages={"invalid_choice": "Choose a class from the list."},
    )
    most_deprived = forms.DecimalField(
        label="Patients who live in the most deprived fifth, per cent",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        error_messages=A_NUMBER | {"max_decimal_places": "One decimal is enough, such as 23.5."},
    )
    simd = forms.TypedChoiceField(
        label="From which edition of SIMD",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Not known"), *PracticeProfile.Simd.choices],
        help_text="The Scottish Index of Multiple Deprivation. Needed with the share.",
        error_messages={"invalid_choice": "Choose an edition from the list."},
    )
    source = _SOURCE.formfield(
        label="Where the figures come from",
        required=False,
        help_text="Such as “Public Health Scotland, practice populations by data zone”. Name no person.",
    )

    def clean_as_of(self) -> Any:
        return _a_year(self.cleaned_data["as_of"])


class VacancyForm(PortalForm):
    """Feeds `practices.services.add_vacancy`."""

    group = forms.ChoiceField(
        label="Which post",
        choices=[("", "Choose a staff group"), *StaffVacancy.Group.choices],
        error_messages={
            "required": "Choose a staff group.",
            "invalid_choice": "Choose a staff group from the list.",
        },
    )
    whole_time = forms.DecimalField(
        label="Whole-time equivalent",
        min_value=0,
        max_value=50,
        max_digits=4,
        decimal_places=2,
        help_text="1 is a whole post, 0.5 half of one.",
        error_messages=A_NUMBER | {"required": "Say how much of a post stands empty, such as 0.5 or 1."},
    )
    since = forms.DateField(label="Empty since", widget=DayInput, error_messages=A_DAY)
    filled_on = forms.DateField(
        label="First day with somebody in post",
        widget=DayInput,
        required=False,
        help_text="Only when it is known.",
        error_messages=A_DAY,
    )

    def clean_since(self) -> Any:
        return _a_year(self.cleaned_data["since"])


class FilledForm(PortalForm):
    """Feeds `practices.services.fill_vacancy`."""

    filled_on = forms.DateField(
        label="First day with somebody in post", widget=DayInput, initial=today, error_messages=A_DAY
    )
