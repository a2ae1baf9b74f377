"""Asks what a chart means and what follows from it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from clusters.models import Cluster
from measures.models import SoWhat
from measures.selectors import action_owners
from meetings.selectors import ActionEntry
from shared.fields import WordsFormField
from shared.forms import DayInput, PortalModelForm

A_DATE = "Write a date, such as 3/12/2026."


class SoWhatForm(PortalModelForm):
    """Feeds `say_so_what`. An action is complete or not there: what, who and by when."""

    what = WordsFormField(
        label="What will be done",
        max_length=300,
        required=False,
        help_text="Leave it empty when nothing follows. It will stand on its owner’s list of actions too.",
    )
    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who does it",
        required=False,
        empty_label="Choose a person",
        error_messages={"invalid_choice": "Choose somebody from this cluster."},
    )
    due_on = forms.DateField(label="By when", required=False, widget=DayInput(), error_messages={"invalid": A_DATE})
    reaches_to = forms.DateField(widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = SoWhat
        fields = ("meaning",)
        labels = {"meaning": "So what?"}
        help_texts = {"meaning": "What the chart means to the cluster, as it was talked about."}
        error_messages = {"meaning": {"required": "Say what the chart means."}}
        widgets = {"meaning": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, cluster: Cluster, on: date, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        owner = self.fields["owner"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = action_owners(cluster, on=on)

    def clean_reaches_to(self) -> date:
        day: date = self.cleaned_data["reaches_to"]
        if day not in self.days:
            raise forms.ValidationError("The chart has changed. Look at it again, then save.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = {"what": "Say what will be done.", "owner": "Choose who does it.", "due_on": "Say by when."}
        if any(cleaned.get(name) for name in asked):
            for name, words in asked.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    @property
    def action(self) -> ActionEntry | None:
        """The action of a valid form; None where nothing follows."""
        said = self.cleaned_data
        if not said.get("what"):
            return None
        return ActionEntry(what=said["what"], due_on=said["due_on"], owner=said["owner"].pk)
