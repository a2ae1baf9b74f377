"""Forms that plan: one meeting, calling one off, and a series."""

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.validators import URLValidator

from meetings.analysis import LAST, Rhythm
from meetings.forms.fields import INPUT, day_field, line
from meetings.models import Meeting
from meetings.selectors.plans import MeetingPlan, SeriesPlan
from shared.dates import today
from shared.forms import PortalForm, VersionedFormMixin

LENGTHS = {30: "30 minutes", 45: "45 minutes", 60: "1 hour", 90: "1½ hours", 120: "2 hours", 150: "2½ hours"}
LENGTHS |= {180: "3 hours", 240: "4 hours", 480: "8 hours"}
NO_WEB_ADDRESS = "This is no web address: it begins with https://. Leave it empty where there is none."
MOST_WEEKS, MOST_MONTHS = 26, 12


class WhereForm(VersionedFormMixin, PortalForm):
    """Time, length, mode, place and link: what one meeting and a whole series are asked alike."""

    DAY = "held_on"

    starts_at = forms.TimeField(
        label="Start",
        widget=forms.TimeInput(attrs={"class": f"{INPUT} portal-m-day", "type": "time"}, format="%H:%M"),
        error_messages={
            "required": "Give the time at which it starts.",
            "invalid": "Write the time as hours and minutes, for example 12:30.",
        },
    )
    minutes_long = forms.TypedChoiceField(
        label="Length",
        coerce=int,
        choices=[(str(minutes), said) for minutes, said in LENGTHS.items()],
        error_messages={"invalid_choice": "Choose a length from the list.", "required": "Choose a length."},
    )
    mode = forms.ChoiceField(
        label="How",
        choices=Meeting.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how you meet.", "invalid_choice": "Choose video, in person or both."},
    )
    place = line("Place")
    joining_link = line("Link to join by video", max_length=500, attrs={"inputmode": "url", "autocomplete": "off"})
    sort = forms.ChoiceField(
        label="Sort of meeting",
        choices=Meeting.Sort.choices,
        error_messages={"required": "Choose the sort of meeting.", "invalid_choice": "Choose one from the list."},
    )
    is_inviting = forms.BooleanField(
        label="Send a calendar invitation to everybody who is asked", required=False, initial=True
    )
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.DAY].error_messages["required"] = "Give the day on which you meet."
        kept = (self.initial or {}).get("minutes_long")
        if kept and kept not in LENGTHS:
            self.fields["minutes_long"].choices.append((str(kept), f"{kept} minutes"))  # type: ignore[attr-defined]

    def clean_joining_link(self) -> str:
        link: str = self.cleaned_data["joining_link"]
        if link:
            URLValidator(schemes=("https", "http"), message=NO_WEB_ADDRESS)(link)
        return link

    @property
    def has_more(self) -> bool:
        """Whether something behind "Add more" was filled in, or is wrong."""
        names = [name for name in ("sort", "funding", "grace_days") if name in self.fields]
        usual = {"sort": "ORD", "funding": "", "grace_days": "14"}
        return any(name in self.errors or str(self[name].value() or "") != usual[name] for name in names)


class MeetingPlanForm(WhereForm):
    """For `plan_meeting` and `change_meeting`."""

    held_on = day_field("Date")
    funding = line("Who pays for the cover (protected learning time)")
    field_order = ("held_on", "starts_at", "minutes_long", "mode", "place", "joining_link", "sort", "funding")

    def plan(self) -> MeetingPlan:
        """What was typed, once it is valid."""
        names = ("held_on", "starts_at", "minutes_long", "mode", "place", "joining_link", "sort", "funding")
        return MeetingPlan(**self.values(*names))


class CallOffForm(PortalForm):
    """For `call_off_meeting`."""

    reason = line("Why?")
    is_inviting = forms.BooleanField(label="Tell everybody who was asked", required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = "Say in a few words why: everybody who was asked reads it."

    def show_version(self, version: int) -> None:
        """Ask again, about what is kept now."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        self.data = data


class SeriesForm(WhereForm):
    """For `begin_series` and `change_series`: what it would do is shown first (`seen` is what was shown)."""

    DAY = "first_on"
    WEEKS, NTH, ENDING = "WEEKS", "MONTHS", "LAST"

    first_on = day_field("First meeting")
    rhythm = forms.ChoiceField(
        label="How often",
        choices=[
            (WEEKS, "Every so many weeks"),
            (NTH, "Every so many months, on the same weekday (such as the second Thursday)"),
            (ENDING, "Every so many months, on the last such weekday"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how often you meet.", "invalid_choice": "Choose one of the three."},
    )
    every = forms.IntegerField(
        label="Every how many weeks or months",
        min_value=1,
        max_value=MOST_WEEKS,
        widget=forms.NumberInput(attrs={"class": f"{INPUT} ds_input--fixed-4", "inputmode": "numeric"}),
        error_messages={
            "required": "Give a number, such as 2.",
            "invalid": "Give a whole number, such as 2.",
            "min_value": "Give 1 or more.",
            "max_value": f"Give {MOST_WEEKS} weeks or {MOST_MONTHS} months at most.",
        },
    )
    grace_days = forms.IntegerField(
        label="After how many days late the HSCP sees it",
        min_value=0,
        max_value=60,
        error_messages={
            "required": "Give a number of days.",
            "invalid": "Give a whole number of days.",
            "min_value": "Give 0 or more.",
            "max_value": "Give 60 days at most.",
        },
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("first_on", "rhythm", "every", "starts_at", "minutes_long", "mode", "place", "joining_link", "sort")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, rhythm, every = (cleaned.get(name) for name in ("first_on", "rhythm", "every"))
        if every and every > MOST_MONTHS and rhythm != self.WEEKS:
            self.add_error("every", f"Give {MOST_MONTHS} months at most.")
        if first and rhythm == self.NTH and _nth(first) == LAST:
            self.add_error("rhythm", "Not every month has a fifth such weekday: choose the last one.")
        if first and rhythm == self.ENDING and (first.month == _week_later(first).month):
            self.add_error("first_on", f"This is not the last {first:%A} of its month. Choose the last one.")
        if not self.errors:
            for name, said in self.plan().why_not(today()).items():
                self.add_error(name, said)
        return cleaned

    def show_version(self, series: int) -> None:
        """Ask again, about the series that goes on now."""
        self.data = self.data.copy()
        self.data["version"] = str(series)

    def plan(self) -> SeriesPlan:
        """What was typed, once it is valid."""
        first: date = self.cleaned_data["first_on"]
        nth = {self.WEEKS: None, self.NTH: _nth(first), self.ENDING: LAST}[self.cleaned_data["rhythm"]]
        names = ("starts_at", "minutes_long", "mode", "place", "joining_link", "sort", "grace_days")
        return SeriesPlan(Rhythm(self.cleaned_data["every"], first.weekday(), first, nth), **self.values(*names))

    def show(self, effect: str) -> bool:
        """Note what this form would do; tells whether exactly that was shown before."""
        mark = sha256(f"{self.plan()}{effect}".encode()).hexdigest()[:16]
        was_shown = self.cleaned_data["seen"] == mark
        self.data = self.data.copy()
        self.data["seen"] = mark
        return was_shown


def _nth(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _week_later(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 7, date.max.toordinal()))


def starting_from(plan: SeriesPlan) -> dict[str, Any]:
    """How the form shows a series that goes on."""
    own = {name: getattr(plan, name) for name in ("starts_at", "minutes_long", "mode", "place", "joining_link")}
    kind = SeriesForm.WEEKS if plan.rhythm.nth is None else SeriesForm.NTH
    rhythm = SeriesForm.ENDING if plan.rhythm.nth == LAST else kind
    every = {"first_on": plan.rhythm.first_on, "rhythm": rhythm, "every": plan.rhythm.every}
    return {**own, **every, "sort": plan.sort, "grace_days": plan.grace_days}


class EndSeriesForm(PortalForm):
    """For `end_series`."""

    is_inviting = forms.BooleanField(label="Tell everybody who was asked", required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
