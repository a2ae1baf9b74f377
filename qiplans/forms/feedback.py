"""Asks what people said about the care that a project changes."""

from typing import Any
from uuid import uuid4

from django import forms

from qiplans.models import Feedback
from shared.forms import DayInput, OnDayField, PortalModelForm, VersionedFormMixin

FEEDBACK_WORDS = ("theme", "tone", "source", "people", "heard_on", "changed")


class FeedbackForm(VersionedFormMixin, PortalModelForm):
    """Feeds `add_feedback` and `change_feedback`."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    heard_on = OnDayField(label="When you heard it", error_messages={"required": "Say about when it was heard."})

    class Meta:
        model = Feedback
        fields = FEEDBACK_WORDS
        labels = {
            "theme": "What was said, as a theme",
            "tone": "What it says",
            "source": "Where it comes from",
            "people": "About how many said so",
            "changed": "What the project changed because of it",
        }
        help_texts = {
            "theme": "In your own words, as several people might have said it. Never one person’s story.",
            "people": "Leave it empty if you don’t know.",
        }
        widgets = {
            "tone": forms.RadioSelect,
            "source": forms.RadioSelect,
            "people": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "heard_on": DayInput(),
        }
        error_messages = {
            "theme": {"required": "Write the theme in a few words."},
            "tone": {"required": "Choose what it says."},
            "source": {"required": "Choose where it comes from."},
            "people": {"invalid": "Write a whole number."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(FEEDBACK_WORDS)
