"""Asks for measures and figures."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from measures import rules
from measures.analysis.figures import plain
from measures.analysis.periods import first_day
from measures.models import DataPoint, Measure
from shared.dates import today
from shared.forms import DayInput, PortalModelForm, VersionedFormMixin

IN_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
FIGURE_ERRORS: dict[str, Any] = {
    "invalid": "Write the figure in digits, for example 62.5.",
    "comma": "Write the figure with a point, for example 71.5.",
    "max_decimal_places": "Write at most four digits after the point.",
    "max_digits": "This figure is too large. Check the number of noughts.",
    "max_whole_digits": "This figure is too large. Check the number of noughts.",
}


class FigureField(forms.DecimalField):
    """A figure as people type it: "62.5", "62.5 %", "1,200". A comma is refused where it parts no thousands."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = FIGURE_ERRORS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=4, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("%", "").strip()
            if "," in value and not IN_THOUSANDS.fullmatch(value):
                raise forms.ValidationError(self.error_messages["comma"], code="comma")
            value = value.replace(",", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A stored figure as a person would write it: "75", never "75.0000"."""
        return plain(value).replace(",", "") if isinstance(value, Decimal) else value


class MeasureForm(VersionedFormMixin, PortalModelForm):
    """Feeds `define_measure` and `change_measure`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goal = FigureField(
        label="Goal", required=False, help_text="Where you want the figure to be. It is drawn as a line."
    )

    class Meta:
        model = Measure
        fields = ("name", "definition", "unit", "direction", "frequency", "goal")
        labels = {
            "name": "Name of the measure",
            "definition": "What is counted",
            "direction": "Which way is better",
            "frequency": "How often it is counted",
        }
        help_texts = {
            "name": "For example: patients with diabetes who had all nine checks.",
            "definition": "Out of what, and from which source, so that somebody else would count the same.",
        }
        error_messages = {"name": {"required": "Give the measure a name."}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        goal, unit = cleaned.get("goal"), cleaned.get("unit")
        if goal is not None and unit and (trouble := rules.goal_trouble(goal, unit)):
            self.add_error("goal", trouble)
        return cleaned


class PointForm(PortalModelForm):
    """Feeds `enter_point`. `measure` is what the figure is for."""

    value = FigureField(
        label="Figure",
        error_messages={"required": "Write the figure, or say that there is none for this period."},
    )
    has_no_figure = forms.BooleanField(
        label="There is no figure for this period",
        required=False,
        help_text="A gap is drawn. Zero is a figure: for zero, write 0.",
    )

    class Meta:
        model = DataPoint
        fields: tuple[str, ...] = ("period_on", "value", "note")
        widgets = {"period_on": DayInput()}
        labels = {"period_on": "Period", "note": "What happened then"}
        help_texts = {
            "note": "One line that a reader of the chart should know.",
        }
        error_messages = {
            "period_on": {
                "required": "Say which period the figure is for.",
                "invalid": "Write a date, such as 1/11/2026.",
            }
        }

    field_order = ("period_on", "value", "has_no_figure", "note")

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["value"].required = not self.data.get(self.add_prefix("has_no_figure"))
        unit = "per cent, 0 to 100" if measure.unit == Measure.Unit.PERCENT else measure.get_unit_display().lower()
        self.fields["value"].help_text = f"For the whole cluster, in {unit}."
        if "period_on" in self.fields:
            self.fields["period_on"].help_text = f"Any day in the {measure.get_frequency_display().split()[-1]}."

    def clean_period_on(self) -> date:
        first = first_day(self.cleaned_data["period_on"], self.measure.frequency)
        if trouble := rules.period_trouble(first, today=today()):
            raise forms.ValidationError(trouble)
        return first

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        value, none = cleaned.get("value"), cleaned.get("has_no_figure")
        if value is not None and none:
            self.add_error("has_no_figure", "You wrote a figure and said there is none. Keep one of the two.")
        if value is not None and (trouble := rules.figure_trouble(value, self.measure.unit)):
            self.add_error("value", trouble)
        return cleaned

    def validate_unique(self) -> None:
        """The service says what stands in the way, with the figure that is there."""


class PointChangeForm(VersionedFormMixin, PointForm):
    """Feeds `change_point`: the period stays what it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(PointForm.Meta):
        fields: tuple[str, ...] = ("value", "note")

    field_order = ("value", "has_no_figure", "note", "version")
