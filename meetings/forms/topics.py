"""Forms of the topic box, and for looking back on a decision."""

from typing import Any

from django import forms

from meetings.forms.fields import day_field, line, lines
from meetings.models import LookBack, Topic
from practices.models import Practice
from shared.forms import PortalForm


class TopicForm(PortalForm):
    """For `propose_topic`."""

    title = line("What should be talked about")
    why = lines("Why it matters", rows=3)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("title", "Say what should be talked about."), ("why", "Say why it matters.")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words


class TopicMoveForm(PortalForm):
    """For `move_topic`: the steps that may follow."""

    stage = forms.ChoiceField(
        label="How far it is now",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is.", "invalid_choice": "Choose one of the steps that follow."},
    )
    pilot = forms.ChoiceField(
        label="Which practice tries it",
        required=False,
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"invalid_choice": "Choose a practice of the cluster."},
    )
    note = lines("Why, in a line", rows=2)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, follows: tuple[str, ...], practices: list[Practice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practices = practices
        self.fields["stage"].choices = [(s, Topic.Stage(s).label) for s in follows]  # type: ignore[attr-defined]
        named = [(p.code, p.name) for p in practices]
        self.fields["pilot"].choices = [("", "None"), *named]  # type: ignore[attr-defined]
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "Say in a line why: who proposed it reads it."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("stage") == Topic.Stage.PILOT and not cleaned.get("pilot") and "pilot" not in self.errors:
            self.add_error("pilot", "Choose the practice that tries it.")
        return cleaned

    @property
    def pilot_chosen(self) -> Practice | None:
        return next((p for p in self.practices if p.code == self.cleaned_data["pilot"]), None)


class LookBackForm(PortalForm):
    """For `look_back`."""

    verdict = forms.ChoiceField(
        label="Did it hold?",
        choices=LookBack.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it held."},
    )
    reflection = lines("What you see now", rows=3)
    again_on = day_field("Ask again on", required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reflection"].required = True
        self.fields["reflection"].error_messages["required"] = "Say in a line what you see now."
