"""Asks what is counted, and how."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from clusters.models import Cluster
from measures import rules
from measures.forms.fields import FigureField
from measures.models import Measure
from shared.forms import PortalModelForm, VersionedFormMixin

FIELDS = (
    "name",
    "kind",
    "unit",
    "numerator",
    "denominator",
    "scope",
    "direction",
    "frequency",
    "source",
    "goal",
    "definition",
    "is_offered",
)
SEEDED = {"frequency": Measure.Frequency.MONTH, "source": "", "goal": "", "definition": "", "is_offered": "False"}


class MeasureForm(VersionedFormMixin, PortalModelForm):
    """Feeds `define_measure` and `change_measure`. What is needed seldom is folded (`has_more`)."""

    FIELDS = FIELDS

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goal = FigureField(
        label="Goal", required=False, help_text="Where you want the figure to be. It is drawn as a line."
    )

    class Meta:
        model = Measure
        fields = FIELDS
        labels = {
            "name": "Name of the measure",
            "kind": "What it is for",
            "unit": "What a figure is",
            "numerator": "What is counted",
            "denominator": "Out of what",
            "scope": "Whose figures",
            "direction": "Which way is better",
            "frequency": "How often it is counted",
            "source": "Where the figures come from",
            "is_offered": "Offer it in the library of measures",
            "definition": "Anything else that somebody would need to count the same",
        }
        help_texts = {
            "name": "For example: patients with diabetes who had all nine checks.",
            "kind": "A project is best told by one outcome, one or two processes and one balancing measure.",
            "numerator": "For example: people with diabetes who had all nine checks in the last 15 months.",
            "denominator": "For example: all people on the diabetes register. Leave it empty for a plain count.",
            "scope": "With one figure for each practice, practices enter their own and the cluster’s is added up.",
            "source": "A search, a report, a tally.",
            "is_offered": "Other clusters read how you count, never your figures, and may count the same.",
            "definition": "Who is left out, which codes, by which day.",
        }
        widgets = {"kind": forms.RadioSelect, "direction": forms.RadioSelect, "scope": forms.RadioSelect}
        error_messages = {"name": {"required": "Give the measure a name."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody has to answer what has a usual answer.
        for name in ("kind", "scope", "frequency"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["kind"] = cleaned.get("kind") or Measure.Kind.OUTCOME
        cleaned["scope"] = cleaned.get("scope") or Measure.Scope.CLUSTER
        cleaned["frequency"] = cleaned.get("frequency") or Measure.Frequency.MONTH
        if cleaned["scope"] == Measure.Scope.PRACTICE:
            self._needs_words(cleaned)
        goal, unit = cleaned.get("goal"), cleaned.get("unit")
        if goal is not None and unit and (trouble := rules.goal_trouble(goal, unit)):
            self.add_error("goal", trouble)
        return cleaned

    def _needs_words(self, cleaned: dict[str, Any]) -> None:
        """Several practices count the same only by the same words."""
        is_share = cleaned.get("unit") != Measure.Unit.COUNT
        for name in ("numerator", "denominator") if is_share else ("numerator",):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, "Every practice will count by these words: write them down.")

    def name_is_taken(self, by: Measure) -> None:
        """Say so beside the name, with what to do."""
        self.add_error("name", f"Your cluster has a measure called “{by.name}”. Use that one, or say how they differ.")

    def stands_fixed(self, names: list[str]) -> None:
        """Say beside each that figures were counted by it."""
        for name in names:
            label = self.fields[name].label
            self.add_error(name, f"There are figures counted by the old answer. Set “{label}” back to what it was.")

    @property
    def has_more(self) -> bool:
        """Whether something behind "Add more" was filled in, or is wrong."""
        return any(
            name in self.errors or str(self[name].value() or "") not in ("", usual) for name, usual in SEEDED.items()
        )


class UseForm(MeasureForm):
    """Feeds `define_measure` with a definition of the library, for one of the reader's `clusters`."""

    cluster = forms.ModelChoiceField(
        queryset=Cluster.objects.none(),
        label="Cluster",
        empty_label="Choose a cluster",
        error_messages={"required": "Choose the cluster.", "invalid_choice": "Choose one of your own clusters."},
    )

    def __init__(self, *args: Any, clusters: QuerySet[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cluster"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = clusters
            field.initial = clusters[0] if len(clusters) == 1 else None
