"""The forms of one item of a meeting: its own words, its actions, its question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from clusters.models.orientation import Orientation
from meetings.forms import initials
from meetings.forms.fields import RowId, day_field, line, lines
from meetings.forms.rows import ActionForm, AskForm, RowForm
from meetings.models import Item
from meetings.selectors import ItemEntry

if TYPE_CHECKING:
    from meetings.forms.minute import MinuteForms

# Actions ready to type into, and the most that one item can hold.
READY_ACTIONS, MOST_ACTIONS = 3, 8
MORE = ("decision_reason", "options", "dissent")


class ItemForm(RowForm):
    """One thing that was covered."""

    title = line("What it was about")
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=Item.Kind.choices,
        initial=Item.Kind.DISCUSSION,
        widget=forms.Select(attrs={"class": "ds_select"}),
    )
    discussion = line("One line of discussion", max_length=4000)
    decision = line("Decision", max_length=4000)
    decision_reason = lines("Because (reason for the decision)")
    options = lines("What else could have been decided")
    how_decided = forms.ChoiceField(
        label="How it was decided",
        required=False,
        choices=[("", "Not said"), *Item.Way.choices],
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"invalid_choice": "Choose from the list."},
    )
    dissent = lines("Anyone against? (Unnamed unless they ask)")
    review_on = day_field("Ask whether it held, on", required=False)
    is_parked = forms.BooleanField(label="Not reached: put it on the next agenda", required=False)
    row = RowId()
    keep = forms.BooleanField(label="Keep in cluster", required=False)
    orientation = forms.ChoiceField(
        label="Counts as",
        required=False,
        choices=[("", "As its kind says"), *Orientation.choices],
        widget=forms.Select(attrs={"class": "ds_select"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].error_messages["invalid_choice"] = "Choose a kind from the list."
        self.fields["orientation"].error_messages["invalid_choice"] = "Choose intrinsic or extrinsic."
        for name in ("keep", "is_parked"):
            self.fields[name].widget.attrs["class"] = "ds_checkbox__input"

    def clean_review_on(self) -> Any:
        review_on = self.cleaned_data["review_on"]
        if review_on and review_on <= self.setting.held_on:
            raise forms.ValidationError("Give a date after the meeting: it asks whether the decision held.")
        return review_on


class ItemForms:
    """The forms of one item: its own words, its actions, its question."""

    def __init__(self, page: MinuteForms, n: int | str, entry: ItemEntry | None) -> None:
        self.page, self.n, self.prefix = page, n, f"item-{n}"
        self.number = n + 1 if isinstance(n, int) else "__number__"
        actions = entry.actions if entry else ()
        kept = page.count(f"{self.prefix}-actions", len(actions), READY_ACTIONS, MOST_ACTIONS)
        self.main = page.make(ItemForm, self.prefix, initials.of_item(entry))
        self.actions = [
            page.make(
                ActionForm, f"{self.prefix}-action-{i}", initials.of_action(actions[i] if i < len(actions) else None)
            )
            for i in range(kept)
        ]
        ask = entry.asks[0] if entry and entry.asks else None
        self.ask = page.make(AskForm, f"{self.prefix}-ask", initials.of_ask(ask), asker=page.asker)

    def forms(self) -> list[RowForm]:
        return [self.main, *self.actions, self.ask]

    def is_empty(self) -> bool:
        own = self.main.typed("title", "discussion", "decision", *MORE)
        return not (own or any(a.typed() for a in self.actions) or self.ask.typed())

    def check(self) -> bool:
        if self.is_empty():
            return True
        if not str(self.main["title"].value() or "").strip():
            self.main.add_error("title", "Say in a few words what this item was about.")
        verdicts = [form.is_valid() for form in self.forms()]  # each form must say what is wrong with it
        return all(verdicts)

    def entry(self) -> ItemEntry:
        own = self.main.cleaned_data
        return ItemEntry(
            title=own["title"],
            kind=own["kind"] or Item.Kind.DISCUSSION,
            discussion=own["discussion"],
            decision=own["decision"],
            decision_reason=own["decision_reason"],
            is_kept_in_cluster=own["keep"],
            orientation=own["orientation"],
            actions=tuple(e for a in self.actions if (e := a.entry())),
            asks=tuple(e for e in [self.ask.entry()] if e),
            options=own["options"],
            how_decided=own["how_decided"],
            dissent=own["dissent"],
            review_on=own["review_on"],
            is_parked=own["is_parked"],
            pk=own["row"],
        )

    @property
    def has_more(self) -> bool:
        """Whether the fold must be open: something is in it, or wrong with it."""
        return any(self.main[name].value() or self.main[name].errors for name in (*MORE, "how_decided", "review_on"))

    @property
    def paper(self) -> tuple[str, str]:
        """Title and address of the paper that was on the agenda; the address is empty where it may not be a link."""
        return self.page.papers.get(str(self.main["row"].value() or ""), ("", ""))

    @property
    def has_tag(self) -> bool:
        return bool(self.main["orientation"].value() or self.main["orientation"].errors)

    @property
    def has_ask(self) -> bool:
        return self.ask.typed() or bool(self.ask.errors)
