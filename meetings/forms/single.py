"""Forms with one small purpose each."""

from typing import Any

from django import forms

from meetings.forms.rows import ActionForm, AskForm, RowForm, lines
from meetings.models import Meeting, ShareLevel
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


class NewActionForm(ActionForm):
    """For `add_action`: an action outside a meeting, typed as in the log."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def typed(self, *names: str) -> bool:
        return True


class NewAskForm(AskForm):
    """For `ask_hscp`: a question outside a meeting."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

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
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, meeting: Meeting, levels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, setting=None, **kwargs)  # type: ignore[arg-type]
        self.fields["share_level"].choices = [  # type: ignore[attr-defined]
            c for c in ShareLevel.choices if c[0] in levels
        ]
        items = [(str(i.pk), i) for i in meeting.items.all()]
        self.items = [item for _, item in items]
        self.fields["kept"] = forms.MultipleChoiceField(
            label="Keep in cluster",
            required=False,
            choices=items,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the items of this meeting."},
        )

    @property
    def kept_now(self) -> set[int]:
        """Ids ticked at present, from what was posted or what is stored."""
        known = {item.pk for item in self.items}
        return {int(v) for v in self["kept"].value() or [] if str(v).isdigit() and int(v) in known}
