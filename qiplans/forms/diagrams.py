"""Asks for diagrams and their lines."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from measures.models import Measure
from meetings.models import Meeting
from qiplans.forms.plans import MeetingChoice
from qiplans.models import Diagram, DiagramLine
from qiplans.rules.tools import STARTED_BY_HAND
from qiplans.selectors.diagrams import measures_of_project
from shared.forms import PortalForm, PortalModelForm, VersionedFormMixin

Kind = Diagram.Kind
MOST = 1_000_000


class DiagramForm(PortalModelForm):
    """Feeds `start_diagram`. Offers `meetings` where the diagram is of no project."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Diagram
        fields = ("kind", "title", "meeting")
        labels = {"title": "What is it about?"}
        help_texts = {
            "title": "For a fishbone the effect, such as “foot checks are missed”; for a Pareto chart what is counted; "
            "for a SWOT who or what is looked at."
        }
        error_messages = {"title": {"required": "Say what it is about."}}

    def __init__(self, *args: Any, meetings: QuerySet[Meeting] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label="Which one?",
            choices=[(kind, kind.label) for kind in STARTED_BY_HAND],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose which one to start."},
        )
        self.fields["title"].required = True
        if meetings is None:
            del self.fields["meeting"]
        else:
            wrong = {"invalid_choice": "Choose one of this cluster’s own meetings."}
            self.fields["meeting"] = MeetingChoice(
                queryset=meetings, label="Of a meeting", required=False, empty_label="Of none", error_messages=wrong
            )


class DiagramTitleForm(VersionedFormMixin, PortalModelForm):
    """Feeds `change_diagram`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Diagram
        fields = ("title",)
        labels = {"title": "What is it about?"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Say what it is about."


class LineForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_line` and `change_line`; a count is asked for a Pareto chart only, a measure for a driver only."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = DiagramLine
        fields = ("text", "count", "measure")
        error_messages = {"text": {"required": "Write a few words."}}

    def __init__(self, *args: Any, diagram: Diagram, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = called
        if diagram.kind == Kind.PARETO:
            self.fields["count"] = forms.IntegerField(
                label="How often",
                required=False,
                min_value=0,
                max_value=MOST,
                help_text="Leave it empty until it has been counted. 0 means counted, and never seen.",
                error_messages={
                    "invalid": "Write a whole number.",
                    "min_value": "A count can’t be below zero.",
                    "max_value": "This is too large. Check the number of noughts.",
                },
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        else:
            del self.fields["count"]
        offered = measures_of_project(diagram.project) if diagram.project and diagram.kind == Kind.DRIVER else None
        if offered is None or not offered.exists():
            del self.fields["measure"]
        else:
            self.fields["measure"] = MeasureChoice(
                queryset=offered, label="Measured by", required=False, empty_label="No measure of its own"
            )

    def asked(self) -> dict[str, Any]:
        """The answers, with nothing for what was not asked."""
        return {name: self.cleaned_data.get(name) for name in ("text", "count", "measure")}


class MeasureChoice(forms.ModelChoiceField):
    """Measures by their name."""

    default_error_messages = {"invalid_choice": "Choose one of the project’s own measures."}

    def label_from_instance(self, obj: Any) -> str:
        measure: Measure = obj
        return measure.name


class PlaceForm(PortalForm):
    """Feeds `move_line`."""

    way = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])
