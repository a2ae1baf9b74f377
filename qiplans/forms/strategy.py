"""Asks for lines of a strategic plan, for what serves them, and for emergencies."""

from typing import Any
from uuid import uuid4

from django import forms

from qiplans.models import Emergency, StrategicLine
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

A_DATE = "Write a date, such as 3/12/2026."


class LineForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_line` and `rename_line`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = StrategicLine
        fields = ("title", "source")
        labels = {"title": "Line of the plan", "source": "Where it stands"}
        help_texts = {"source": "For example: Strategic plan 2025–28, outcome 3."}
        error_messages = {"title": {"required": "Say what the line is."}}


class ServesForm(PortalForm):
    """Feeds `link_priority`. Offers the lines in force, and retired ones that it serves, to be unticked."""

    lines = forms.MultipleChoiceField(
        label="Which lines does it serve?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose lines of this cluster’s own HSCP that are in force or linked."},
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: list[StrategicLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(line.pk): line for line in offered}
        self.fields["lines"].choices = [(pk, line.name) for pk, line in self.offered.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[StrategicLine]:
        """The lines that were ticked."""
        return [self.offered[pk] for pk in self.cleaned_data["lines"]]

    @property
    def ticked_before(self) -> set[int]:
        """Ids of the lines that were ticked when the form was opened."""
        return {int(pk) for pk in self.cleaned_data["shown"].split() if pk.isascii() and pk.isdigit()}


class EmergencyForm(PortalModelForm):
    """Feeds `declare_emergency`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = Emergency
        fields = ("kind", "reason", "starts_on", "ends_on")
        labels = {
            "kind": "What is it?",
            "reason": "Why, in a line",
            "starts_on": "From",
            "ends_on": "The first day on which it is over",
        }
        help_texts = {
            "reason": "Those above the cluster read it: no names.",
            "ends_on": "May stay empty: then it holds until somebody ends it.",
        }
        widgets = {"kind": forms.RadioSelect, "starts_on": DayInput(), "ends_on": DayInput()}
        error_messages = {
            "kind": {"required": "Choose what it is."},
            "reason": {"required": "Say why: those above read it."},
            "starts_on": {"required": "Say from when.", "invalid": A_DATE},
            "ends_on": {"invalid": A_DATE},
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "Give a day after the first.")
        return cleaned
