"""Forms about minutes that have left the draft: a correction, its answer, words put right, a note."""

from typing import Any

from django import forms

from meetings.forms.fields import line, lines
from meetings.models import Correction, Item
from shared.forms import PortalForm, VersionedFormMixin

Choices = list[tuple[str, str]]


class AboutForm(PortalForm):
    """Words about minutes as a whole or about one item of them; made once."""

    item = forms.TypedChoiceField(
        label="About",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"invalid_choice": "Choose an item of this meeting."},
    )
    text = lines("", rows=4)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    ASKS, MISSING = "", ""

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Choices = [(str(item.pk), f"{n}. {item.title}") for n, item in enumerate(items, start=1)]
        self.fields["item"].choices = [("", "The minutes as a whole"), *named]  # type: ignore[attr-defined]
        self.fields["text"].label = self.ASKS
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = self.MISSING

    def about(self, items: list[Item]) -> Item | None:
        """The item that was chosen; None for the minutes as a whole."""
        return next((item for item in items if item.pk == self.cleaned_data["item"]), None)


class CorrectionForm(AboutForm):
    """For `propose_correction`."""

    ASKS, MISSING = "What should be put right", "Say what should be put right."


class AmendmentForm(AboutForm):
    """For `add_amendment`."""

    ASKS, MISSING = "Note", "Write the note."
    is_kept = forms.BooleanField(
        label="Keep this note in the cluster",
        required=False,
        help_text="A note to an item that is kept in the cluster is kept as well.",
    )
    field_order = ("item", "text", "is_kept", "nonce")


class AnswerForm(PortalForm):
    """For `answer_correction`."""

    state = forms.ChoiceField(
        label="What becomes of it",
        choices=[c for c in Correction.State.choices if c[0] != Correction.State.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is put right or left as it is."},
    )
    answer = lines("Your answer", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = "Needed where it is left as it is: who proposed it reads the reason."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        left = cleaned.get("state") == Correction.State.LEFT
        if left and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Say why it stays as it is: who proposed it reads the reason.")
        return cleaned


class ItemWordsForm(VersionedFormMixin, PortalForm):
    """For `correct_item`: the words of one item, and nothing else of it."""

    title = line("What it was about")
    discussion = lines("Discussion", rows=3)
    decision = lines("Decision", rows=2)
    decision_reason = lines("Because (reason for the decision)", rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Say in a few words what this item was about."
