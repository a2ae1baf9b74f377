"""Asks for the analyst: the question, the steps, the reply, whether it was useful, the card."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from measures.models import Measure
from qiplans.models import AnalystCard, AnalystRequest
from qiplans.rules.requests import ANALYST_MOVES, NEEDS_WORDS
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

REQUEST_FIELDS = ("question", "decision", "needed_by", "population", "period", "level")
State = AnalystRequest.State
STEPS = {
    State.ACCEPTED: "Accept it",
    State.QUERIED: "Ask a question",
    State.DECLINED: "Decline, with the reason",
    State.DELIVERED: "Deliver",
}


class AskAnalystForm(PortalModelForm):
    """Feeds `ask_analyst`. Three are asked; the rest stands behind "Add more"."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = AnalystRequest
        fields = REQUEST_FIELDS
        labels = {
            "question": "Your question",
            "decision": "The decision that it will inform",
            "needed_by": "Needed by",
            "population": "About whom",
            "period": "Over what time",
            "level": "At what level",
        }
        help_texts = {
            "question": "As you would ask a colleague. No patient should be recognisable.",
            "decision": "What will you do differently, depending on the answer?",
            "level": "By practice, by cluster, against Scotland.",
        }
        widgets = {"needed_by": DayInput()}
        error_messages = {
            "question": {"required": "Write your question."},
            "decision": {"required": "Say which decision the answer will inform."},
            "needed_by": {"required": "Say by when you need it.", "invalid": "Write a date, such as 3/12/2026."},
        }

    def asked(self) -> list[Any]:
        return [self[name] for name in REQUEST_FIELDS[:3]]

    def more(self) -> list[Any]:
        return [self[name] for name in REQUEST_FIELDS[3:]]

    def has_more(self) -> bool:
        """Whether the further boxes hold something, or an error, so that they stand open."""
        return any(field.value() or field.errors for field in self.more())


class NamedMeasure(forms.ModelChoiceField):
    """Measures by their name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class StepForm(PortalForm):
    """Feeds `take_step`; offers the steps that the table allows from where the request is, and `measures`."""

    to_state = forms.ChoiceField(
        label="Your step",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a step.", "invalid_choice": "The request has moved on. Choose again."},
    )
    words = WordsFormField(label="What you tell them", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(
        label="Where the answer is",
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text="When you deliver: an address that they can open.",
        error_messages={"invalid": "Write an address that begins with https://."},
    )
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    measure = NamedMeasure(
        queryset=Measure.objects.none(), label="Or as a measure of the cluster", required=False, empty_label="None"
    )

    def __init__(self, *args: Any, request: AnalystRequest, measures: QuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, measure = self.fields["to_state"], self.fields["measure"]
        if isinstance(step, forms.ChoiceField):
            self.offered = [(state, STEPS[State(state)]) for state in ANALYST_MOVES[request.state]]
            step.choices = list(STEPS.items()) if self.is_bound else self.offered  # the service says what is too late
        if isinstance(measure, forms.ModelChoiceField):
            measure.queryset = measures

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        said = cleaned.get("words", "").strip()
        if cleaned.get("to_state") in NEEDS_WORDS and not said:
            self.add_error("words", "Say what you need to know, or why you decline.")
        if cleaned.get("to_state") == State.DELIVERED and not (said or cleaned.get("link") or cleaned.get("measure")):
            self.add_error("link", "Give the address, choose the measure, or say in words what came out.")
        self.fields["to_state"].choices = self.offered  # type: ignore[attr-defined]
        return cleaned

    def read_now(self, request: AnalystRequest) -> None:
        """Show it again beside the steps that are there now: sending it again is a choice."""
        self.data = {**self.data.dict(), "read": str(request.steps.count())}  # type: ignore[attr-defined]
        self.fields["to_state"].choices = [(s, STEPS[State(s)]) for s in ANALYST_MOVES[request.state]]  # type: ignore[attr-defined]


class ReplyForm(PortalForm):
    """Feeds `reply_to_analyst`."""

    words = WordsFormField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write your answer."},
    )


class JudgeForm(PortalForm):
    """Feeds `judge_request`."""

    useful = forms.ChoiceField(
        label="Was it useful?",
        choices=AnalystRequest.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of the three."},
    )
    note = WordsFormField(label="In a line: what for, or what was missing", required=False, max_length=300)


class CardForm(VersionedFormMixin, PortalModelForm):
    """Feeds `write_card`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AnalystCard
        fields = ("can_do",)
        labels = {"can_do": "What you can do for clusters"}
        help_texts = {"can_do": "Data that you can reach, what you make of it, how long it usually takes."}
