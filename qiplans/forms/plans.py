"""Asks for priorities, and for the meeting that agreed a plan."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from meetings.models import Meeting
from qiplans.models import Priority
from shared.dates import in_words
from shared.forms import PortalForm, PortalModelForm, VersionedFormMixin


def meeting_in_words(meeting: Meeting) -> str:
    """By its date: the forum is the reader's own."""
    return f"Meeting of {in_words(meeting.held_on)} ({meeting.get_state_display().lower()})"


class MeetingChoice(forms.ModelChoiceField):
    """Meetings by their date; those before `newest_on`, the day of the newest priority, say so."""

    newest_on: date | None = None

    def label_from_instance(self, obj: Any) -> str:
        is_before = self.newest_on is not None and obj.held_on < self.newest_on
        return meeting_in_words(obj) + (", before the newest priority was put in" if is_before else "")


class PriorityForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_priority` and `change_priority`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Priority
        fields = ("title", "purpose", "orientation", "chosen_by")
        labels = {
            "title": "Priority",
            "purpose": "Purpose",
            "orientation": "Who does it involve?",
            "chosen_by": "Who chose it?",
        }
        help_texts = {
            "title": "A few words, for example: diabetes recall.",
            "purpose": "Why this, and what should be better for patients.",
            "orientation": (
                "Intrinsic: peer support, the population of your practices, your own data, wellbeing. Extrinsic: with "
                "the community’s teams, the strategic plan, managed services, outcomes. The guidance asks for both."
            ),
            "chosen_by": "So that it can be seen how much of the plan is the cluster’s own choice.",
        }
        widgets = {"orientation": forms.RadioSelect, "chosen_by": forms.RadioSelect}
        error_messages = {
            "title": {"required": "Give the priority a title."},
            "purpose": {"required": "Say in a sentence or two why you chose it."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody has to say: a new priority is the cluster's own choice, and an older one stays what it was.
        self.fields["chosen_by"].required = False


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

    def __init__(
        self, *args: Any, meetings: QuerySet[Meeting], newest: tuple[str, date] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        if isinstance(field, MeetingChoice):
            field.newest_on = newest[1] if newest else None
            field.queryset = meetings
        if newest:
            field.help_text = (
                f"“{newest[0]}” was put into the plan on {in_words(newest[1])}. Choose a meeting before that day only "
                "if it agreed this priority too."
            )
