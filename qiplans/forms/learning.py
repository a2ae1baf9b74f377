"""Three questions on knowledge and skills, in words."""

from typing import Any

from django import forms

from qiplans.reference.learning import ANSWERS, OUT_OF_RANGE, QUESTIONS, STEM
from shared.forms import PortalForm


class NeedsForm(PortalForm):
    """For `say_needs`: three taps."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, text in QUESTIONS:
            self.fields[name] = forms.TypedChoiceField(
                label=f"{STEM} {text}",
                choices=ANSWERS,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Say how far you agree on {text.partition(':')[0]}.",
                    "invalid_choice": OUT_OF_RANGE,
                },
            )
