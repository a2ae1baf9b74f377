"""What every form of the portal does: asks about doubtful numbers, and takes up again what was typed."""

from typing import Any, Self

from django import forms
from django.forms.utils import ErrorDict

from shared import chi


class PortalFormMixin:
    """Adds two habits to a form.

    A number that looks like a CHI number but has a wrong check digit asks "is this a patient number?";
    the answer is a tick box that appears only then. `resumed()` shows kept words without scolding.
    """

    QUESTION = "not_patient_number"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or getattr(self, "cleaned_data", {})  # type: ignore[misc]
        doubtful = {
            name: found
            for name, value in cleaned.items()
            if isinstance(value, str) and (found := _doubtful(value)) and name in self.fields  # type: ignore[attr-defined]
        }
        answered = self.data.get(self.add_prefix(self.QUESTION))  # type: ignore[attr-defined]
        if doubtful:
            self.fields[self.QUESTION] = forms.BooleanField(  # type: ignore[attr-defined]
                label="No, none of these is a patient number", required=False
            )
        if doubtful and not answered:
            for name, number in doubtful.items():
                self.add_error(  # type: ignore[attr-defined]
                    name,
                    f"Is “{number}” a patient number? If it is, take it out. "
                    "If it is not, tick the box at the end of the form and save again.",
                )
        return cleaned

    @classmethod
    def resumed(cls, fields: dict[str, Any], **kwargs: Any) -> Self:
        """A form that shows `fields` (name to text, as posted) without validating them yet."""
        form = cls(data=fields, **kwargs)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return form


def _doubtful(text: str) -> str | None:
    return next((text[f.start : f.end] for f in chi.findings(text) if not f.certain), None)


class PortalForm(PortalFormMixin, forms.Form):
    """A form over no single model."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A form over one model. It never saves: the view hands `cleaned_data` to a service."""


class DayInput(forms.DateInput):
    """A date box that browsers draw with their own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
