"""The analysis of a significant event: what happened, why, what was learned, what changes."""

from typing import Any

from django import forms

from meetings.models import SignificantEvent
from shared.forms import PortalModelForm, VersionedFormMixin

WORDS = ("what_happened", "why", "learning", "change_agreed")


class EventForm(VersionedFormMixin, PortalModelForm):
    """Feeds `write_event`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SignificantEvent
        fields = WORDS
        labels = {
            "what_happened": "What happened",
            "why": "Why it happened",
            "learning": "What we learned",
            "change_agreed": "What we change",
        }
        help_texts = {"what_happened": "Without names, dates or places by which somebody could be recognised."}
        error_messages = {"what_happened": {"required": "Say in a few sentences what happened."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS:
            self.fields[name].widget.attrs["rows"] = 4
