"""A figure as people type it."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from measures.analysis.figures import plain

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
