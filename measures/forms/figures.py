"""Asks for the figure of one period of a whole cluster."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms

from measures import rules
from measures.analysis.periods import first_day
from measures.forms.fields import FigureField
from measures.forms.likely import LikelyMixin
from measures.models import DataPoint, Measure
from shared.dates import today
from shared.forms import DayInput, PortalModelForm, VersionedFormMixin


class PointForm(LikelyMixin, PortalModelForm):
    """Feeds `enter_point`. `measure` is what the figure is for, `others` its figures by period."""

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

    def __init__(
        self,
        *args: Any,
        measure: Measure,
        others: Mapping[date, Decimal] = MappingProxyType({}),
        period_on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.others, self.period_on = measure, others, period_on
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
        elif "value" not in self.errors:
            self.ask_if_meant("value", value, self.period_on or cleaned.get("period_on"))
        return cleaned

    def validate_unique(self) -> None:
        """The service says what stands in the way, with the figure that is there."""


class PointChangeForm(VersionedFormMixin, PointForm):
    """Feeds `change_point`: the period stays what it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(PointForm.Meta):
        fields: tuple[str, ...] = ("value", "note")

    field_order = ("value", "has_no_figure", "note", "version")
