"""The small forms that the log of a meeting is made of: one a row."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from meetings.forms.fields import day_field, line, lines, wrong_year
from meetings.models import Attendance, Item, Meeting
from meetings.parsing import propose
from meetings.selectors import ActionEntry, AskEntry, AttendanceEntry, GuestEntry, Seat, Setting
from meetings.services import NOBODY_ASKS
from shared.forms import PortalForm

Presence = Attendance.Presence


def owner_choices(setting: Setting) -> list[tuple[str, Any]]:
    """Everybody who can be given an action: practices, people of the cluster, people of the HSCP."""
    named = {c.key: c.label for c in setting.candidates}
    return [
        ("", "Choose who"),
        ("Practices", [(key, label) for key, label in named.items() if key.startswith("practice:")]),
        ("People in the cluster", [(f"person:{p.pk}", p.full_name) for p in setting.inside]),
        ("HSCP and board", [(f"person:{p.pk}", f"{p.full_name}, {role}") for p, role in setting.above]),
    ]


def ids_of(key: str) -> tuple[int | None, int | None]:
    """Person id and practice id of an owner's key: one of them is None."""
    kind, _, pk = key.partition(":")
    return (int(pk), None) if kind == "person" else (None, int(pk))


class RowForm(PortalForm):
    """One row of the log. The question about doubtful numbers is asked once, for the whole page."""

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)
        self.setting = setting

    def add_prefix(self, field_name: str) -> str:
        return field_name if field_name == self.QUESTION else super().add_prefix(field_name)

    def typed(self, *names: str) -> bool:
        """Whether anything was typed into the fields `names` (all, when none is named), valid or not."""
        return any(str(self[name].value() or "").strip() for name in names or self.fields if name != self.QUESTION)


class HeadForm(RowForm):
    """When and how the meeting was held."""

    held_on = day_field("Date")
    mode = forms.ChoiceField(label="How", choices=Meeting.Mode.choices, widget=forms.RadioSelect)
    was_data_present = forms.TypedChoiceField(
        label="Was data looked at?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda v: v == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    next_on = day_field("Next meeting", required=False)

    def __init__(self, *args: Any, is_complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_complete = is_complete
        self.fields["held_on"].error_messages["required"] = "Give the date of the meeting."
        self.fields["mode"].error_messages["required"] = "Say how the meeting was held."
        self.fields["mode"].error_messages["invalid_choice"] = "Choose video, in person or both."

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if self.is_complete and held_on > self.setting.today:
            raise forms.ValidationError(
                "This day is still to come. Save now and come back later; publish once the meeting was held."
            )
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        held_on, next_on = cleaned.get("held_on"), cleaned.get("next_on")
        if held_on and next_on and next_on <= held_on:
            self.add_error("next_on", "The next meeting comes after this one: give a later date.")
        return cleaned


class PresenceForm(RowForm):
    """One member practice: who came."""

    presence = forms.ChoiceField(
        label="Who came",
        required=False,
        choices=[c for c in Presence.choices if c[0] != Presence.GUEST],
        widget=forms.RadioSelect,
    )
    name = line("Name of the deputy")

    def __init__(self, *args: Any, seat: Seat, is_complete: bool, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"practice-{seat.practice.pk}", **kwargs)
        self.seat, self.is_complete = seat, is_complete
        self.fields["presence"].label = seat.practice.name
        self.fields["presence"].error_messages["invalid_choice"] = "Choose one of the four."
        if seat.deputies:
            self.fields["name"].initial = seat.deputies[0].full_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_complete and not cleaned.get("presence") and "presence" not in self.errors:
            self.add_error("presence", f"Say who came from {self.seat.practice.name}.")
        if cleaned.get("presence") == Presence.DEPUTY and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", f"Give the name of the deputy from {self.seat.practice.name}.")
        return cleaned

    def entry(self) -> AttendanceEntry | None:
        presence = self.cleaned_data.get("presence")
        if not presence:
            return None
        lead = self.seat.leads[0].pk if self.seat.leads and presence == Presence.PRESENT else None
        name = self.cleaned_data["name"] if presence == Presence.DEPUTY else ""
        return AttendanceEntry(self.seat.practice.pk, presence, name, lead)


class GuestForm(RowForm):
    """Somebody from outside the cluster."""

    name = line("Guest’s name")
    organisation = line("From (organisation)")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.typed() and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the guest’s name, or clear the organisation.")
        return cleaned

    def entry(self) -> GuestEntry | None:
        return GuestEntry(self.cleaned_data["name"], self.cleaned_data["organisation"]) if self.typed() else None


class ActionForm(RowForm):
    """One action, typed as a sentence. Who and when are read from it unless they are chosen."""

    what = line("Action", attrs={"data-sentence": ""})
    owner = forms.ChoiceField(
        label="Who will do it", required=False, widget=forms.Select(attrs={"class": "ds_select", "data-owner": ""})
    )
    due_on = day_field("By when", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owner_choices(self.setting)  # type: ignore[attr-defined]
        self.fields["owner"].error_messages["invalid_choice"] = "Choose somebody from the list."
        self.fields["due_on"].widget.attrs["data-due"] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.typed():
            return cleaned
        if not cleaned.get("what"):
            if "what" not in self.errors:
                self.add_error("what", "Say what is to be done.")
            return cleaned
        read = propose(cleaned["what"], candidates=self.setting.candidates, on=self.setting.held_on)
        owner = cleaned.get("owner") or (read.owner.key if read.owner else "")
        due_on = cleaned.get("due_on") or read.due_on
        agrees = owner == (read.owner.key if read.owner else owner) and due_on == (read.due_on or due_on)
        if not owner and "owner" not in self.errors:
            self.add_error("owner", "Who will do it? Choose, or begin the sentence with a name: “Alder: …”.")
        if due_on and (problem := wrong_year(due_on)) and "due_on" not in self.errors:
            self.add_error("due_on", problem)
        if not due_on and "due_on" not in self.errors:
            self.add_error("due_on", "By when? Give a date, or end the sentence with one: “… by 3 Dec”.")
        cleaned.update(owner=owner, due_on=due_on, what=read.what if agrees else cleaned["what"])
        return cleaned

    def entry(self) -> ActionEntry | None:
        if not self.typed():
            return None
        person, practice = ids_of(self.cleaned_data["owner"])
        return ActionEntry(self.cleaned_data["what"], self.cleaned_data["due_on"], person, practice)


class AskForm(RowForm):
    """One question to a named person of the HSCP."""

    question = line("Your question")
    to = forms.TypedChoiceField(
        label="To",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "ds_select"}),
    )
    reply_by = day_field("Reply by", required=False)

    def __init__(self, *args: Any, asker: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asker = asker
        people = [(p.pk, f"{p.full_name}, {role}") for p, role in self.setting.above if p != asker]
        self.fields["to"].choices = [("", "Choose who"), *people]  # type: ignore[attr-defined]
        self.fields["to"].error_messages["invalid_choice"] = "Choose somebody from the list."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.typed():
            return cleaned
        wanted: Iterable[tuple[str, str]] = (
            ("question", "Write the question."),
            ("to", "Choose who is asked."),
            ("reply_by", "Give the date by which you need the reply."),
        )
        for name, text in wanted:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, text)
        if self.asker is None and "question" not in self.errors:
            self.add_error("question", NOBODY_ASKS)
        reply_by = cleaned.get("reply_by")
        if reply_by and reply_by < max(self.setting.held_on, self.setting.today):
            self.add_error("reply_by", "Give a date from today on: the question has not gone out yet.")
        return cleaned

    def entry(self) -> AskEntry | None:
        if not self.typed():
            return None
        return AskEntry(self.cleaned_data["question"], self.cleaned_data["to"], self.cleaned_data["reply_by"])


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
    keep = forms.BooleanField(label="Keep in cluster", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].error_messages["invalid_choice"] = "Choose a kind from the list."
        self.fields["keep"].widget.attrs["class"] = "ds_checkbox__input"
