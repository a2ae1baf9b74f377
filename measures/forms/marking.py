"""Asks how a chart is to be read."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from measures.analysis.kinds import Chart
from measures.analysis.periods import first_day
from measures.models import DataPoint, HouseRuleset, Measure, Phase
from measures.models.definitions import Ruleset
from shared.forms import ConfirmForm, DayInput, PortalModelForm, VersionedFormMixin

A_DATE = "Write a date, such as 3/12/2026."
RUN_RULESETS = [choice for choice in Ruleset.choices if choice[0] in Chart.RUN.rulesets]


class PhaseForm(PortalModelForm):
    """Feeds `begin_phase`. `first` and `last` are the periods that the chart has."""

    class Meta:
        model = Phase
        fields = ("starts_on", "name")
        labels = {"starts_on": "From which period on", "name": "What began then"}
        help_texts = {"name": "In a few words, as it will stand on the chart: “new recall letter”."}
        widgets = {"starts_on": DayInput()}
        error_messages = {
            "starts_on": {"required": "Say from which period on.", "invalid": A_DATE},
            "name": {"required": "Say what began then."},
        }

    def __init__(self, *args: Any, measure: Measure, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.first, self.last = measure, first, last
        self.fields["starts_on"].help_text = f"Any day in the {measure.get_frequency_display().split()[-1]}."

    def clean_starts_on(self) -> date:
        day = first_day(self.cleaned_data["starts_on"], self.measure.frequency)
        if not self.first < day <= self.last:
            raise forms.ValidationError("Choose a period after the first figure and up to the last one.")
        return day

    def validate_unique(self) -> None:
        """The service says what stands in the way."""


class BaselineForm(VersionedFormMixin, PortalModelForm):
    """Feeds `freeze_baseline`. `most` is how many periods the chart has, `longest` how many its longest phase.

    More than the longest phase has would freeze nothing.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Measure
        fields = ("baseline",)
        labels = {"baseline": "How many first periods set the lines"}
        help_texts = {
            "baseline": "Twelve or more make a line that later figures can be held against. Leave it empty to let all "
            "figures of a phase set its lines.",
        }

    def __init__(self, *args: Any, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest, self.has_phases = longest, longest < most

    def clean_baseline(self) -> int | None:
        baseline: int | None = self.cleaned_data["baseline"]
        if baseline is not None and baseline > self.longest and self.has_phases:
            raise forms.ValidationError(f"{baseline} needs {baseline} periods; the longest phase has {self.longest}.")
        if baseline is not None and not 2 <= baseline <= self.longest:
            raise forms.ValidationError(f"Choose between 2 and {self.longest} periods, or leave it empty.")
        return baseline


class PointMarkForm(VersionedFormMixin, PortalModelForm):
    """Feeds `mark_point`."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = DataPoint
        fields = ("excluded_because", "is_astronomical")
        labels = {
            "excluded_because": "Leave this figure out, because",
            "is_astronomical": "Anybody would call this figure out of line",
        }
        help_texts = {
            "excluded_because": "It stays on the chart as a cross, sets no line and is part of no signal. Empty the "
            "box to put it back.",
            "is_astronomical": "Something unusual happened then: it is marked with a star. No rule decides this, "
            "people do.",
        }


class RulesetForm(VersionedFormMixin, PortalModelForm):
    """Feeds `choose_ruleset`. `fitting` are the charts that the measure can have (`rules.charts_for`)."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Measure
        fields = ("chart", "ruleset")
        labels = {"chart": "Which chart", "ruleset": "Read by which rules"}
        help_texts = {
            "chart": "A run chart fits any figures. Proportions and rates need what was counted and out of how many "
            "each time, which only figures of practices have.",
            "ruleset": "Fixed with the first figure, so that nobody chooses afterwards what shows a signal.",
        }
        widgets = {"chart": forms.RadioSelect, "ruleset": forms.RadioSelect}

    def __init__(self, *args: Any, fitting: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chart"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [choice for choice in Measure.ChartKind.choices if choice[0] in fitting]
        field.error_messages["invalid_choice"] = "This chart does not fit the measure. Choose one of these."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chart, ruleset = cleaned.get("chart"), cleaned.get("ruleset")
        if chart and ruleset and ruleset not in Chart(chart).rulesets:
            fit = "the rules of Making Data Count" if chart != Chart.RUN else "one of the three rulesets for run charts"
            self.add_error("ruleset", f"This chart is read by {fit}.")
        return cleaned


class HouseRulesetForm(PortalModelForm):
    """Feeds `set_house_ruleset`."""

    class Meta:
        model = HouseRuleset
        fields = ("ruleset",)
        labels = {"ruleset": "New run charts are read by"}
        help_texts = {"ruleset": "Charts that have figures keep the rules that they began with."}
        error_messages = {"ruleset": {"required": "Choose one of them."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruleset"] = forms.ChoiceField(
            label="New run charts are read by",
            choices=RUN_RULESETS,
            widget=forms.RadioSelect,
            help_text="Charts that have figures keep the rules that they began with.",
            error_messages={"required": "Choose one of them."},
        )


class PhaseTakenBackForm(ConfirmForm):
    """Feeds `take_back_phase`."""
