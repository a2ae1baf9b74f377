"""What was typed into a form to be kept, and which words to black out."""

from typing import Any

from django import forms
from django.http import QueryDict

from office.selectors import Wanted
from shared.fields import WordsFormField
from shared.forms import PortalForm

NEVER_KEPT = {"csrfmiddlewaretoken", "keep", "next", "password"}


def typed_fields(posted: QueryDict) -> dict[str, Any]:
    """What was posted, without tokens and passwords: a name to its value, or to all of them where it has several."""
    return {
        name: values[0] if len(values) == 1 else values
        for name, values in posted.lists()
        if name not in NEVER_KEPT and values
    }


class RedactForm(PortalForm):
    """Feeds `office.services.redact_words`. The words themselves are never stored, so they may be a patient number."""

    UNGUARDED = ("words",)

    words = forms.CharField(
        label="Words to black out",
        min_length=3,
        max_length=300,
        help_text="Exactly as they were written. A short word may stand inside other words.",
        error_messages={
            "min_length": "Give at least 3 characters: fewer would black out half of every page.",
            "required": "Say which words to black out.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    ignore_case = forms.BooleanField(label="Capital and small letters count as the same", required=False, initial=True)
    why = WordsFormField(
        label="Why",
        max_length=4000,
        help_text="Kept for good, with your name and the date. Do not repeat the words here.",
        error_messages={"required": "Say why: whoever reads the record later will ask."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.cleaned_data["words"], self.cleaned_data["ignore_case"])

    @property
    def to_redact(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("words", "why", "ignore_case")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("words") and Wanted(cleaned["words"], True).count(cleaned.get("why", "")):
            self.add_error("why", "This repeats the words that are to go. Say why without them.")
        return cleaned
