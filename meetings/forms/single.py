"""Forms with one small purpose each."""

from typing import Any

from django import forms

from meetings.forms.fields import lines
from meetings.forms.rows import ActionForm, AskForm, RowForm, ids_of
from meetings.models import Item, ShareLevel
from meetings.selectors import ActionEntry
from shared.forms import PortalForm


class CloseForm(PortalForm):
    """For `close_action`."""

    evidence = lines("How was it done? One line is enough")

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
        person, practice = ids_of(self.cleaned_data["owner"])
        return ActionEntry(self.cleaned_data["what"], self.cleaned_data["due_on"], person, practice)


class NewAskForm(AskForm):
    """For `ask_hscp`: a question outside a meeting."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _mark_needed(self, "question", "to", "reply_by")

    def typed(self, *names: str) -> bool:
        return True


class SharingForm(RowForm):
    """For `publish_meeting` and `change_sharing`: how far up, and what stays in the cluster."""

    share_level = forms.ChoiceField(
        label="Who may read the minutes",
        choices=ShareLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the levels shown.", "required": "Choose who may read them."},
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, items: list[Item], levels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, setting=None, **kwargs)  # type: ignore[arg-type]
        self.fields["share_level"].choices = [  # type: ignore[attr-defined]
            c for c in ShareLevel.choices if c[0] in levels
        ]
        self.items = items
        self.fields["kept"] = forms.MultipleChoiceField(
            label="Keep in cluster",
            required=False,
            choices=[(str(item.pk), item) for item in items],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the items of this meeting."},
        )

    @property
    def version_seen(self) -> int:
        """The version that was previewed; 0, which no meeting has, when the form came without one."""
        typed = self.cleaned_data["version"]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0

    @property
    def kept_now(self) -> set[int]:
        """Ids ticked at present, from what was posted or what is stored."""
        posted = {str(v) for v in self["kept"].value() or []}
        return {item.pk for item in self.items if str(item.pk) in posted}
