"""Asks about forums above and beside clusters, who sits in them, and how members agree to work."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.reach import Reach
from clusters.models import Forum, ForumMember, WaysOfWorking
from clusters.selectors.forums import place_served, served_choices
from clusters.selectors.people import NOBODY_SEEN, people_within
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm, PortalModelForm, VersionedFormMixin

NAME = {"required": "Type the name."}
A_DAY = {"required": "Say which day.", "invalid": "Type the day as in 12/11/2026."}
KINDS = [choice for choice in Forum.Kind.choices if choice[0] != Forum.Kind.CLUSTER]
FIRST_YEAR, YEARS_AHEAD = 2000, 20


def _words(model: Any, name: str, **kwargs: Any) -> Any:
    field: Words = model._meta.get_field(name)
    return field.formfield(required=False, **kwargs)


def _near(day: Any) -> Any:
    if day and not FIRST_YEAR <= day.year <= today().year + YEARS_AHEAD:
        raise ValidationError("Check the year.")
    return day


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, error_messages=A_DAY, validators=[_near], **kwargs)


class NewForumForm(PortalForm):
    """Feeds `services.forums.create_forum`. `serves` becomes the locality, HSCP or health board."""

    kind = forms.ChoiceField(
        label="What kind of forum?",
        choices=[("", "Choose a kind"), *KINDS],
        error_messages={"required": "Choose a kind.", "invalid_choice": "Choose a kind from the list."},
    )
    name = forms.CharField(label="Name", max_length=120, error_messages=NAME)
    serves = forms.ChoiceField(
        label="Whom it serves",
        error_messages={"required": "Say whom it serves.", "invalid_choice": "Choose a place from the list."},
    )
    starts_on = _day("First day", initial=today)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a locality, an HSCP or a health board"), *served_choices(reach)]
        self.fields["serves"].choices = choices  # type: ignore[attr-defined]

    def clean_serves(self) -> object:
        place = place_served(self.cleaned_data["serves"])
        if place is None:
            raise ValidationError("This place is gone. Choose another.")
        return place


class ForumForm(VersionedFormMixin, PortalModelForm):
    """Feeds `services.forums.describe_forum`. The name is asked of those who keep the record of the forum."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Forum
        fields: tuple[str, ...] = (
            "name",
            "purpose",
            "responsibilities",
            "structure",
            "meets_every_weeks",
            "outputs",
            "terms",
            "terms_link",
            "adopted_on",
            "review_on",
        )
        labels = {
            "purpose": "What it is for",
            "responsibilities": "What it decides and answers for",
            "structure": "How it works, and who chairs",
            "meets_every_weeks": "Meets every … weeks",
            "outputs": "Where its results go, and how they come back to clusters",
            "terms": "Terms of reference, in short",
            "terms_link": "Where the whole terms can be read",
            "adopted_on": "Terms adopted on",
            "review_on": "Terms to be reviewed on",
        }
        help_texts = {
            "purpose": "Shown on the map of the system, under its name.",
            "structure": "",
            "outputs": "Shown on the map too: it tells clusters how information comes back to them.",
            "terms": "",
            "meets_every_weeks": "Such as 8.",
            "terms_link": "An address that begins with https://",
        }
        widgets = {"adopted_on": DayInput, "review_on": DayInput}
        error_messages = {
            "name": NAME,
            "meets_every_weeks": {"invalid": "Type a whole number of weeks, such as 8."},
            "adopted_on": A_DAY,
            "review_on": A_DAY,
        }

    def __init__(self, *args: Any, keeps: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not keeps:
            self.fields.pop("name", None)
        if weeks := self.fields.get("meets_every_weeks"):
            weeks.validators.append(_one_to_52)

    def clean_terms_link(self) -> str:
        link: str = self.cleaned_data["terms_link"]
        if link:
            try:
                URLValidator(schemes=["https", "http"])(link)
            except ValidationError:
                raise ValidationError("Give a whole address that begins with https://") from None
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("adopted_on", "review_on"):
            try:
                _near(cleaned.get(name))
            except ValidationError as wrong:
                self.add_error(name, wrong)
        adopted, review = cleaned.get("adopted_on"), cleaned.get("review_on")
        if adopted and review and review <= adopted:
            self.add_error("review_on", "The review comes after the terms were adopted: give a later day.")
        return cleaned

    def described(self) -> dict[str, Any]:
        """What `describe_forum` is handed."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class ClusterTermsForm(ForumForm):
    """Feeds `services.forums.describe_forum` for a cluster, whose mission and meetings are asked elsewhere."""

    class Meta(ForumForm.Meta):
        fields = ("responsibilities", "structure", "outputs", "terms", "terms_link", "adopted_on", "review_on")
        help_texts = {
            "responsibilities": "Such as the quality work of its practices, and how it spends its shared time.",
            "structure": "Such as who chairs, how it decides, and who writes the minutes.",
            "outputs": "",
            "terms": "",
            "terms_link": "An address that begins with https://",
        }
        labels = {**ForumForm.Meta.labels, "outputs": "Where its results go"}


def _one_to_52(weeks: int) -> None:
    if not 1 <= weeks <= 52:
        raise ValidationError("Type a number of weeks from 1 to 52.")


class CloseForumForm(PortalForm):
    """Feeds `services.forums.close_forum`."""

    closed_on = _day("First day without it", initial=today)


class MemberForm(PortalForm):
    """Feeds `services.forums.add_forum_member`. An address of somebody here becomes the person."""

    who = forms.CharField(
        label="Name, or the e-mail address of somebody in the portal",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type a name or an e-mail address."},
    )
    body = _words(ForumMember, "body", label="Whom they speak for", help_text="Such as the GP subcommittee.")
    part = _words(ForumMember, "part", label="Their part in the group", help_text="Such as chair or secretary.")
    starts_on = _day("First day", initial=today)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach

    def clean_who(self) -> str:
        who = " ".join(self.cleaned_data["who"].split())
        if "@" not in who:
            return who
        held = people_within(self.reach).filter(person__email__iexact=who).first()
        if held is None:
            raise ValidationError(f"{NOBODY_SEEN} Type their name instead.")
        self.person = held.person
        return who

    person: Any = None

    def facts(self) -> dict[str, Any]:
        """What `add_forum_member` is handed."""
        return {
            "person": self.person,
            "name": "" if self.person else self.cleaned_data["who"],
            **self.values("body", "part", "starts_on"),
        }


class LeaveForm(PortalForm):
    """Feeds `services.forums.end_forum_member`."""

    last_day = _day("Last day", initial=lambda: today() - timedelta(days=1))


class WaysForm(PortalForm):
    """Feeds `services.ways_of_working.agree_ways_of_working`."""

    text = WaysOfWorking._meta.get_field("text").formfield(
        label="What you have agreed",
        help_text="Such as: we begin on time, everybody speaks once before anybody speaks twice.",
        error_messages={"required": "Write down what was agreed."},
    )
    agreed_on = _day("Agreed on", initial=today)
    review_on = _day("Look at it again on", required=False)

    def clean_agreed_on(self) -> Any:
        day = self.cleaned_data["agreed_on"]
        if day > today():
            raise ValidationError("This day is still to come. Give the day on which the members agreed.")
        return day
