"""Forms of the agenda: one item, and one that stands on every agenda."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from meetings.models import Item, StandingItem
from meetings.selectors.agenda import ON_AGENDA, STANDING
from meetings.selectors.entries import WEB
from shared.forms import PortalModelForm, VersionedFormMixin

LONGEST = 480


def _minutes() -> forms.IntegerField:
    wrong = f"Give a time from 1 to {LONGEST} minutes."
    return forms.IntegerField(
        label="Minutes for it",
        required=False,
        min_value=1,
        max_value=LONGEST,
        error_messages={"invalid": "Write a number of minutes, such as 10.", "min_value": wrong, "max_value": wrong},
    )


class _SlotForm(VersionedFormMixin, PortalModelForm):
    """What both have: a title, a kind, and time."""

    minutes_allowed = _minutes()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = "What it is about"
        self.fields["title"].error_messages["required"] = "Say in a few words what it is about."
        self.fields["kind"].help_text = "Peer support and significant events stay among those who belong here."
        self.fields["kind"].error_messages["invalid_choice"] = "Choose a kind from the list."


class AgendaItemForm(_SlotForm):
    """For `add_agenda_item` and `change_agenda_item`."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Item
        fields = ON_AGENDA
        labels = {"proposer": "Whose item it is", "paper_title": "Paper", "paper_link": "Where the paper is"}
        help_texts = {
            "paper_title": "What it is called.",
            "paper_link": "The paper stays where you keep it. An address that begins with https://",
        }

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = [self.instance.proposer_id] if self.instance.proposer_id else []
        known = [person.pk for person in people]
        self.fields["proposer"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=known + before
        ).order_by("full_name")
        self.fields["proposer"].empty_label = "Nobody in particular"  # type: ignore[attr-defined]
        self.fields["proposer"].error_messages["invalid_choice"] = "Choose somebody from the list."

    def clean_paper_link(self) -> str:
        link: str = self.cleaned_data["paper_link"]
        if link and not link.startswith(WEB):
            raise forms.ValidationError("Give an address that begins with https:// or http://.")
        return link


class StandingItemForm(_SlotForm):
    """For `add_standing_item` and `change_standing_item`."""

    class Meta:
        model = StandingItem
        fields = STANDING
