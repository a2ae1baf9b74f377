"""The kinds of field that the forms about meetings are made of."""

from datetime import date
from typing import Any

from django import forms

from shared.dates import today
from shared.fields import WordsFormField
from shared.forms import DayInput

INPUT = "ds_input"
FIRST_YEAR, YEARS_AHEAD = 2016, 5  # clusters began in 2016; nothing is planned further ahead than a contract


def line(label: str, *, max_length: int = 300, attrs: dict[str, str] | None = None) -> WordsFormField:
    """A single line of words, optional unless the row says otherwise."""
    widget = forms.TextInput(attrs={"class": INPUT, **(attrs or {})})
    return WordsFormField(label=label, required=False, max_length=max_length, widget=widget)


def lines(label: str, rows: int = 2) -> WordsFormField:
    widget = forms.Textarea(attrs={"class": INPUT, "rows": rows})
    return WordsFormField(label=label, required=False, max_length=4000, widget=widget)


def wrong_year(day: date) -> str:
    """What is wrong with the year of a date, in words; nothing for a year that can be meant."""
    last = today().year + YEARS_AHEAD
    return "" if FIRST_YEAR <= day.year <= last else f"Check the year: give one from {FIRST_YEAR} to {last}."


def _refuse_wrong_year(day: date) -> None:
    if problem := wrong_year(day):
        raise forms.ValidationError(problem, code="year")


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A date in a year that can be meant."""
    return forms.DateField(
        label=label,
        widget=DayInput(attrs={"class": f"{INPUT} portal-m-day"}),
        validators=[_refuse_wrong_year],
        error_messages={"invalid": "Write the date as day, month and year, for example 12/11/2026."},
        **kwargs,
    )


class RowId(forms.CharField):
    """The id of the stored row that a row of a form goes on as; None for a new one, and for nonsense."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> Any:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
