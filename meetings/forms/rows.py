"""The small forms that the log of a meeting is made of: one a row."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import slugify

from accounts.models import User
from accounts.roles import Role
from meetings.forms.fields import RowId, day_field, line, wrong_year
from meetings.models import Attendance, Meeting
from meetings.parsing import propose
from meetings.selectors import ActionEntry, AskEntry, AttendanceEntry, GuestEntry, OwnerEntry, Seat, Setting
from meetings.services import NOBODY_ASKS
from shared.forms import PortalForm

Presence = Attendance.Presence
# Roles of a cluster that something can be given to, whoever holds them.
BY_ROLE = (Role.CQL, Role.CLUSTER_SUPPORT)


def owner_choices(setting: Setting) -> list[tuple[str, Any]]:
    """Everybody who can be given an action: practices, people of the cluster, people of the HSCP."""
    named = {c.key: c.label for c in setting.candidates}
    return [
        ("", "Choose who"),
        ("Practices", [(key, label) for key, label in named.items() if key.startswith(("every:", "practice:"))]),
        ("People in the cluster", [(f"person:{p.pk}", p.full_name) for p in setting.inside]),
        ("HSCP and board", [(f"person:{p.pk}", f"{p.full_name}, {role}") for p, role in setting.above]),
        ("By role", [(f"role:{role}", f"Whoever is {role.label}") for role in BY_ROLE if setting.cluster]),
    ]


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
        asked = names or [n for n, f in self.fields.items() if n != self.QUESTION and not f.widget.is_hidden]
        return any(str(self[name].value() or "").strip() for name in asked)


class HeadForm(RowForm):
    """When and how the meeting was held. The day of `next_meeting`, where there is one, is not asked but taken."""

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

    def __init__(self, *args: Any, is_complete: bool, next_meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_complete, self.next_meeting = is_complete, next_meeting
        if next_meeting:
            del self.fields["next_on"]
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
        if self.next_meeting:
            cleaned["next_on"] = self.next_meeting.held_on
        held_on, next_on = cleaned.get("held_on"), cleaned.get("next_on")
        if held_on and next_on and next_on <= held_on and "next_on" in self.fields:
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
        super().__init__(*args, prefix=seat.key, **kwargs)
        self.seat, self.is_complete = seat, is_complete
        self.fields["presence"].label = seat.name
        self.fields["presence"].error_messages["invalid_choice"] = "Choose one of the four."
        self.may_come = [*seat.deputies, *seat.others]
        if self.may_come:
            self.fields["name"].widget.attrs["list"] = f"may-come-{seat.key}"
        if seat.deputies:
            self.fields["name"].initial = seat.deputies[0].full_name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_complete and not cleaned.get("presence") and "presence" not in self.errors:
            self.add_error("presence", self.seat_unsaid)
        if cleaned.get("presence") == Presence.DEPUTY and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", f"Give the name of the deputy {self.seat_of}.")
        return cleaned

    def entry(self) -> AttendanceEntry | None:
        presence = self.cleaned_data.get("presence")
        if not presence:
            return None
        lead = self.seat.leads[0].pk if self.seat.leads else None
        deputy = self.cleaned_data["name"] if presence == Presence.DEPUTY else ""
        if self.seat.practice is None:
            return AttendanceEntry(None, presence, "" if lead else self.seat.name, lead, deputy)
        return AttendanceEntry(self.seat.practice.pk, presence, deputy, lead if presence == Presence.PRESENT else None)

    @property
    def seat_of(self) -> str:
        return f"from {self.seat.name}" if self.seat.practice else f"of {self.seat.name}"

    @property
    def seat_unsaid(self) -> str:
        return f"Say who came {self.seat_of}." if self.seat.practice else f"Say whether {self.seat.name} came."


def seat_key(entry: AttendanceEntry) -> str:
    """The key of the seat that an entry is about."""
    if entry.practice:
        return f"practice-{entry.practice}"
    return f"member-{entry.person}" if entry.person else f"seat-{slugify(entry.name)}"


class GuestForm(RowForm):
    """Somebody from outside the cluster."""

    name = line("Guest’s name")
    organisation = line("From (organisation)")
    is_from_hscp = forms.BooleanField(label="Represented the HSCP", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_from_hscp"].widget.attrs["class"] = "ds_checkbox__input"
        self.fields["name"].widget.attrs["list"] = "may-visit"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_said() and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the guest’s name, or clear the organisation.")
        return cleaned

    def is_said(self) -> bool:
        return self.typed("name", "organisation")

    def entry(self) -> GuestEntry | None:
        return GuestEntry(**self.cleaned_data) if self.is_said() else None


class ActionForm(RowForm):
    """One action, typed as a sentence. Who and when are read from it unless they are chosen."""

    what = line("Action", attrs={"data-sentence": ""})
    owner = forms.ChoiceField(
        label="Who will do it", required=False, widget=forms.Select(attrs={"class": "ds_select", "data-owner": ""})
    )
    due_on = day_field("By when", required=False)
    row = RowId()

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
        who, typed = OwnerEntry.from_key(self.cleaned_data["owner"]), self.cleaned_data
        return ActionEntry.by(typed["what"], typed["due_on"], who, pk=typed["row"])


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
    row = RowId()

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
        return AskEntry(*(self.cleaned_data[name] for name in ("question", "to", "reply_by", "row")))
