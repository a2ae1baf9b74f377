"""Asks for terms of a role, and whether somebody accepts them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.roles import Role
from clusters.rules import Scope
from directory.models import RoleTerms
from directory.selectors.terms import hscps_publishing
from practices.models import HSCP
from shared.dates import today
from shared.fields import Words
from shared.forms import DayInput, PortalForm

NATIONAL = "national"
_TEXT: Words = RoleTerms._meta.get_field("text")  # type: ignore[assignment]
_CHANGED: Words = RoleTerms._meta.get_field("what_changed")  # type: ignore[assignment]


class PublishTermsForm(PortalForm):
    """Feeds `publish_terms`. `hscp` becomes the HSCP, or None for national terms."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((role.value, role.label) for role in Role)],
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )
    hscp = forms.ChoiceField(
        label="For",
        help_text="Terms of an HSCP hold there instead of the national ones.",
        error_messages={"required": "Say for whom.", "invalid_choice": "Choose from the list."},
    )
    text = _TEXT.formfield(
        label="The terms",
        required=False,
        help_text="What the role is for, time and pay, support, how it begins and ends. Or give an address below.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    link = forms.URLField(
        label="Address of the document",
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text="Such as https://www.example.org/terms. It must begin with https.",
        error_messages={"invalid": "Type an address like https://www.example.org/terms."},
    )
    what_changed = _CHANGED.formfield(
        label="What changed",
        required=False,
        help_text="In a line, for those who accepted the version before.",
    )
    starts_on = forms.DateField(
        label="In force from",
        widget=DayInput,
        initial=today,
        help_text="From this day holders of the role are asked to accept it.",
        error_messages={"required": "Say from which day.", "invalid": "Type the day as in 12/11/2026."},
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hscps = {hscp.code: hscp for hscp in hscps_publishing(scope)}
        national = [(NATIONAL, "All of Scotland")] if scope.everything else []
        places = [("", "Choose for whom"), *national, *((code, str(hscp)) for code, hscp in self.hscps.items())]
        self.fields["hscp"].choices = places  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_hscp(self) -> HSCP | None:
        chosen = self.cleaned_data["hscp"]
        return None if chosen == NATIONAL else self.hscps[chosen]

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.lower().startswith("https://"):
            raise ValidationError("Give an address that begins with https://.")
        return link

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day.year > today().year + 5:
            raise ValidationError("Check the year.")
        return day


class AcceptTermsForm(PortalForm):
    """Feeds `accept_terms`."""

    read = forms.BooleanField(
        label="I have read these terms and accept them",
        error_messages={"required": "Tick the box when you have read the terms and accept them."},
    )
