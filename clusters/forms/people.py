"""Asks what somebody is called and where they are reached."""

from django import forms

from shared.forms import PortalForm


class PersonForm(PortalForm):
    """Feeds `services.people.change_person`."""

    full_name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="Minutes, steps and the audit trail keep the name of their day.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type their name."},
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it. The old address is told of the change.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Type their e-mail address.",
            "invalid": "Type an address like a.rahman@nhs.scot.",
        },
    )
