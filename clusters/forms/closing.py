"""Asks what happened to a practice."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clusters import selectors
from clusters.models import Membership
from clusters.rules import Scope
from clusters.selectors.successions import Candidate
from practices.models import Practice
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

KEPT, CLOSED, RECODED, MERGED, SPLIT = "kept", "closed", "recoded", "merged", "split"
WENT_ON = [
    (RECODED, "It is the same practice, under a new code"),
    (MERGED, "It merged into another practice"),
    (SPLIT, "It was split into several"),
]
CHOICES = [(KEPT, "It is still there: keep it as it is"), (CLOSED, "It closed, and nothing came after it"), *WENT_ON]
# What the services call a field, where the form asks under another name.
_ASKED_AS = {"closed_on": "on", "after": "into"}
_REASON: Words = Membership._meta.get_field("end_reason")  # type: ignore[assignment]


def _typed_practice(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=140,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"list": "practices", "autocomplete": "off"}),
    )


class DecideForm(PortalForm):
    """Feeds `services.keep_practice`, `services.close_practice` and those of `services.succession`."""

    decision = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened.", "invalid_choice": "Choose one of these."},
    )
    into = _typed_practice(
        "If something came after it: which practice",
        "Under which code it goes on, into which it merged, or the first that came out of it. Type its code, or part "
        "of its name and pick it from the list. The first answers for what was left open.",
    )
    second = _typed_practice("If it was split: the second")
    third = _typed_practice("If it was split: the third, if there is one")
    stays = forms.BooleanField(label="If it was split: part of it stays under this code", required=False)
    on = forms.DateField(
        label="From which day",
        widget=DayInput,
        help_text="The first day without it, which is the first of what came after. It leaves its cluster on that day.",
        error_messages={"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."},
    )
    reason = _REASON.formfield(
        label="How it came about",
        required=True,
        help_text="Such as “both moved into one health centre”. Shown in its history. No patient should be "
        "recognisable.",
        error_messages={"required": "Say in a few words how it came about."},
    )

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        scope: Scope,
        candidates: Iterable[Candidate],
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        """`chosen` is the code of one of the `candidates`, which is filled in."""
        super().__init__(*args, **kwargs)
        self.scope, self.candidates = scope, tuple(candidates)
        choices = WENT_ON if practice.closed_on else CHOICES
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]
        if self.data.get("decision") == KEPT:  # nothing happened: no day, no words
            self.fields["on"].required = self.fields["reason"].required = False
        self.initial["on"] = practice.closed_on or practice.missing_since
        if fit := next((c for c in self.candidates if c.practice.code == chosen), None):
            self.initial["decision"] = RECODED if fit.is_same else MERGED
            self.initial["into"] = f"{fit.practice.code} {fit.practice}"
            self.initial["on"] = self.initial["on"] or fit.since

    def practice_options(self) -> list[str]:
        """What the browser offers while a practice is typed: what fits best comes first."""
        first = [f"{c.practice.code} {c.practice}" for c in self.candidates]
        return [*first, *(o for o in selectors.practice_options(self.scope, on=today()) if o not in first)]

    def clean_into(self) -> Practice | None:
        return self._practice("into")

    def clean_second(self) -> Practice | None:
        return self._practice("second")

    def clean_third(self) -> Practice | None:
        return self._practice("third")

    def _practice(self, name: str) -> Practice | None:
        typed = self.cleaned_data[name]
        found = selectors.practice_typed(typed, self.scope, on=today(), part=True) if typed else None
        if typed and found is None:
            said = "This names no single open practice. Pick it from the list, or type its five-digit code."
            if not self.scope.everything:
                said += " One in another HSCP is chosen by who looks after all of Scotland."
            raise ValidationError(said)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        decision = cleaned.get("decision")
        if decision in (None, KEPT):
            return cleaned
        if decision != CLOSED:
            self._ask("into", "Say which practice came after it.")
        if decision == SPLIT and not cleaned.get("stays"):
            self._ask("second", "Say into which practices it was split: two or more, unless part of it stays.")
        return cleaned

    def _ask(self, name: str, words: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)

    def facts(self) -> dict[str, Any]:
        """The day and the words, as every service is handed them."""
        return self.values("on", "reason")

    def practices(self) -> list[Practice]:
        """The practices of today that were named."""
        asked = {KEPT: (), CLOSED: (), SPLIT: ("into", "second", "third")}
        wanted: tuple[str, ...] = asked.get(self.cleaned_data["decision"], ("into",))
        return [found for name in wanted if (found := self.cleaned_data[name])]

    def refuse(self, refused: ValidationError) -> None:
        """Say what the services refuse beside the field that asked for it."""
        for name, words in refused.message_dict.items() if hasattr(refused, "error_dict") else ():
            self.add_error(_ASKED_AS.get(name, name), words)
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
