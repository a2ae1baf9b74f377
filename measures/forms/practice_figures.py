"""Asks for the figure of one practice and period."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms

from measures import rules
from measures.analysis.shares import value_of
from measures.forms.fields import FIGURE_ERRORS, FigureField
from measures.forms.likely import LikelyMixin
from measures.models import DataPoint, Measure
from shared.fields import WordsFormField
from shared.forms import PortalForm, VersionedFormMixin

State = DataPoint.State
TOO_SMALL = ("*", "c", "<5", "< 5")  # as published tables write it
MOST_MINUTES = 24 * 60
WRITE_IT = "Write the count, or say that there is no figure for this period."


class CountField(FigureField):
    """A count, or a mark that it is too small to show: "*", "c", "<5"."""

    default_error_messages = {
        **FIGURE_ERRORS,
        "invalid": "Write the count in digits, for example 31. If it is too small to show, write *.",
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip().casefold() in TOO_SMALL:
            return "*"
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        if value != "*":
            super().validate(value)

    def run_validators(self, value: Any) -> None:
        if value != "*":
            super().run_validators(value)


class PracticeFigureForm(LikelyMixin, VersionedFormMixin, PortalForm):
    """Feeds `enter_for_practice`: what was counted, out of how many, or that there is no figure."""

    FACTS = ("state", "numerator", "denominator", "note", "quality_note", "minutes_taken")

    numerator = CountField(required=False)
    denominator = FigureField(required=False)
    state = forms.ChoiceField(
        label="Is there a figure?",
        choices=[
            (State.GIVEN, "Yes"),
            (State.MISSING, "No figure for this period"),
            (State.SUPPRESSED, "Too small to show"),
        ],
        initial=State.GIVEN,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the three."},
        help_text="Zero is a figure: for zero, write 0.",
    )
    minutes_taken = forms.IntegerField(
        label="Minutes it took",
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        help_text="If you like: it shows what a figure costs.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": "Write the minutes in digits.",
            "min_value": "Write the minutes in digits.",
            "max_value": "That is more than a day. Write minutes.",
        },
    )
    quality_note = WordsFormField(
        label="How far can the figure be trusted?",
        required=False,
        max_length=300,
        help_text="For example: codes changed in May, two weeks are missing.",
    )
    note = WordsFormField(
        label="What happened then",
        required=False,
        max_length=300,
        help_text="One line that a reader of the figure should know. The practice sees it; those who write up the "
        "cluster do until the practice gives or corrects the figure itself.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

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
        self.fields["numerator"].label = measure.numerator or (
            "How many were counted" if measure.is_share else measure.name
        )
        # Not called optional: it is what is asked for, unless there is no figure.
        self.fields["numerator"].required = (self.data.get(self.add_prefix("state")) or State.GIVEN) == State.GIVEN
        self.fields["numerator"].error_messages["required"] = WRITE_IT
        self.fields["denominator"].label = f"Out of: {measure.denominator or 'how many in all'}"
        if not measure.is_share:
            del self.fields["denominator"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("numerator") == "*":
            cleaned |= {"numerator": None, "state": State.SUPPRESSED}
        cleaned["state"] = cleaned.get("state") or State.GIVEN
        cleaned.setdefault("denominator", None)
        self._check(cleaned, cleaned.get("numerator"))
        return cleaned

    def _check(self, cleaned: dict[str, Any], numerator: Decimal | None) -> None:
        if cleaned["state"] != State.GIVEN:
            if numerator is not None:
                self.add_error("state", "You wrote a count and said that there is none to show. Keep one of the two.")
            elif cleaned["state"] == State.SUPPRESSED and cleaned.get("denominator") is not None:
                self._counted(None, cleaned["denominator"])
            return
        if "numerator" in self.errors or "denominator" in self.errors:
            return
        if numerator is None:
            self.add_error("numerator", WRITE_IT)
            return
        self._counted(numerator, cleaned["denominator"])
        if not self.errors:
            value = value_of(numerator, cleaned["denominator"], self.measure.unit)
            self.ask_if_meant("numerator", value, self.period_on)

    def _counted(self, numerator: Decimal | None, denominator: Decimal | None) -> None:
        for name, trouble in rules.counted_trouble(numerator, denominator, self.measure.unit).items():
            self.add_error(name, trouble)

    @property
    def has_more(self) -> bool:
        """Whether something behind "Add more" was filled in, or is wrong."""
        return any(name in self.errors or self[name].value() for name in ("minutes_taken", "quality_note", "note"))
