"""Asks when a role ends and who takes over what was held through it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from clusters.forms.role_facts import not_too_far
from clusters.forms.roles import A_DAY, MIDNIGHT
from clusters.plugs.handovers import Bundle, Passing
from clusters.services.handovers import Wishes
from shared.forms import DayInput, PortalForm

STAYS = "stays"
BESIDE = {
    "email": "successor_email",
    "full_name": "successor_name",
    "starts_on": "successor_email",
    "place": "successor_email",
}


class HandOverForm(PortalForm):
    """Feeds `services.handovers.hand_over_things`: who takes over, all of it or by kind."""

    successor_email = forms.EmailField(
        label="Who takes over: e-mail address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Type an address like a.rahman@nhs.scot."},
    )

    def __init__(self, *args: Any, bundles: Iterable[Bundle], people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.kinds = [bundle for bundle in bundles if bundle.passing is Passing.CHOSEN]
        choices = [("", "Whoever takes over"), *((pk, str(person)) for pk, person in self.people.items())]
        for bundle in self.kinds:
            self.fields[f"to_{bundle.key}"] = forms.ChoiceField(
                label=f"{bundle.label} ({bundle.count}) go to",
                choices=[*choices, (STAYS, "Nobody: they stay where they are")],
                required=False,
                error_messages={"invalid_choice": "Choose somebody from the list."},
            )
        if "without_owner" in self.data:
            self.ask_whether_meant()

    def ask_whether_meant(self) -> None:
        """Add the box that says: these things shall have no owner for now."""
        self.fields["without_owner"] = forms.BooleanField(
            label="Leave them without an owner for now. The Cluster Quality Leads and the HSCP lead see them listed.",
            required=False,
        )

    @property
    def wishes(self) -> Wishes:
        """Who takes over, as the services are told."""
        cleaned = self.cleaned_data
        chosen = {bundle.key: cleaned.get(f"to_{bundle.key}", "") for bundle in self.kinds}
        return Wishes(
            email=cleaned["successor_email"],
            full_name=cleaned.get("successor_name", ""),
            holders={key: self.people.get(pk) for key, pk in chosen.items() if pk},
            without_owner=cleaned.get("without_owner", False),
        )

    def refuse(self, refused: Any) -> None:
        """Put what a service refused beside its field; a refusal of things without owner asks whether it is meant."""
        if hasattr(refused, "bundles"):
            self.ask_whether_meant()
            self.add_error("successor_email", refused)
            self.add_error("without_owner", "Tick this box if it is meant that they have no owner for now.")
            return
        errors = refused.error_dict if hasattr(refused, "error_dict") else {None: refused.error_list}
        for name, found in errors.items():
            field = BESIDE.get(name, name)
            self.add_error(field if field in self.fields else None, found)


class EndRoleForm(HandOverForm):
    """Feeds `services.handovers.hand_over_role`."""

    last_day = forms.DateField(
        label="Last day",
        widget=DayInput,
        help_text=f"{MIDNIGHT} With yesterday as the last day their access ends at once.",
        error_messages=A_DAY,
    )
    successor_name = forms.CharField(
        label="Their name",
        max_length=120,
        required=False,
        help_text="For somebody new, or whom you do not see yet. Whoever takes over gets the role from the next day.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["last_day", "successor_email", "successor_name"])

    def clean_last_day(self) -> Any:
        return not_too_far(self.cleaned_data["last_day"])
