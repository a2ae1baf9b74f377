"""Asks for priorities, and for the meeting that agreed a plan."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from meetings.models import Meeting
from qiplans.models import Priority
from shared.dates import in_words
from shared.forms import PortalForm, PortalModelForm, VersionedFormMixin


class MeetingChoice(forms.ModelChoiceField):
    """Meetings by their date: the forum is the reader's own."""

    def label_from_instance(self, obj: Any) -> str:
        return f"Meeting of {in_words(obj.held_on)} ({obj.get_state_display().lower()})"


class PriorityForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_priority` and `change_priority`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Priority
        fields = ("title", "purpose", "orientation")
        labels = {"title": "Priority", "purpose": "Purpose", "orientation": "Who does it involve?"}
        help_texts = {
            "title": "A few words, for example: diabetes recall.",
            "purpose": "Why this, and what should be better for patients.",
            "orientation": "The guidance asks for a mix of the two.",
        }
        widgets = {"orientation": forms.RadioSelect}
        error_messages = {
            "title": {"required": "Give the priority a title."},
            "purpose": {"required": "Say in a sentence or two why you chose it."},
        }


class AgreeForm(PortalForm):
    """Feeds `agree_plan`."""

    meeting = MeetingChoice(
        queryset=Meeting.objects.none(),
        label="Which meeting agreed it?",
        empty_label="Choose a meeting",
        error_messages={
            "required": "Choose the meeting that agreed the plan.",
            "invalid_choice": "Choose one of this cluster’s own meetings whose minutes are out of draft.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = meetings
