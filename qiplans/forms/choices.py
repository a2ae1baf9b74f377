"""Asks how a topic was chosen, and where people see it differently."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import Truncator

from meetings.models import Item, Meeting
from qiplans.forms.plans import meeting_in_words
from qiplans.forms.studio import AnsweringMixin
from qiplans.models import Disagreement, Priority
from shared.dates import in_words
from shared.fields import WordsFormField
from shared.forms import PortalForm, PortalModelForm, VersionedFormMixin

MINUTES_STAND = "These minutes stand as they are. Leave this empty, or choose a meeting whose minutes are still open."


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChooseForm(AnsweringMixin, PortalForm):
    """Feeds `choose_candidate`. `is_asked`: by an HSCP, which reads the reason.

    A meeting of `meetings` still takes the decision into its minutes; one of `decisions` stands in them already.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    meeting = forms.ChoiceField(
        label="Which meeting decided it?",
        help_text="Minutes that are agreed or published take no new decision: of those, choose a decision that stands "
        "in them already.",
        error_messages={
            "required": "Choose the meeting that decided it.",
            "invalid_choice": "Choose one of this cluster’s own meetings whose minutes are not agreed yet, or a "
            "decision that stands in minutes.",
        },
    )
    year = forms.ChoiceField(
        label="For which plan?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the plan.", "invalid_choice": "Choose this year’s plan or the next."},
    )
    reason = WordsFormField(
        label="Why this one?",
        max_length=4000,
        widget=_area(),
        error_messages={"required": "Say why: the reason stands in the minutes."},
    )
    purpose = WordsFormField(
        label="Purpose",
        max_length=4000,
        widget=_area(3),
        help_text="What should be better for patients. It stands in the plan.",
        error_messages={"required": "Say what should be better for patients."},
    )
    orientation = forms.ChoiceField(
        label="Who does it involve?",
        choices=Priority.Orientation.choices,
        initial=Priority.Orientation.INTRINSIC,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who it involves."},
    )
    how_decided = forms.ChoiceField(
        label="How was it decided?", choices=[("", "Not said"), *Item.Way.choices], required=False
    )
    dissent = WordsFormField(
        label="What was said against it",
        max_length=4000,
        required=False,
        widget=_area(),
        help_text="Without names, unless somebody asks to be named.",
    )

    def __init__(
        self,
        *args: Any,
        meetings: Iterable[Meeting],
        decisions: Iterable[Item],
        years: list[tuple[str, str]],
        is_asked: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_asked:
            self.fields["reason"].help_text = "The HSCP reads this as your answer."
        taking = {str(meeting.pk): meeting for meeting in meetings}
        self.taken = {f"decision-{item.pk}": item for item in decisions}
        self.meetings = taking | {key: item.meeting for key, item in self.taken.items()}
        offered = (
            ("Its minutes take the decision", [(key, meeting_in_words(of)) for key, of in taking.items()]),
            ("Its minutes have the decision already", [(key, _in_short(item)) for key, item in self.taken.items()]),
        )
        named = [(label, options) for label, options in offered if options]
        self.fields["meeting"].choices = [("", "Choose a meeting"), *named]  # type: ignore[attr-defined]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("meeting") in self.taken:
            for name in ("how_decided", "dissent"):
                if cleaned.get(name):
                    self.add_error(name, MINUTES_STAND)
        return cleaned

    def decided(self) -> dict[str, Any]:
        """The meeting of a valid form, and the decision where it stands in its minutes already."""
        key = self.cleaned_data["meeting"]
        return {"meeting": self.meetings[key], "decision": self.taken.get(key)}


def _in_short(item: Item) -> str:
    return f"{in_words(item.meeting.held_on)}: {Truncator(item.decision).chars(80)}"


class DisagreementForm(PortalModelForm):
    """Feeds `record_disagreement`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = Disagreement
        fields = ("about", "positions", "decider", "route", "outcome")
        labels = {
            "about": "What is it about?",
            "positions": "The positions",
            "decider": "Who decides?",
            "route": "If it cannot be settled there",
            "outcome": "What came of it",
        }
        help_texts = {
            "positions": "One on each line, as its holders would say it. No names, unless somebody asks for theirs.",
            "route": "Where it goes next, for example: the locality group in January.",
            "outcome": "May stay empty for now.",
        }
        widgets = {"decider": forms.RadioSelect}
        error_messages = {
            "about": {"required": "Say what it is about."},
            "positions": {"required": "Put down the positions, one on each line."},
            "decider": {"required": "Say who decides."},
        }


class OutcomeForm(VersionedFormMixin, PortalForm):
    """Feeds `settle_disagreement`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = WordsFormField(
        label="What came of it?",
        max_length=4000,
        widget=_area(),
        error_messages={"required": "Say what came of it."},
    )
