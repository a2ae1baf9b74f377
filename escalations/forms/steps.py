"""Asks for the next step, and for a reader to add."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from escalations.models import Escalation
from escalations.rules import MOVES, Move
from shared.fields import WordsFormField
from shared.forms import PortalForm

REASONS = "Give your reasons: they go to the person who raised it."
# These have a button of their own beside the choices.
APART = ("acknowledge", "hand_over", "withdraw")
NO_PATIENT = "No patient should be recognisable."


class StepForm(PortalForm):
    """Which of the moves that are open, and why. Feeds `take_step`."""

    move = forms.ChoiceField(
        label="What do you want to do?", widget=forms.RadioSelect, error_messages={"required": "Choose what to do."}
    )
    reasons = WordsFormField(
        label="Reasons",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": REASONS},
    )

    def __init__(
        self, data: Any = None, *, moves: Sequence[Move], at_cluster: bool = False, next_up: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        named = [(m.verb, _label(m, at_cluster, next_up)) for m in moves]
        self.choices = [choice for choice in named if choice[0] not in APART]
        field: Any = self.fields["move"]
        field.choices = self.choices
        # A move that was open when the page was shown gets as far as the service, which says what happened since.
        field.valid_value = lambda value: True
        self._ask_reasons([m for m in moves if m.verb not in APART])

    def _ask_reasons(self, moves: list[Move]) -> None:
        field = self.fields["reasons"]
        chosen = MOVES.get(self.data.get("move", ""))
        field.required = chosen.needs_words if chosen else all(m.needs_words for m in moves)
        field.help_text = NO_PATIENT
        if any(m.by_raiser for m in moves):
            field.label = "What you want to say"
            field.error_messages["required"] = "Say why: it goes to those who decide."

    def clean_move(self) -> str:
        verb: str = self.cleaned_data["move"]
        if verb not in MOVES:
            raise ValidationError("Choose what to do.")
        return verb

    @staticmethod
    def follows(verb: str, shown: Escalation) -> str:
        """What happens next, for the message after the step."""
        if verb in ("resolve", "decline", "ask_information"):
            return f"{shown.spokesperson or shown.raised_by} sees your reasons now."
        if verb == "refer_up":
            return "The next rung has it, with a new date to decide by."
        return ""


def _label(move: Move, at_cluster: bool, next_up: str) -> str:
    if move.verb == "resolve" and at_cluster:
        return "Settle it here, by agreement"
    if move.verb == "refer_up":
        return f"Pass it up to {next_up}"
    if move.verb == "ask_review" and next_up:
        return f"I disagree: ask {next_up} for a review"
    return move.label


class WithdrawForm(PortalForm):
    """Why it is withdrawn. Stands beside the other choices, so its boxes have ids of their own."""

    move = forms.CharField(widget=forms.HiddenInput, initial="withdraw")
    reasons = WordsFormField(
        label="Why you withdraw it",
        help_text=NO_PATIENT,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: it goes to those who decide."},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="id_withdraw_%s", **kwargs)


class ReaderForm(PortalForm):
    """Whom to let read. Feeds `add_viewer`."""

    who = WordsFormField(
        label="Name or e-mail address",
        min_length=3,
        max_length=120,
        error_messages={
            "required": "Type the name or the e-mail address of the person to add.",
            "min_length": "Type at least three letters of the name, or the e-mail address.",
        },
    )

    def one_of(self, found: list[User]) -> User:
        """The one person found. Raises ValidationError for none, and for several with their names."""
        if not found:
            raise ValidationError({"who": "Nobody of that name holds a role in this HSCP. Check the spelling."})
        if len(found) > 1:
            several = ", ".join(p.full_name for p in found)
            raise ValidationError({"who": f"More than one person fits: {several}. Type the whole name or the address."})
        return found[0]
