"""Forms for what happens to an action on its way. Each feeds one service of `meetings.services.action_steps`."""

from datetime import date
from typing import Any

from django import forms

from meetings.forms.fields import day_field, line, lines
from meetings.forms.rows import owner_choices
from meetings.models import Action
from meetings.selectors import OwnerEntry, Setting
from shared.forms import PortalForm


class StepForm(PortalForm):
    """Knows the version of the action that was shown, and the setting of its forum."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    NEEDED: dict[str, str] = {}

    def __init__(self, *args: Any, action: Action, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action, self.setting = action, setting
        for name, words in self.NEEDED.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words

    @property
    def version_seen(self) -> int:
        """The version that was shown; 0, which no action has, when the form came without one."""
        return self.cleaned_data.get("version") or 0

    def answers(self) -> dict[str, Any]:
        """What the service is handed."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", self.QUESTION)}


class NoteForm(StepForm):
    NEEDED = {"text": "Say how far it is."}
    text = lines("How far it is")


class ReturnForm(PortalForm):
    """For `tell_return`: one practice's answer, on the page of the action."""

    text = line("A line, if it helps")
    is_done = forms.ChoiceField(
        choices=[("yes", "Done"), ("no", "Not yet")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Press “Done” or “Not yet”."),
    )


class WaitForm(StepForm):
    NEEDED = {"waiting_on": "Say who or what it waits for."}
    waiting_on = line("Who or what it waits for")
    for_hscp = forms.BooleanField(
        label="It is the HSCP that we wait for", required=False, help_text="Then it stands with what the HSCP owes you."
    )


class MoveForm(StepForm):
    NEEDED = {"due_on": "Give the new date.", "reason": "Say why the date moves."}
    due_on = day_field("New date", required=False)
    reason = line("Why")

    def clean_due_on(self) -> date:
        """A day that has passed would make the action late in the same moment: most often the year is mistyped."""
        day: date = self.cleaned_data["due_on"]
        if day < self.setting.today:
            raise forms.ValidationError("This day has passed. Give today or a later day.")
        return day


class HandOverForm(StepForm):
    owner = forms.ChoiceField(
        label="Who goes on with it",
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"required": "Choose who goes on with it.", "invalid_choice": "Choose somebody from the list."},
    )
    reason = line("Why, if it helps")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owner_choices(self.setting)  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return {"to": OwnerEntry.from_key(self.cleaned_data["owner"]), "reason": self.cleaned_data["reason"]}


class MarkForm(StepForm):
    is_first = forms.BooleanField(label="To be done before others", required=False)
    is_outside_control = forms.BooleanField(
        label="Outside our control",
        required=False,
        help_text="Whether it gets done lies with others. It stays in the list, and everybody sees why it takes long.",
    )


class DropForm(StepForm):
    NEEDED = {"reason": "Say why it is given up."}
    reason = lines("Why it is given up")


class ReopenForm(StepForm):
    NEEDED = {"reason": "Say why it is opened again."}
    reason = lines("Why it is opened again")


class EvidenceForm(StepForm):
    evidence = lines("How it was done")
    learning = line("What was learned, if anything")


class VerdictForm(StepForm):
    verdict = forms.ChoiceField(
        label="The reply is",
        choices=Action.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the reply is accepted."},
    )
    reason = lines("Because")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        short = cleaned.get("verdict") in (Action.Verdict.PARTLY, Action.Verdict.NOT_ACCEPTED)
        if short and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say what is missing: the cluster reads it.")
        return cleaned


class IssueForm(StepForm):
    """For `add_action` in the name of the HSCP: a request or a mandated action, with its grounds."""

    NEEDED = {
        "what": "Say what is to be done or answered.",
        "grounds": "Say why: the cluster reads it.",
        "issuer": "Say in whose name, such as the locality management team.",
        "due_on": "Give the date by which you need it.",
    }
    kind = forms.ChoiceField(
        label="Kind",
        choices=[(Action.Kind.REQUESTED, "A request for information"), (Action.Kind.MANDATED, "A mandated action")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say which of the two it is."},
    )
    what = line("What is to be done or answered")
    grounds = lines("Why")
    issuer = line("In whose name")
    owner = forms.ChoiceField(
        label="Who is to do it",
        widget=forms.Select(attrs={"class": "ds_select"}),
        error_messages={"required": "Choose who is to do it.", "invalid_choice": "Choose from the list."},
    )
    due_on = day_field("By when", required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, action=Action(), **kwargs)
        groups = owner_choices(self.setting)
        self.fields["owner"].choices = [g for g in groups if g[0] != "HSCP and board"]  # type: ignore[attr-defined]
