"""Asks once more about a figure that is far from the others."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from measures.analysis.likely import far_from_others
from measures.models import Measure


class LikelyMixin:
    """A form for one figure of a `measure`, held against the `others` by period that its reader may read."""

    MEANT = "is_meant"
    measure: Measure
    others: Mapping[date, Decimal]

    def ask_if_meant(self, box: str, value: Decimal | None, period_on: date | None) -> None:
        """Where the figure is far from the others: a tick box to say that it is right, which stands for this figure."""
        doubt = far_from_others(value, period_on, self.others, self.measure.unit) if period_on else ""
        if not doubt:
            return
        form: Any = self
        mark, name = f"{value:f}", form.add_prefix(self.MEANT)
        tick = forms.CheckboxInput(attrs={"value": mark}, check_test=lambda _: form.data.get(name) == mark)
        form.fields[self.MEANT] = forms.BooleanField(label="The figure is right", required=False, widget=tick)
        if form.data.get(name) != mark:
            form.add_error(
                box, f"{doubt} If it is right, tick “The figure is right” at the end of the form and save again."
            )
