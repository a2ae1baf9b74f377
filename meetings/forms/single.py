"""Forms with one small purpose each."""

from typing import Any

from django import forms

from meetings.forms.fields import day_field, line, lines
from meetings.forms.rows import ActionForm, AskForm, RowForm
from meetings.models import Item, ShareLevel
from meetings.selectors import ActionEntry, OwnerEntry
from shared.forms import PortalForm


class CloseForm(PortalForm):
    """For `close_action`."""

    evidence = lines("How was it done? One line is enough")
    learning = line("What was learned, if anything")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = True
        self.fields["evidence"].error_messages["required"] = "Say in one line how it was done."


class ReplyForm(PortalForm):
    """For `reply_to_ask`."""

    reply = lines("Your reply", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].required = True
        self.fields["reply"].error_messages["required"] = "Write your reply."


def _mark_needed(form: PortalForm, *names: str) -> None:
    """Fields that `clean` asks for, in words of its own: their labels don't say "optional"."""
    for name in names:
        form.fields[name].is_needed = True  # type: ignore[attr-defined]


class NewActionForm(ActionForm):
    """For `add_action`: an action outside a meeting, typed as in the log."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _mark_needed(self, "what", "owner", "due_on")

    def typed(self, *names: str) -> bool:
        return True

    def new_entry(self) -> ActionEntry:
        """What was typed, once it is valid."""
        who = OwnerEntry.from_key(self.cleaned_data["owner"])
        return ActionEntry.by(self.cleaned_data["what"], self.cleaned_data["due_on"], who)


class NewAskForm(AskForm):
    """For `ask_hscp`: a question outside a meeting."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _mark_needed(self, "question", "to", "reply_by")

    def typed(self, *names: str) -> bool:
        return True


class SharingForm(RowForm):
    """For `publish_meeting` and `change_sharing`: how far up, and what stays inside.

    `levels` are the levels that the reader may choose, in words. Of a forum that is no cluster whoever leads may also
    choose the clusters around it (`asks_clusters`).
    """

    share_level = forms.ChoiceField(
        label="Who may read the minutes",
        choices=ShareLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the levels shown.", "required": "Choose who may read them."},
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    until = day_field("Corrections until", required=False)
    is_mailed = forms.BooleanField(
        label="When I publish, e-mail the minutes to the members",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds_checkbox__input"}),
    )
    is_for_clusters = forms.BooleanField(
        label="The clusters around it read these minutes",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "ds_checkbox__input"}),
    )
    is_circulating = False

    def __init__(
        self, *args: Any, items: list[Item], levels: dict[str, str], asks_clusters: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, setting=None, **kwargs)  # type: ignore[arg-type]
        self.fields["share_level"].choices = list(levels.items())  # type: ignore[attr-defined]
        if not asks_clusters:
            del self.fields["is_for_clusters"]
        self.items = items
        self.fields["kept"] = forms.MultipleChoiceField(
            label="Keep in cluster",
            required=False,
            choices=[(str(item.pk), item) for item in items],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the items of this meeting."},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_circulating and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", "Give the day until which corrections can be proposed.")
        return cleaned

    @property
    def version_seen(self) -> int:
        """The version that was previewed; 0, which no meeting has, when the form came without one."""
        typed = self.cleaned_data["version"]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0

    @property
    def for_clusters_now(self) -> bool:
        """Whether the clusters around the forum are chosen at present; never where that is not asked."""
        return "is_for_clusters" in self.fields and bool(self["is_for_clusters"].value())

    @property
    def kept_now(self) -> set[int]:
        """Ids ticked at present, from what was posted or what is stored."""
        posted = {str(v) for v in self["kept"].value() or []}
        return {item.pk for item in self.items if str(item.pk) in posted}
