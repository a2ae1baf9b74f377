"""Asks how a vote is held, and for dots."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from qiplans.models import Candidate, Round
from qiplans.models.votes import MOST_DOTS
from shared.fields import WordsFormField
from shared.forms import PortalForm

OPEN, ANONYMOUS = "open", "anonymous"


class RoundForm(PortalForm):
    """Feeds `open_round`. Offers the open topics of the cluster."""

    title = WordsFormField(
        label="What is the vote about?",
        max_length=300,
        help_text="For example: which two for 2026/27?",
        error_messages={"required": "Say what the vote is about."},
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose two topics or more to vote on.",
            "invalid_choice": "One of them is no longer open. Look at the list again.",
        },
    )
    dots = forms.IntegerField(
        label="Dots for each person",
        min_value=1,
        max_value=MOST_DOTS,
        initial=3,
        help_text="About a third of the number of topics. Several may go on one topic.",
        error_messages={"required": "Say how many dots each person has.", "invalid": "Write a number, such as 3."},
    )
    how = forms.ChoiceField(
        label="How is it held?",
        choices=[
            (OPEN, "Open: everybody sees who placed which dots, and may change theirs until it closes"),
            (
                ANONYMOUS,
                "Anonymous: it is kept who has voted and not what; dots are shown at the end; once placed, they stay",
            ),
        ],
        initial=OPEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is held."},
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, topics: QuerySet[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(topic.pk): topic for topic in topics}
        self.fields["topics"].choices = [(pk, topic.title) for pk, topic in self.offered.items()]  # type: ignore[attr-defined]

    def clean_topics(self) -> list[str]:
        topics = list(dict.fromkeys(self.cleaned_data["topics"]))
        if len(topics) < 2:
            raise forms.ValidationError("Choose two topics or more to vote on.")
        return topics

    @property
    def chosen(self) -> list[Candidate]:
        """The topics that were ticked."""
        return [self.offered[pk] for pk in self.cleaned_data["topics"]]


class DotsField(forms.IntegerField):
    """A number of dots; an empty box is none, so that no box is a matter of choice."""

    def to_python(self, value: Any) -> int | None:
        return 0 if value in self.empty_values else super().to_python(value)


class DotsForm(PortalForm):
    """Feeds `cast_vote`: a number for each topic of a vote."""

    def __init__(self, *args: Any, of: Round, laid: dict[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for option in of.options.select_related("candidate").order_by("candidate__title", "pk"):
            self.fields[f"option_{option.pk}"] = DotsField(
                label=option.candidate.title,
                min_value=0,
                max_value=of.dots,
                initial=laid.get(option.pk, 0),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ds_input ds_input--fixed-2"}),
                error_messages={"invalid": "Write a number of dots, such as 1."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        laid = sum(self.dots_by_option(cleaned).values())
        if not self.errors and not 1 <= laid <= self.of.dots:
            raise forms.ValidationError(f"Place 1 to {self.of.dots} dots. You placed {laid}.")
        return cleaned

    def dots_by_option(self, cleaned: dict[str, Any] | None = None) -> dict[int, int]:
        """How many dots on which option, by its id."""
        values = self.cleaned_data if cleaned is None else cleaned
        named = (name for name in self.fields if name.startswith("option_"))
        return {int(name.removeprefix("option_")): values.get(name) or 0 for name in named}
